import type { Db } from '../db/database.ts'
import { dropSecondaryIndexes } from '../db/secondary-indexes.ts'
import type { Writer } from '../db/write.ts'
import { GramTokens } from './gram-tokens.ts'
import { searchText, fold } from './search-text.ts'

/**
 * Keeps the search tables in step with the products.
 *
 * 1. Triggers mark every product whose searched fields change, whoever writes; what is marked is indexed anew here.
 * 2. What the writer writes is indexed in the same transaction: it commits with the change, or not at all.
 * 3. What another path wrote is indexed before the next search (`refresh`). No search ever reads an index that is out of date.
 */
export class SearchIndex {
  readonly #db: Db
  readonly #grams = new GramTokens()

  constructor(db: Db) {
    this.#db = db
    // For `#rebuild` alone: whatever opens this database can write to it without them.
    const options = { deterministic: true, directOnly: true }
    db.sqlite.function('hudson_fold', options, (text: string) => fold(text))
    db.sqlite.function('hudson_grams', options, (text: string) => this.#grams.of(text))
  }

  /** Keeps it in step with a writer: what it writes is indexed before it commits. */
  follow(writer: Writer): void {
    writer.observe({ beforeCommit: () => this.update() })
  }

  /** Brings the index up to date; nearly free where it is. */
  refresh(): void {
    if (this.#db.statement('SELECT 1 FROM product_search_stale LIMIT 1').get() === undefined) return
    this.#db.sqlite.transaction(() => this.update()).immediate()
  }

  /** Indexes what is marked, inside the caller's transaction. */
  update(): void {
    for (;;) {
      const stale = this.#db.statement(STALE).all() as StaleRow[]
      const last = stale.at(-1)
      if (!last) return
      if (stale.length === BATCH && this.#isMostlyStale()) return this.#rebuild()
      this.#reindex(stale)
      this.#db.statement('DELETE FROM product_search_stale WHERE key <= ?').run(last.key)
    }
  }

  /**
   * Lets the index stay behind while a transaction brings most of the products. The answer builds it anew, and must be called
   * before that transaction commits.
   */
  suspend(): () => void {
    const { sqlite } = this.#db
    const triggers = this.#db.statement(TRIGGERS).all() as { name: string; sql: string }[]
    for (const { name } of triggers) sqlite.exec(`DROP TRIGGER ${name}`)
    return () => {
      for (const { sql } of triggers) sqlite.exec(sql)
      this.#rebuild()
    }
  }

  #isMostlyStale(): boolean {
    return this.#db.statement(IS_MOSTLY_STALE).pluck(true).get() === 1
  }

  /**
   * Everything anew, at a tenth of the cost a row: each table takes all its rows in one statement, which never leaves SQLite
   * but for what only JavaScript knows of letters, and FTS5 merges nothing that it wrote a moment ago.
   */
  #rebuild(): void {
    const { sqlite } = this.#db
    sqlite.exec(EMPTY)
    const makeIndexes = dropSecondaryIndexes(this.#db, 'product_search')
    sqlite.exec(FILL_SEARCH)
    makeIndexes()
    sqlite.exec(FILL_TRIGRAMS)
    sqlite.exec(FILL_GRAMS)
    sqlite.exec('DELETE FROM product_search_stale')
  }

  /** One statement for all rows of each table: calls cost as much as what they do, and FTS5 writes out what it holds at each. */
  #reindex(stale: readonly StaleRow[]): void {
    const rows = stale.map(indexed)
    const changed = rows.filter(({ text, known }) => text !== known)
    this.#run(
      DROP_TRIGRAMS,
      changed.flatMap(({ key, known }) => (known === null ? [] : [key])),
    )
    this.#run(
      DROP_GRAMS,
      changed.flatMap(({ key, known }) => (known === null ? [] : [key])),
    )
    this.#run(
      DROP,
      rows.flatMap(({ key, text }) => (text === null ? [key] : [])),
    )
    this.#run(
      PUT,
      rows.flatMap(({ key, text, status, brand, name }) => (text === null ? [] : [[key, status, brand, name, text]])),
    )
    this.#run(
      PUT_TRIGRAMS,
      changed.flatMap(({ key, text }) => (text === null ? [] : [key])),
    )
    this.#run(
      PUT_GRAMS,
      changed.flatMap(({ key, text }) => (text === null ? [] : [[key, this.#grams.of(text)]])),
    )
  }

  #run(sql: string, rows: readonly unknown[]): void {
    if (rows.length > 0) this.#db.statement(sql).run(JSON.stringify(rows))
  }
}

/** How many marked products are indexed at once. */
const BATCH = 2_000

const TRIGGERS = `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'product_search_*'`
const IS_MOSTLY_STALE = `
  SELECT (SELECT count(*) FROM product_search_stale) * 2 >= (SELECT count(*) FROM product_search)`
const EMPTY = `
  DELETE FROM product_search;
  INSERT INTO product_trigrams (product_trigrams) VALUES ('delete-all');
  INSERT INTO product_grams (product_grams) VALUES ('delete-all')`
/** What `textOf` answers, but not yet folded. */
const LINES = `concat_ws(char(10), nullif(p.name, ''), nullif(p.sku, ''), nullif(p.pid, ''),
  CASE p.tags WHEN '[]' THEN NULL ELSE (SELECT group_concat(nullif(value, ''), char(10)) FROM json_each(p.tags)) END,
  nullif((SELECT group_concat(v.sku, char(10)) FROM product_variants v WHERE v.product_id = p.id), ''))`
/** Of ASCII, as nearly all of it is, SQLite knows the letters itself: a call to JavaScript costs ten times as much. */
const folded = (text: string): string =>
  `CASE WHEN octet_length(${text}) = length(${text}) THEN lower(${text}) ELSE hudson_fold(${text}) END`
const FILL_SEARCH = `
  INSERT INTO product_search (key, status, brand_id, name, text)
    SELECT key, status, brand_id, ${folded('name')}, ${folded('lines')}
    FROM (SELECT p.key, p.status, p.brand_id, p.name, ${LINES} AS lines FROM products p ORDER BY p.key)`
const FILL_TRIGRAMS = 'INSERT INTO product_trigrams (rowid, text) SELECT key, text FROM product_search ORDER BY key'
const FILL_GRAMS =
  'INSERT INTO product_grams (rowid, grams) SELECT key, hudson_grams(text) FROM product_search ORDER BY key'

const DROP_TRIGRAMS = 'DELETE FROM product_trigrams WHERE rowid IN (SELECT value FROM json_each(?))'
const DROP_GRAMS = 'DELETE FROM product_grams WHERE rowid IN (SELECT value FROM json_each(?))'
const DROP = 'DELETE FROM product_search WHERE key IN (SELECT value FROM json_each(?))'
const PUT = `
  INSERT INTO product_search (key, status, brand_id, name, text)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?) WHERE true
    ON CONFLICT (key) DO UPDATE SET status = excluded.status, brand_id = excluded.brand_id, name = excluded.name,
      text = excluded.text`
const PUT_TRIGRAMS = `
  INSERT INTO product_trigrams (rowid, text)
    SELECT s.key, s.text FROM json_each(?) j CROSS JOIN product_search s ON s.key = j.value`
const PUT_GRAMS = 'INSERT INTO product_grams (rowid, grams) SELECT value ->> 0, value ->> 1 FROM json_each(?)'

/** What the index is to hold of a marked product: no text where the product is gone. */
interface Indexed {
  readonly key: number
  readonly status: string
  readonly brand: string
  readonly name: string
  readonly text: string | null
  readonly known: string | null
}

function indexed(row: StaleRow): Indexed {
  const { key, known } = row
  if (row.name === null) return { key, known, status: '', brand: '', name: '', text: null }
  const text = textOf(row)
  return { key, known, status: row.status, brand: row.brand_id, name: fold(row.name), text }
}

function textOf({ name, sku, pid, tags, variant_skus }: ProductFields & Skus): string {
  return searchText([name, sku, pid, ...(tags === '[]' ? [] : (JSON.parse(tags) as string[])), variant_skus])
}

interface ProductFields {
  readonly name: string
  readonly status: string
  readonly brand_id: string
  readonly tags: string
}

/** A marked product; without a name where it is gone. `known` is the text that the index holds of it. */
type StaleRow = (ProductFields | { readonly [K in keyof ProductFields]: null }) & {
  readonly key: number
  readonly known: string | null
} & Skus

interface Skus {
  readonly sku: string | null
  readonly pid: string | null
  readonly variant_skus: string | null
}

const STALE = `
  SELECT stale.key, p.name, p.status, p.brand_id, p.tags, p.sku, p.pid, known.text AS known,
    (SELECT group_concat(v.sku, char(10)) FROM product_variants v WHERE v.product_id = p.id) AS variant_skus
  FROM product_search_stale stale
    LEFT JOIN products p ON p.key = stale.key
    LEFT JOIN product_search known ON known.key = stale.key
  ORDER BY stale.key LIMIT ${BATCH}`
