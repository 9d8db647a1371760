import type { Db } from '../db/open.ts'
import type { Synced } from '../db/schema.ts'
import type { Incoming } from './apply.ts'

/** More deletions of this kind than this, in one pull, are never applied unasked. */
const MOST = 20
/** Of a kind, this share is a mass too, unless it is only a few rows. */
const SHARE = 0.2
const FEW = 2

const guarded = ['products', 'sessions', 'brands'] as const
/** What falls with a whole, and the column that names it. */
const parts: readonly { entity: Synced; column: string; whole: 'products' | 'sessions' }[] = [
  { entity: 'product_variants', column: 'product_id', whole: 'products' },
  { entity: 'product_images', column: 'product_id', whole: 'products' },
  { entity: 'talking_points', column: 'product_id', whole: 'products' },
  { entity: 'session_products', column: 'product_id', whole: 'products' },
  { entity: 'session_products', column: 'session_id', whole: 'sessions' },
  { entity: 'session_states', column: 'id', whole: 'sessions' },
]

export interface HeldRow {
  readonly entity: Synced
  readonly id: string
}

/**
 * The mass-delete breaker [F6]: which of these deletions wait for a person's consent. All of a kind wait together, with the
 * parts that fall with them.
 */
export function planHold(db: Db, incoming: Incoming): { tripped: boolean; held: readonly HeldRow[] } {
  const held = guarded.flatMap((entity) => {
    const ids = deletedHere(db, entity, incoming)
    return isMass(db, entity, ids.length) ? ids.map((id) => ({ entity, id })) : []
  })
  if (held.length === 0) return { tripped: false, held }
  const wholes = new Map(guarded.map((entity) => [entity, new Set(held.filter((one) => one.entity === entity).map(({ id }) => id))]))
  const fallen = parts.flatMap(({ entity, column, whole }) =>
    deletedHere(db, entity, incoming)
      .filter((id) => wholes.get(whole)?.has(String(db.statement(`SELECT ${column} FROM ${entity} WHERE id = ?`).pluck(true).get(id))))
      .map((id) => ({ entity, id })),
  )
  return { tripped: true, held: [...held, ...fallen] }
}

function deletedHere(db: Db, entity: Synced, incoming: Incoming): string[] {
  const gone = [...(incoming.get(entity) ?? [])].filter(([, row]) => row === null).map(([id]) => id)
  if (gone.length === 0) return []
  return db
    .statement(
      `SELECT t.id FROM json_each(?) w CROSS JOIN ${entity} t ON t.id = w.value WHERE NOT EXISTS (
         SELECT 1 FROM sync_outbox o WHERE o.entity = ? AND o.row_id = t.id AND o.acked_at IS NULL)`,
    )
    .pluck(true)
    .all(JSON.stringify(gone), entity) as string[]
}

function isMass(db: Db, entity: 'products' | 'sessions' | 'brands', gone: number): boolean {
  if (entity !== 'brands' && gone > MOST) return true
  if (gone <= FEW) return false
  const all = db.statement(`SELECT count(*) FROM ${entity}`).pluck(true).get() as number
  return gone >= all * SHARE
}
