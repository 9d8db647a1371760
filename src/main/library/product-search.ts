import type { Db } from '../db/database.ts'
import type { Segment, Sql } from './paging.ts'
import { filterConditions, narrowIndex } from './product-filter.ts'
import type { ProductFilter } from './product-filter.ts'
import { fold, pieces, token, wordsOf } from './search-text.ts'

/** A search stops counting here. */
export const COUNTED = 1_000
/** More pieces of one word do not narrow the hits any further; the check against the text does the rest. */
const PIECES_OF_A_WORD = 4
/** Up to so many products are looked at one by one for what else they must hold. */
const FEW = 1_000

/** Where the hits of a search come from, in the order of their keys, and the conditions that make them hits. */
export interface Search {
  readonly query: string
  readonly from: Sql
  /** The key's column in `from`, in whose order rows come. */
  readonly key: string
  /** What leads to the hits quickly. */
  readonly via: readonly Sql[]
  /** What makes a row of `s` (product_search) a hit. */
  readonly hit: readonly Sql[]
}

/** Null where the query holds no word: then everything is found. */
export function planSearch(db: Db, query: string, filter: ProductFilter): Search | null {
  const words = wordsOf(query)
  if (words.length === 0) return null
  const contains = words.map((word) => ({ sql: 'instr(s.text, ?) > 0', values: [word] }))
  const hit = [...filterConditions('s', filter), ...contains]
  const narrow = narrowIndex(db, filter)
  if (narrow) {
    const via = filterConditions('p', filter).filter(({ values }) => values.length > 0)
    const from = `FROM products p INDEXED BY ${narrow} CROSS JOIN product_search s ON s.key = p.key`
    return { query, from: { sql: from, values: [] }, key: 's.key', via, hit }
  }
  const { table, match } = matchOf(db, words)
  const from = `FROM ${table} f CROSS JOIN product_search s ON s.key = f.rowid`
  const via = [{ sql: `f.${table} MATCH ?`, values: [match] }]
  return { query, from: { sql: from, values: [] }, key: 'f.rowid', via, hit }
}

/**
 * Long words lead to few rows by their trigrams; only where there is none, or where they still lead to many and a short
 * word narrows them, do the single letters and pairs.
 */
function matchOf(db: Db, words: readonly string[]): { table: string; match: string } {
  const long = words.flatMap((word) => pieces(word, 3, PIECES_OF_A_WORD))
  const isLong = words.every((word) => pieces(word, 3, 1).length > 0)
  const byTrigrams = { table: 'product_trigrams', match: allOf(long) }
  if (long.length > 0 && (isLong || isFew(db, byTrigrams.match))) return byTrigrams
  const grams = words.flatMap((word) => {
    const pairs = pieces(word, 2, PIECES_OF_A_WORD)
    return pairs.length > 0 ? pairs : [word]
  })
  return { table: 'product_grams', match: allOf(grams.map(token)) }
}

function isFew(db: Db, match: string): boolean {
  const sql = `SELECT count(*) AS n FROM (SELECT 1 FROM product_trigrams WHERE product_trigrams MATCH ? LIMIT ${FEW})`
  return (db.statement(sql).get(match) as { n: number }).n < FEW
}

/** Quoted, so that nothing in a query is an operator of FTS5. */
function allOf(terms: readonly string[]): string {
  return [...new Set(terms)].map((term) => `"${term.replaceAll('"', '""')}"`).join(' AND ')
}

/** How many hits there are, at most one more than are counted. */
export function countHits(db: Db, { from, via, hit }: Search): number {
  const sql = `SELECT count(*) AS n FROM (SELECT 1 ${from.sql} WHERE ${and([...via, ...hit])} LIMIT ${COUNTED + 1})`
  return (db.statement(sql).get(...valuesOf(from, [...via, ...hit])) as { n: number }).n
}

/** The keys of all hits; for a search that has few. */
export function hitKeys(db: Db, { from, via, hit }: Search): number[] {
  return db
    .statement(`SELECT s.key ${from.sql} WHERE ${and([...via, ...hit])}`)
    .pluck(true)
    .all(...valuesOf(from, [...via, ...hit])) as number[]
}

/** Exact SKU, then names that begin with the query, then every other hit. */
export function relevanceSegments(db: Db, { query, from, key, via, hit }: Search): Segment[] {
  const keys = JSON.stringify(keysBySku(db, query))
  const start = fold(query).trim().replaceAll(/\s+/gu, ' ')
  const range = [start, `${start}\u{10FFFF}`]
  const notBySku = { sql: 's.key NOT IN (SELECT value FROM json_each(?))', values: [keys] }
  return [
    {
      from: { sql: 'FROM json_each(?) j CROSS JOIN product_search s ON s.key = j.value', values: [keys] },
      key: 's.key',
      where: hit,
      order: ['s.key'],
    },
    {
      from: { sql: 'FROM product_search s INDEXED BY product_search_by_name', values: [] },
      key: 's.key',
      where: [{ sql: 's.name >= ? AND s.name < ?', values: range }, ...hit, notBySku],
      order: ['s.name', 's.key'],
    },
    {
      from,
      key: 's.key',
      where: [...via, ...hit, { sql: 'NOT (s.name >= ? AND s.name < ?)', values: range }, notBySku],
      order: [key],
    },
  ]
}

/** Products that have the query as their own or a variant's SKU, in any case. */
function keysBySku(db: Db, query: string): number[] {
  const sku = query.trim()
  // The index compares A to Z without case; the two other spellings find what holds other letters.
  const spellings = [sku, sku.toLowerCase(), sku.toUpperCase()]
  return db
    .statement(
      `SELECT key FROM products WHERE sku COLLATE NOCASE IN (?, ?, ?) UNION
        SELECT key FROM products WHERE id IN
          (SELECT product_id FROM product_variants WHERE sku COLLATE NOCASE IN (?, ?, ?))
        LIMIT ${COUNTED}`,
    )
    .pluck(true)
    .all(...spellings, ...spellings) as number[]
}

function and(conditions: readonly Sql[]): string {
  return conditions.map(({ sql }) => sql).join(' AND ')
}

function valuesOf(from: Sql, conditions: readonly Sql[]): (string | number)[] {
  return [...from.values, ...conditions.flatMap(({ values }) => values)]
}
