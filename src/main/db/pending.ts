import type { Db } from './database.ts'

/** Which of these products or sessions have an edit, of their own or of a part, that waits for the network. */
export function pendingIn(db: Db, kind: 'products' | 'sessions', ids: readonly string[]): ReadonlySet<string> {
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
} as const
