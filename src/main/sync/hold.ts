import type { Db } from '../db/database.ts'
import type { Synced } from '../db/schema.ts'
import type { Gone } from './apply.ts'

/** More deletions of this kind than this, in one pull, are never applied unasked. */
const MOST = 20
/** Of a kind, this share is a mass too, unless it is only a few rows. */
const SHARE = 0.2
const FEW = 2

const guarded = ['products', 'sessions', 'brands'] as const

/** A column that names another row. */
interface Link {
  readonly from: Synced
  readonly column: string
  readonly to: Synced
}

const partsOfSessions: readonly Link[] = [
  { from: 'session_products', column: 'session_id', to: 'sessions' },
  { from: 'session_states', column: 'id', to: 'sessions' },
]
const partsOfProducts: readonly Link[] = [
  { from: 'product_variants', column: 'product_id', to: 'products' },
  { from: 'product_images', column: 'product_id', to: 'products' },
  { from: 'talking_points', column: 'product_id', to: 'products' },
  { from: 'session_products', column: 'product_id', to: 'products' },
]
const itemsNeed: Link = { from: 'session_products', column: 'product_id', to: 'products' }
const brandsOf: readonly Link[] = [
  { from: 'products', column: 'brand_id', to: 'brands' },
  { from: 'sessions', column: 'brand_id', to: 'brands' },
]

/**
 * The mass-delete breaker [F6]: which of these deletions wait for a person's consent. All of a kind wait together, with the
 * parts that fall with them and the rows without which they could not come back. Empty where there is no mass of them.
 */
export function planHold(db: Db, gone: Gone): Gone {
  const held = new Map<Synced, Set<string>>()
  for (const entity of guarded) {
    const ids = deletedHere(db, entity, gone)
    if (isMass(db, entity, ids.size)) held.set(entity, ids)
  }
  if (held.size === 0) return held
  const hold = (entity: Synced, ids: ReadonlySet<string>): void => {
    if (ids.size > 0) held.set(entity, new Set([...(held.get(entity) ?? []), ...ids]))
  }
  const falls = (link: Link): void => {
    const candidates = deletedHere(db, link.from, gone)
    hold(
      link.from,
      new Set([...named(db, link, candidates)].filter(([, to]) => held.get(link.to)?.has(to)).map(([id]) => id)),
    )
  }
  const carries = (link: Link): void => {
    const candidates = deletedHere(db, link.to, gone)
    const wanted = named(db, link, held.get(link.from) ?? new Set()).values()
    hold(link.to, new Set([...wanted].filter((id) => candidates.has(id))))
  }
  partsOfSessions.forEach(falls)
  carries(itemsNeed)
  partsOfProducts.forEach(falls)
  brandsOf.forEach(carries)
  return held
}

/** Those that are here, and that are not on their way back already. */
function deletedHere(db: Db, entity: Synced, gone: Gone): Set<string> {
  const ids = gone.get(entity)
  if (!ids || ids.size === 0) return new Set()
  const here = db
    .statement(
      `SELECT t.id FROM json_each(?) w CROSS JOIN ${entity} t ON t.id = w.value WHERE NOT EXISTS (
         SELECT 1 FROM sync_outbox o WHERE o.entity = ? AND o.row_id = t.id AND o.acked_at IS NULL AND o.op = 'insert')`,
    )
    .pluck(true)
    .all(JSON.stringify([...ids]), entity) as string[]
  return new Set(here)
}

/** What the link's column of these rows says, by id. */
function named(db: Db, { from, column }: Link, ids: ReadonlySet<string>): Map<string, string> {
  const rows = db
    .statement(
      `SELECT t.id, t.${column} FROM json_each(?) w CROSS JOIN ${from} t ON t.id = w.value WHERE t.${column} IS NOT NULL`,
    )
    .raw(true)
    .all(JSON.stringify([...ids])) as [string, string][]
  return new Map(rows)
}

function isMass(db: Db, entity: 'products' | 'sessions' | 'brands', gone: number): boolean {
  if (entity !== 'brands' && gone > MOST) return true
  if (gone <= FEW) return false
  const all = db.statement(`SELECT count(*) FROM ${entity}`).pluck(true).get() as number
  return gone >= all * SHARE
}
