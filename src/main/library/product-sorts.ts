import type { ProductSort } from '#shared/library.ts'
import { assertNever } from '#shared/must.ts'
import type { Segment, Sql } from './paging.ts'

interface Source {
  /** `FROM …`, with the products as `p`. */
  readonly from: Sql
  readonly where: readonly Sql[]
}

/** The segments of a list in the order asked for. Products without a price come last, whichever way prices run. */
export function sortSegments(sort: ProductSort, { from, where }: Source): Segment[] {
  const base = { from, key: 'p.key', where }
  const only = (sql: string) => ({ ...base, where: [...where, { sql, values: [] }] })
  switch (sort) {
    case 'name':
      return [{ ...base, order: ['p.name COLLATE NOCASE', 'p.id'] }]
    case 'updated':
      return [{ ...base, order: ['p.updated_at', 'p.id'], descending: true }]
    case 'price':
    case '-price':
      return [
        { ...only('p.price_cents IS NOT NULL'), order: ['p.price_cents', 'p.id'], descending: sort === '-price' },
        { ...only('p.price_cents IS NULL'), order: ['p.id'] },
      ]
    default:
      return assertNever(sort)
  }
}
