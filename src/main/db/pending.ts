import type { Db } from './database.ts'

/** Which of these products, sessions or items have an edit, of their own or of a part, that waits for the network. */
export function pendingIn(
  db: Db,
  kind: 'products' | 'sessions' | 'items',
  ids: readonly string[],
): ReadonlySet<string> {
  // Mostly nothing waits, and lists are read often.
  if (db.statement('SELECT 1 FROM sync_outbox WHERE acked_at IS NULL LIMIT 1').get() === undefined) return new Set()
  return new Set(db.statement(queries[kind]).pluck(true).all(JSON.stringify(ids)) as string[])
}

const waits = (entity: string, id: string): string =>
  `EXISTS (SELECT 1 FROM sync_outbox o WHERE o.entity = '${entity}' AND o.row_id = ${id} AND o.acked_at IS NULL)`

const queries = {
  products: `SELECT w.value FROM json_each(?) w WHERE ${waits('products', 'w.value')}
    OR EXISTS (SELECT 1 FROM product_images g WHERE g.product_id = w.value AND ${waits('product_images', 'g.id')})
    OR EXISTS (SELECT 1 FROM product_variants v WHERE v.product_id = w.value AND ${waits('product_variants', 'v.id')})
    OR EXISTS (SELECT 1 FROM talking_points t WHERE t.product_id = w.value AND ${waits('talking_points', 't.id')})`,
  sessions: `SELECT w.value FROM json_each(?) w WHERE ${waits('sessions', 'w.value')} OR ${waits('session_states', 'w.value')}
    OR EXISTS (SELECT 1 FROM session_products i WHERE i.session_id = w.value AND ${waits('session_products', 'i.id')})`,
  items: `SELECT w.value FROM json_each(?) w WHERE ${waits('session_products', 'w.value')}`,
} as const

/** The items of a line-up that an open conflict is about. */
export function disputedItems(db: Db, sessionId: string): ReadonlySet<string> {
  const query = `SELECT entity_id FROM conflicts
    WHERE status = 'open' AND entity = 'session_products' AND session_id = ?`
  return new Set(db.statement(query).pluck(true).all(sessionId) as string[])
}

/** How many open conflicts each session has; those without any are left out. */
export function openConflicts(db: Db): ReadonlyMap<string, number> {
  const query = `SELECT session_id, count(*) FROM conflicts
    WHERE status = 'open' AND session_id IS NOT NULL GROUP BY session_id`
  return new Map(db.statement(query).raw(true).all() as [string, number][])
}
