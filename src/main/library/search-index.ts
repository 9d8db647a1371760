import type { Db } from '../db/open.ts'
import type { Writer } from '../db/write.ts'
import { gramTokens, searchText, fold } from './search-text.ts'

/**
 * Keeps the search tables in step with the products.
 *
 * 1. Triggers mark every product whose searched fields change, whoever writes; what is marked is indexed anew here.
 * 2. What the writer writes is indexed in the same transaction: it commits with the change, or not at all.
 * 3. What another path wrote is indexed before the next search (`refresh`). No search ever reads an index that is out of date.
 */
export class SearchIndex {
  readonly #db: Db

  constructor(db: Db, writer: Writer) {
    this.#db = db
    writer.observe({ beforeCommit: () => this.#update() })
  }

  /** Brings the index up to date; nearly free where it is. */
  refresh(): void {
    if (this.#db.statement('SELECT 1 FROM product_search_stale LIMIT 1').get() === undefined) return
    this.#db.sqlite.transaction(() => this.#update()).immediate()
  }

  #update(): void {
    for (;;) {
      const stale = this.#db.statement(STALE).all() as StaleRow[]
      const last = stale.at(-1)
      if (!last) return
      for (const row of stale) this.#reindex(row)
      this.#db.statement('DELETE FROM product_search_stale WHERE key <= ?').run(last.key)
    }
  }

  #reindex(row: StaleRow): void {
    const { key, known } = row
    if (row.name === null) {
      this.#db.statement('DELETE FROM product_search WHERE key = ?').run(key)
      if (known !== null) this.#dropGrams(key)
      return
    }
    const tags = JSON.parse(row.tags) as string[]
    const text = searchText([row.name, row.sku, row.pid, ...tags, row.variant_skus])
    // Not one upsert: it would open a savepoint, at which FTS5 writes out what it still holds in memory, for each row.
    const write = known === null ? INSERT : UPDATE
    this.#db.statement(write).run({ key, status: row.status, brand: row.brand_id, name: fold(row.name), text })
    if (text === known) return
    if (known !== null) this.#dropGrams(key)
    this.#db.statement('INSERT INTO product_trigrams (rowid, text) VALUES (?, ?)').run(key, text)
    this.#db.statement('INSERT INTO product_grams (rowid, grams) VALUES (?, ?)').run(key, gramTokens(text))
  }

  #dropGrams(key: number): void {
    this.#db.statement('DELETE FROM product_trigrams WHERE rowid = ?').run(key)
    this.#db.statement('DELETE FROM product_grams WHERE rowid = ?').run(key)
  }
}

const INSERT =
  'INSERT INTO product_search (key, status, brand_id, name, text) VALUES (@key, @status, @brand, @name, @text)'
const UPDATE =
  'UPDATE product_search SET status = @status, brand_id = @brand, name = @name, text = @text WHERE key = @key'

interface ProductFields {
  readonly name: string
  readonly status: string
  readonly brand_id: string
  readonly tags: string
}

/** A marked product; without a name where it is gone. `known` is the text that the index holds of it. */
type StaleRow = (ProductFields | { readonly [K in keyof ProductFields]: null }) & {
  readonly key: number
  readonly sku: string | null
  readonly pid: string | null
  readonly variant_skus: string | null
  readonly known: string | null
}

const STALE = `
  SELECT stale.key, p.name, p.status, p.brand_id, p.tags, p.sku, p.pid, known.text AS known,
    (SELECT group_concat(v.sku, char(10)) FROM product_variants v WHERE v.product_id = p.id) AS variant_skus
  FROM product_search_stale stale
    LEFT JOIN products p ON p.key = stale.key
    LEFT JOIN product_search known ON known.key = stale.key
  ORDER BY stale.key LIMIT 2000`
