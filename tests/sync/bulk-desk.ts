import Database from 'better-sqlite3'
import pg from 'pg'
import { join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import { SearchIndex } from '../../src/main/library/search-index.ts'
import { WorkerBulk } from '../../src/main/sync/bulk.ts'
import type { Progress } from '../../src/main/sync/bulk.ts'
import { Exchange } from '../../src/main/sync/exchange.ts'
import { createDatabase, dropDatabase } from '../support/postgres.ts'
import { testDatabase, testServer } from '../support/test-database.ts'
import { tempDir } from '../support/temp-dir.ts'
import { migrateRemote, openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { connect } from './team.ts'
import type { Sql } from './team.ts'

export const script = new URL('../../src/main/bulk-worker.ts', import.meta.url)
export const PRODUCTS = 2_700
/** Pages are small, so that there are many. */
export const PAGE = 400

export interface BulkDesk {
  readonly desk: Desk
  readonly exchange: Exchange
  readonly bulk: WorkerBulk
  readonly stagePath: string
  readonly progress: Progress[]
  /** Called at each page. */
  onPage: () => void
}

/** A desktop whose first pull, and others of more than a page, go through the worker. `direct`: the first is written as it comes. */
export function bulkDesk(url: string, dir = tempDir(), { direct = false } = {}): BulkDesk {
  const dbPath = join(dir, 'hudson.db')
  const stagePath = join(dir, 'sync.stage')
  const desk = openDesk(url, { name: 'Bulk', dbPath })
  onTestFinished(() => desk[Symbol.asyncDispose]())
  const way = { connectionString: url }
  const connection = { calls: way, listening: way, about: { device: 'Bulk', version: '0' } }
  const bulk = new WorkerBulk({ script, dbPath, stagePath, connection, pageSize: PAGE, soonMs: direct ? Infinity : 0 })
  onTestFinished(() => bulk[Symbol.asyncDispose]())
  const progress: Progress[] = []
  const made: BulkDesk = {
    desk,
    bulk,
    stagePath,
    progress,
    onPage: () => {},
    exchange: new Exchange({
      ...desk,
      bulk,
      pageSize: PAGE,
      onProgress: (one) => {
        progress.push(one)
        made.onPage()
      },
    }),
  }
  return made
}

export async function syncOnce({ exchange }: Pick<BulkDesk, 'exchange'>): Promise<void> {
  await exchange.greet()
  while ((await exchange.push()) > 0);
  await exchange.pull()
}

/** A team with a catalogue and a few shows, and traces of what was deleted. Made once, and copied for every test. */
export async function catalogue(): Promise<{ url: string; sql: Sql }> {
  const full = await (template.url ??= testServer()
    .then((server) => createDatabase(server))
    .then(fill))
  const url = await testDatabase({ template: new URL(full).pathname.slice(1) })
  return { url, sql: await connect(url) }
}

const template: { url?: Promise<string> } = {}
afterAll(async () => {
  if (template.url) await dropDatabase(await template.url)
})

async function fill(url: string): Promise<string> {
  await migrateRemote(url)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(BRANDS)
  // Several revs, so that there are pages.
  for (let from = 1; from <= PRODUCTS; from += 300) await client.query(SOME_PRODUCTS, [from, from + 299])
  await client.query(THE_REST)
  await client.end()
  return url
}

const BRANDS = `INSERT INTO brands (name) SELECT 'Brand ' || n FROM generate_series(1, 5) n`
const SOME_PRODUCTS = `
  INSERT INTO products (brand_id, name, description_html, tags, price_cents, sku)
    SELECT (SELECT id FROM brands ORDER BY name LIMIT 1 OFFSET n % 5), 'Ring "' || n || E'" \\t é', E'<p>a\\nb</p>',
      '["gold", "x"]', n, 'SKU-' || n FROM generate_series($1::int, $2::int) n`
const THE_REST = `
  INSERT INTO product_variants (product_id, title) SELECT id, 'M' FROM products WHERE price_cents % 7 = 0;
  INSERT INTO talking_points (product_id, text) SELECT id, 'shines' FROM products WHERE price_cents % 11 = 0;
  INSERT INTO sessions (name, slug) SELECT 'Show ' || n, 'show-' || n FROM generate_series(1, 5) n;
  INSERT INTO session_products (session_id, product_id, order_key)
    SELECT s.id, p.id, 'a' || lpad(p.price_cents::text, 4, '0')
    FROM sessions s CROSS JOIN (SELECT * FROM products ORDER BY price_cents LIMIT 40) p;
  DELETE FROM products WHERE price_cents > ${PRODUCTS - 20};`

/** What a search finds by, product by product. */
export function searched({ db }: Desk): unknown[] {
  new SearchIndex(db).refresh()
  return db.statement('SELECT p.id, s.text FROM product_search s JOIN products p ON p.key = s.key ORDER BY p.id').all()
}

export const count = ({ db }: Desk, from = 'products'): number =>
  db.statement(`SELECT count(*) FROM ${from}`).pluck(true).get() as number

/** Somebody else who may hold the local database. */
export function anotherProgram(dir: string): Database.Database {
  const other = new Database(join(dir, 'hudson.db'))
  onTestFinished(() => void other.close())
  return other
}
