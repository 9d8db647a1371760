import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { Entity } from '../db/schema.ts'
import { rebase } from './merge.ts'
import type { Row } from './merge.ts'
import type { Mutation } from './mutation.ts'
import { RowWriter } from './row-writer.ts'

/**
 * Rows whose pending edits were put into the queue by hand: makes each of them `base ⊕ pending` again [L4]. To be called
 * inside a transaction, with foreign keys not enforced.
 */
export class PendingRows {
  readonly #db: Db
  readonly #writer: RowWriter

  constructor(deps: { readonly db: Db; readonly clock: Clock }) {
    this.#db = deps.db
    this.#writer = new RowWriter(deps)
  }

  /** `bases`: what is known of the rows' bases; for the others it is read off the row as it is. */
  settle(pending: readonly Mutation[], bases: ReadonlyMap<string, Row | null> = new Map()): void {
    for (const edits of byRow(pending)) {
      const [first] = edits
      if (!first) continue
      const { entity, rowId } = first
      const shown = this.row(entity, rowId)
      const known = bases.get(rowKey(first))
      const base = known === undefined ? withoutEdits(shown, edits) : known
      this.#db
        .statement(
          'INSERT INTO sync_base (entity, row_id, row) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET row = excluded.row',
        )
        .run(entity, rowId, base && JSON.stringify(base))
      this.#writer.write(entity, { id: rowId, shown, target: rebase(base, edits, shown) })
    }
  }

  /** Without this machine's own number of it. */
  row(entity: Entity, id: string): Row | null {
    const row = this.#db.statement(`SELECT * FROM ${entity} WHERE id = ?`).get(id) as Row | undefined
    if (!row) return null
    const { key: _key, ...shared } = row
    return shared
  }
}

export function rowKey({ entity, rowId }: { readonly entity: string; readonly rowId: string }): string {
  return `${entity} ${rowId}`
}

/** The row as it was before these edits, as far as they tell. */
function withoutEdits(shown: Row | null, edits: readonly Mutation[]): Row | null {
  let row = shown
  for (const { op, base } of edits.toReversed()) {
    if (op === 'insert') row = null
    else if (op === 'update' && row !== null) row = { ...row, ...base }
  }
  return row
}

function byRow(mutations: readonly Mutation[]): Iterable<readonly Mutation[]> {
  const rows = new Map<string, Mutation[]>()
  for (const mutation of mutations) {
    const row = rows.get(rowKey(mutation))
    if (row) row.push(mutation)
    else rows.set(rowKey(mutation), [mutation])
  }
  return rows.values()
}
