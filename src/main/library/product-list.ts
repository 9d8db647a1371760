import type { Output, Parsed } from '#shared/contract.ts'
import type { Db } from '../db/database.ts'
import { readPage } from './paging.ts'
import type { PageRequest, Segment, Sql } from './paging.ts'
import { filterConditions, narrowIndex } from './product-filter.ts'
import type { ProductFilter } from './product-filter.ts'
import { COUNTED, countHits, hitKeys, planSearch, relevanceSegments } from './product-search.ts'
import type { Search } from './product-search.ts'
import { sortSegments } from './product-sorts.ts'
import { productsByKey } from './products.ts'

type Input = Parsed<'products.list'>
type List = Output<'products.list'>

const PAGE = 50

/** products.list: one page, filtered, found and sorted. A search without a sort is ordered by how well it fits. */
export function listProducts(db: Db, input: Input): List {
  return db.snapshot(() => {
    const search = planSearch(db, input.search ?? '', input)
    return search ? found(db, search, input) : all(db, input)
  })
}

function all(db: Db, input: Input): List {
  const sort = input.sort ?? 'name'
  const where = filterConditions('p', input)
  const index = narrowIndex(db, input)
  const from = index ? `FROM products p INDEXED BY ${index}` : `FROM products p INDEXED BY ${sortIndex[sort]}`
  const segments = sortSegments(sort, { from: plain(from), where })
  return { ...page(db, segments, request(sort, input)), total: count(db, input), totalIsAtLeast: false }
}

/** Without it SQLite may pick the index of a filter that nearly all products pass, and sort all of them. */
const sortIndex = {
  name: 'products_by_name',
  updated: 'products_by_updated',
  price: 'products_by_price',
  '-price': 'products_by_price',
}

function found(db: Db, search: Search, input: Input): List {
  const hits = countHits(db, search)
  const order = input.sort ?? 'relevance'
  const segments = input.sort
    ? sortSegments(input.sort, { ...sortedHits(db, search, { hits, sort: input.sort }) })
    : relevanceSegments(db, search)
  return {
    ...page(db, segments, request(order, input)),
    total: Math.min(hits, COUNTED),
    totalIsAtLeast: hits > COUNTED,
  }
}

/** Few hits are fetched and sorted; of many, the first in any order are met soon by walking in that order. */
function sortedHits(
  db: Db,
  search: Search,
  { hits, sort }: { hits: number; sort: keyof typeof sortIndex },
): { from: Sql; where: readonly Sql[] } {
  if (hits > COUNTED) {
    const from = `FROM products p INDEXED BY ${sortIndex[sort]} CROSS JOIN product_search s ON s.key = p.key`
    return { from: plain(from), where: search.hit }
  }
  const keys = JSON.stringify(hitKeys(db, search))
  const from = 'FROM json_each(?) hit CROSS JOIN products p ON p.key = hit.value'
  return { from: { sql: from, values: [keys] }, where: [plain('true')] }
}

function page(db: Db, segments: readonly Segment[], asked: PageRequest): Pick<List, 'items' | 'nextCursor'> {
  const { keys, nextCursor } = readPage(db, segments, asked)
  return { items: productsByKey(db, keys), nextCursor }
}

function request(order: string, { limit = PAGE, cursor }: Input): PageRequest {
  return { order, limit, cursor }
}

function count(db: Db, filter: ProductFilter): number {
  const where = filterConditions('p', filter)
  const sql = `SELECT count(*) AS n FROM products p WHERE ${where.map((one) => one.sql).join(' AND ')}`
  return (db.statement(sql).get(...where.flatMap(({ values }) => values)) as { n: number }).n
}

function plain(sql: string): Sql {
  return { sql, values: [] }
}
