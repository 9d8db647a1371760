import type { Entity, Schema } from '../db/schema.ts'
import type { Unstamped } from '../db/write.ts'

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
