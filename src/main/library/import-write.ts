import type { Entity, Schema } from '../db/schema.ts'
import type { Tx, Unstamped } from '../db/write.ts'

/** One row to write. */
export type Write = {
  [E in Entity]:
    | { readonly op: 'insert'; readonly entity: E; readonly values: Unstamped<Schema[E]> }
    | { readonly op: 'update'; readonly entity: E; readonly id: string; readonly values: Partial<Unstamped<Schema[E]>> }
    | { readonly op: 'remove'; readonly entity: E; readonly id: string }
}[Entity]

/** The product that planned rows belong to, and where new ids come from. */
export interface PartIds {
  readonly productId: string
  readonly newId: () => string
}

/** The tables that an import reads and writes, in the order of their writes. */
const IMPORTED = ['brands', 'products', 'product_variants', 'product_images'] as const
export const imported: ReadonlySet<Entity> = new Set(IMPORTED)

/** Table by table: rows that lie together are faster to write. */
export function applyWrites(tx: Tx, writes: readonly Write[]): void {
  for (const entity of IMPORTED) applyTo(tx, entity, writes)
}

function applyTo(tx: Tx, entity: Entity, writes: readonly Write[]): void {
  const added: Unstamped<Schema[Entity]>[] = []
  for (const one of writes) {
    if (one.entity !== entity) continue
    if (one.op === 'insert') added.push(one.values)
    else if (one.op === 'update') tx.update(one.entity, one.id, one.values)
    else tx.remove(one.entity, one.id)
  }
  tx.insertAll(entity, added)
}
