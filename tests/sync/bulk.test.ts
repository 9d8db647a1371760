import Database from 'better-sqlite3'
import pg from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { SearchIndex } from '../../src/main/library/search-index.ts'
import { WorkerBulk } from '../../src/main/sync/bulk.ts'
import type { Progress } from '../../src/main/sync/bulk.ts'
import { Exchange } from '../../src/main/sync/exchange.ts'
import { createDatabase, dropDatabase } from '../support/postgres.ts'
import { testDatabase, testServer } from '../support/test-database.ts'
import { openAppDesk, networkBefore, tempDir } from './app-desk.ts'
import { migrateRemote, openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { connect, contents, set } from './team.ts'
import type { Sql } from './team.ts'

// Large pulls by the real worker, from its source, on a real server.

const script = new URL('../../src/main/bulk-worker.ts', import.meta.url)
const PRODUCTS = 2_700
/** Pages are small, so that there are many. */
const PAGE = 400

interface BulkDesk {
  readonly desk: Desk
  readonly exchange: Exchange
  readonly bulk: WorkerBulk
  readonly stagePath: string
  readonly progress: Progress[]
  /** Called at each page. */
  onPage: () => void
}

/** A desktop whose pulls of more than a page go through the worker. */
function bulkDesk(url: string, dir = tempDir()): BulkDesk {
  const dbPath = join(dir, 'hudson.db')
  const stagePath = join(dir, 'sync.stage')
  const desk = openDesk(url, { name: 'Bulk', dbPath })
  onTestFinished(() => desk[Symbol.asyncDispose]())
  const way = { connectionString: url }
  const connection = { calls: way, listening: way, about: { device: 'Bulk', version: '0' } }
  const bulk = new WorkerBulk({ script, dbPath, stagePath, connection, pageSize: PAGE })
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

async function sync({ exchange }: Pick<BulkDesk, 'exchange'>): Promise<void> {
  await exchange.greet()
  while ((await exchange.push()) > 0);
  await exchange.pull()
}

/** A team with a catalogue and a few shows, and traces of what was deleted. Made once, and copied for every test. */
async function catalogue(): Promise<{ url: string; sql: Sql }> {
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
function searched({ db }: Desk): unknown[] {
  new SearchIndex(db).refresh()
  return db.statement('SELECT p.id, s.text FROM product_search s JOIN products p ON p.key = s.key ORDER BY p.id').all()
}

const count = ({ db }: Desk, from = 'products'): number =>
  db.statement(`SELECT count(*) FROM ${from}`).pluck(true).get() as number

/** Somebody else who may hold the local database. */
function anotherProgram(dir: string): Database.Database {
  const other = new Database(join(dir, 'hudson.db'))
  onTestFinished(() => void other.close())
  return other
}

describe('a large pull', () => {
  test('[L1] ends as one that is applied in the main thread does, in every table', async () => {
    const { url } = await catalogue()
    const inline = openDesk(url, { name: 'Inline' })
    onTestFinished(() => inline[Symbol.asyncDispose]())
    await inline.sync()
    const worked = bulkDesk(url)
    await sync(worked)
    const { desk, progress, stagePath } = worked
    expect(count(desk)).toBe(PRODUCTS - 20)
    expect(contents(desk)).toEqual(contents(inline))
    expect(searched(desk)).toEqual(searched(inline))
    expect(desk.state.cursor).toEqual(inline.state.cursor)
    for (const table of ['sync_aside', 'sync_base', 'sync_held', 'sync_outbox', 'product_search_stale']) {
      expect(desk.db.statement(`SELECT * FROM ${table}`).all(), table).toEqual([])
    }
    expect(progress.length).toBeGreaterThan(5)
    expect(existsSync(stagePath)).toBe(false)
    // The next ones are small, and see nothing new.
    expect((await worked.exchange.pull()).changes).toEqual([])
  })

  test('[L1] is seen as a whole or not at all', async () => {
    const { url } = await catalogue()
    const worked = bulkDesk(url)
    const seen = new Set<number>()
    const watch = setInterval(() => seen.add(count(worked.desk)), 1)
    onTestFinished(() => clearInterval(watch))
    await sync(worked)
    seen.add(count(worked.desk))
    expect([...seen]).toEqual([0, PRODUCTS - 20])
  })

  test('[L4] leaves what is written here meanwhile on top', async () => {
    const { url, sql } = await catalogue()
    const worked = bulkDesk(url)
    await sync(worked)
    const { desk } = worked
    const [product] = desk.all('products')
    const id = String(product?.['id'])
    await sql('UPDATE products SET compare_at_price_cents = price_cents + 1')
    worked.onPage = () => {
      worked.onPage = () => {}
      set(desk, 'products', { id, name: 'Mine' })
    }
    await worked.exchange.pull()
    expect(desk.row('products', id)).toMatchObject({
      name: 'Mine',
      compare_at_price_cents: Number(product?.['price_cents']) + 1,
    })
    expect(desk.outbox.count()).toBe(1)
    await sync(worked)
    expect(await sql('SELECT name FROM products WHERE id = $1', [id])).toEqual([{ name: 'Mine' }])
    expect(count(desk, 'sync_base')).toBe(0)
  })

  test('[L1] that is cut between two pages goes on from where it was', async () => {
    const { url } = await catalogue()
    const network = await networkBefore(url)
    const worked = bulkDesk(network.url(url))
    const pulls: string[] = []
    const watch = (cutAt: number): void => {
      void network.dropRequest((request) => {
        if (!request.includes('sync_pull')) return false
        pulls.push(request)
        if (pulls.length === cutAt) setImmediate(() => network.cut())
        return false
      })
    }
    watch(5)
    await expect(sync(worked)).rejects.toThrow(/Connection terminated|ECONNRESET/)
    expect(count(worked.desk)).toBe(0)
    expect(worked.desk.state.cursor.rev).toBe(0)
    const [first] = worked.progress.slice(-1)
    const had = first?.rows ?? 0
    expect(had).toBeGreaterThan(PAGE)
    network.pass()
    worked.progress.length = 0
    await worked.exchange.pull()
    expect(worked.progress[0]?.rows).toBeGreaterThan(had)
    expect(count(worked.desk)).toBe(PRODUCTS - 20)
    const inline = openDesk(url, { name: 'Inline' })
    onTestFinished(() => inline[Symbol.asyncDispose]())
    await inline.sync()
    expect(contents(worked.desk)).toEqual(contents(inline))
  })

  test('[L7] of a server with another history keeps what was not sent, and drops what is not there', async () => {
    const { url, sql } = await catalogue()
    const worked = bulkDesk(url)
    await sync(worked)
    const { desk } = worked
    const [edited, gone] = desk.all('products').map(({ id }) => String(id))
    // Restored from a copy that never had one of them: no cursor of before is known.
    await sql('UPDATE sync_revs SET token = gen_random_uuid()')
    await sql('UPDATE sync_clock SET token = (SELECT r.token FROM sync_revs r WHERE r.rev = sync_clock.rev)')
    await sql(`DELETE FROM products WHERE id = $1`, [gone])
    await sql('DELETE FROM sync_index WHERE id = $1', [gone])
    worked.onPage = () => {
      worked.onPage = () => {}
      set(desk, 'products', { id: String(edited), name: 'Mine' })
    }
    await sync(worked)
    expect(desk.state.get('resync')).toBe(false)
    expect(desk.row('products', String(gone))).toBeUndefined()
    expect(desk.row('products', String(edited))).toMatchObject({ name: 'Mine' })
    await sync(worked)
    expect(await sql('SELECT name FROM products WHERE id = $1', [edited])).toEqual([{ name: 'Mine' }])
    expect(desk.outbox.count()).toBe(0)
    expect(count(desk)).toBe(PRODUCTS - 21)
  })

  test('[F6] holds a mass deletion', async () => {
    const { url, sql } = await catalogue()
    const worked = bulkDesk(url)
    await sync(worked)
    await sql('DELETE FROM products WHERE price_cents % 3 = 0')
    await sql(`UPDATE products SET name = name || '!'`)
    await worked.exchange.pull()
    const held = count(worked.desk, `sync_held WHERE entity = 'products'`)
    expect(held).toBeGreaterThan(800)
    expect(count(worked.desk)).toBe(PRODUCTS - 20)
    expect(count(worked.desk, `products WHERE name LIKE '%!'`)).toBe(PRODUCTS - 20 - held)
  })
})

describe('a worker', () => {
  test('that cannot start, or ends in the middle, is a failed try; the next one works', async () => {
    const { url } = await catalogue()
    const dir = tempDir()
    const worked = bulkDesk(url, dir)
    const broken = new WorkerBulk({
      script: new URL('../../src/main/no-such-worker.ts', import.meta.url),
      dbPath: join(dir, 'hudson.db'),
      stagePath: worked.stagePath,
      connection: { calls: {}, listening: {}, about: { device: 'x', version: '0' } },
    })
    await expect(sync({ exchange: new Exchange({ ...worked.desk, bulk: broken, pageSize: PAGE }) })).rejects.toThrow(
      /Cannot find/,
    )
    worked.onPage = () => {
      worked.onPage = () => {}
      void worked.bulk[Symbol.asyncDispose]()
    }
    await expect(sync(worked)).rejects.toThrow('the worker of a large pull ended')
    expect([count(worked.desk), worked.bulk.idle()]).toEqual([0, null])
    await worked.exchange.pull()
    expect(count(worked.desk)).toBe(PRODUCTS - 20)
  })

  test('[L1] that ends while it writes has written nothing', async () => {
    const { url } = await catalogue()
    const dir = tempDir()
    const worked = bulkDesk(url, dir)
    const other = anotherProgram(dir)
    worked.onPage = () => {
      worked.onPage = () => {}
      other.exec('BEGIN IMMEDIATE')
    }
    const pulling = sync(worked).then(
      () => 'done',
      (error: unknown) => String(error),
    )
    while (worked.bulk.idle() === null) await sleep(5)
    await sleep(50)
    const ended = worked.bulk[Symbol.asyncDispose]()
    other.exec('ROLLBACK')
    await ended
    const outcome = await pulling
    expect(count(worked.desk)).toBe(outcome === 'done' ? PRODUCTS - 20 : 0)
    expect(worked.bulk.idle()).toBeNull()
    await worked.exchange.pull()
    expect(count(worked.desk)).toBe(PRODUCTS - 20)
  })

  test('whose pages are lost begins again', async () => {
    const { url } = await catalogue()
    const network = await networkBefore(url)
    const dir = tempDir()
    const worked = bulkDesk(network.url(url), dir)
    worked.onPage = () => {
      if (worked.progress.length === 3) network.cut()
    }
    await expect(sync(worked)).rejects.toThrow(/Connection terminated|ECONNRESET/)
    network.pass()
    rmSync(worked.stagePath)
    await expect(worked.exchange.pull()).rejects.toThrow('ENOENT')
    await worked.exchange.pull()
    expect(count(worked.desk)).toBe(PRODUCTS - 20)
  })

  test('while it writes, commands wait and queries do not', async () => {
    const { url } = await catalogue()
    const network = await networkBefore(url)
    // The page that makes it a large pull comes, and the worker's own does not.
    const pulls = { count: 0 }
    void network.dropRequest((request) => {
      if (request.includes('sync_pull') && (pulls.count += 1) === 2) setImmediate(() => network.hang())
      return false
    })
    const dataDir = tempDir()
    const desk = openAppDesk(network.url(url), { dataDir, bulkWorker: fileURLToPath(script) })
    const synced = desk.call('sync.now', {})
    await vi.waitFor(() => expect(pulls.count).toBe(2), 5_000)
    await sleep(50)
    // It will come to writing, and not further.
    const other = anotherProgram(dataDir)
    other.exec('BEGIN IMMEDIATE')
    network.pass()
    await sleep(800)
    const started = performance.now()
    expect(await desk.call('products.list', {})).toMatchObject({ total: 0 })
    const made = desk.call('presets.create', { text: 'Hurry', color: 'red' })
    expect(await Promise.race([made, sleep(200).then(() => 'it waits')])).toBe('it waits')
    expect(await desk.call('sessions.list', {})).toMatchObject({ items: [] })
    expect(performance.now() - started).toBeLessThan(1_000)
    other.exec('ROLLBACK')
    expect(await made).toMatchObject({ text: 'Hurry' })
    expect(await desk.call('products.list', {})).toMatchObject({ total: PRODUCTS - 20 })
    expect(await synced).toMatchObject({ state: 'online' })
    expect(desk.changed).toEqual(expect.arrayContaining(['products', 'sessions', 'brands', 'sync']))
  })
})
