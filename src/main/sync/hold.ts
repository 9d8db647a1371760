import type { Db } from '../db/database.ts'
import type { Synced } from '../db/schema.ts'
import type { Gone } from './apply.ts'

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

/**
 * The mass-delete breaker [F6]: which of these deletions wait for a person's consent. All of a kind wait together, with the
 * parts that fall with them. Empty where there is no mass of them.
 */
export function planHold(db: Db, gone: Gone): Gone {
  const held = new Map<Synced, Set<string>>()
  for (const entity of guarded) {
    const ids = deletedHere(db, entity, gone)
    if (isMass(db, entity, ids.length)) held.set(entity, new Set(ids))
  }
  if (held.size === 0) return held
  for (const { entity, column, whole } of parts) {
    const fallen = deletedHere(db, entity, gone).filter((id) => {
      const of = db.statement(`SELECT ${column} FROM ${entity} WHERE id = ?`).pluck(true).get(id)
      return held.get(whole)?.has(String(of))
    })
    held.set(entity, new Set([...(held.get(entity) ?? []), ...fallen]))
  }
  return held
}

/** Those that are here, and that nobody here is changing. */
function deletedHere(db: Db, entity: Synced, gone: Gone): string[] {
  const ids = gone.get(entity)
  if (!ids || ids.size === 0) return []
  return db
    .statement(
      `SELECT t.id FROM json_each(?) w CROSS JOIN ${entity} t ON t.id = w.value WHERE NOT EXISTS (
         SELECT 1 FROM sync_outbox o WHERE o.entity = ? AND o.row_id = t.id AND o.acked_at IS NULL)`,
    )
    .pluck(true)
    .all(JSON.stringify([...ids]), entity) as string[]
}

function isMass(db: Db, entity: 'products' | 'sessions' | 'brands', gone: number): boolean {
  if (entity !== 'brands' && gone > MOST) return true
  if (gone <= FEW) return false
  const all = db.statement(`SELECT count(*) FROM ${entity}`).pluck(true).get() as number
  return gone >= all * SHARE
}
