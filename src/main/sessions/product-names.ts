import { AppError } from '#shared/app-error.ts'
import type { Db } from '../db/database.ts'

/** The names of products by id; `not-found` where one of them is not there. */
export function productNames(db: Db, ids: readonly string[]): ReadonlyMap<string, string> {
  const wanted = new Set(ids)
  const rows = db
    .statement('SELECT id, name FROM products WHERE id IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify([...wanted])) as { id: string; name: string }[]
  if (rows.length < wanted.size) {
    throw new AppError(
      'not-found',
      wanted.size === 1
        ? 'This product is not in the catalogue any more. It may have been deleted meanwhile.'
        : 'Some of these products are not in the catalogue any more, so nothing was added. Choose again.',
    )
  }
  return new Map(rows.map((row) => [row.id, row.name]))
}
