import type { ProductStatus } from '#shared/library.ts'
import type { Db } from '../db/database.ts'
import type { Sql } from './paging.ts'

/** Which products a list shows, beside what is searched for. */
export interface ProductFilter {
  readonly brandId?: string | undefined
  /** Without it: all that are not archived. */
  readonly status?: ProductStatus | undefined
}

/** The filter's conditions on a table that has `status` and `brand_id`. */
export function filterConditions(table: string, { brandId, status }: ProductFilter): Sql[] {
  return [
    status === undefined
      ? { sql: `${table}.status <> 'archived'`, values: [] }
      : { sql: `${table}.status = ?`, values: [status] },
    ...(brandId === undefined ? [] : [{ sql: `${table}.brand_id = ?`, values: [brandId] }]),
  ]
}

/** Up to so many products are looked at one by one rather than found in the order that is asked for. */
const FEW = 3_000

/**
 * The index that reaches the filter's products directly, where they are few. Where they are many, walking in the order
 * asked for, or through the hits of a search, meets enough of them soon. SQLite cannot know which it is.
 */
export function narrowIndex(db: Db, filter: ProductFilter): string | null {
  if (filter.status === undefined && filter.brandId === undefined) return null
  const index = filter.status === undefined ? 'products_by_brand' : 'products_by_status'
  const conditions = filterConditions('p', filter).filter(({ values }) => values.length > 0)
  const { n } = db
    .statement(
      `SELECT count(*) AS n FROM (SELECT 1 FROM products p INDEXED BY ${index}
        WHERE ${conditions.map(({ sql }) => sql).join(' AND ')} LIMIT ${FEW})`,
    )
    .get(...conditions.flatMap(({ values }) => values)) as { n: number }
  return n < FEW ? index : null
}
