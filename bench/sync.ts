import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Client } from 'pg'
import { v7 as uuid } from 'uuid'
import { createApp } from '../src/main/app.ts'
import type { App } from '../src/main/app.ts'
import { systemClock } from '../src/main/clock.ts'
import { readConfig } from '../src/main/config.ts'
import { unwrap } from '#shared/reply.ts'
import type { SyncStatus } from '#shared/sync.ts'
import { inTempDir, loadRawLimits, percentile } from './support.ts'
import type { BenchRow } from './support.ts'

const pg = createRequire(resolve('package.json'))('pg') as typeof import('pg')
// Not bundled: it starts a file beside it.
const server = pathToFileURL(resolve('tests/support/postgres.ts')).href
const { createDatabase, startPostgres } = (await import(
  /* @vite-ignore */ server
)) as typeof import('../tests/support/postgres.ts')

/**
 * Several desktops and one Postgres, beside the least that the same work can cost. All on this machine: the network is not what
 * is measured.
 */
export async function run(): Promise<BenchRow[]> {
  const raw = await loadRawLimits()
  await using postgres = await startPostgres()
  const only = process.env['HUDSON_BENCH_SYNC']
  const parts = { write, firstSync, push, live }
  const rows: BenchRow[] = []
  for (const [name, part] of Object.entries(parts)) {
    if (only === undefined || only === name) rows.push(...(await part(postgres.url, raw)))
  }
  return rows
}

type Raw = Awaited<ReturnType<typeof loadRawLimits>>

/** A database with a catalogue in it, and one more for the raw path. */
async function databases(
  admin: string,
  products: number,
): Promise<{ url: string; client: Client; rawUrl: string; rawClient: Client } & AsyncDisposable> {
  const [url, rawUrl] = [await createDatabase(admin), await createDatabase(admin)]
  const client = new pg.Client({ connectionString: url })
  const rawClient = new pg.Client({ connectionString: rawUrl })
  await Promise.all([client.connect(), rawClient.connect()])
  for (const file of readdirSync('migrations/remote').toSorted()) {
    await client.query(readFileSync(join('migrations/remote', file), 'utf8'))
  }
  const brand = uuid()
  await client.query('INSERT INTO brands (id, name) VALUES ($1, $2)', [brand, 'Acme'])
  for (let from = 0; from < products; from += 5_000) {
    await client.query(
      `INSERT INTO products (id, brand_id, name, description_html, talking_points_md, price_cents, compare_at_price_cents, sku, pid)
       SELECT gen_random_uuid(), $1, 'gold hoop ' || (ARRAY['pearl','opal','stone','chain','velvet','linen'])[1 + n % 6] || ' ' || n,
         rpad('', 240, 'charm coral dune '), rpad('', 100, '- anchor moss'), 100 + n, 200 + n, 'SKU-' || n, 'P' || n
       FROM generate_series($2::int, $3::int) n`,
      [brand, from, Math.min(from + 5_000, products) - 1],
    )
  }
  await client.query('VACUUM ANALYZE')
  return {
    url,
    client,
    rawUrl,
    rawClient,
    [Symbol.asyncDispose]: async () => {
      await client.end()
      await rawClient.end()
    },
  }
}

interface Desk extends AsyncDisposable {
  readonly app: App
  call(name: string, input?: unknown): Promise<unknown>
  status(): Promise<SyncStatus>
}

/** One desktop as it runs, without its server. */
function openDesk(databaseUrl: string): Desk {
  const dataDir = mkdtempSync(join(tmpdir(), 'hudson-bench-'))
  const config = {
    ...readConfig({
      env: { HUDSON_DATABASE_URL: databaseUrl },
      runtime: 'studio',
      dataDir,
      entryDir: process.env['HUDSON_BENCH_OUT'] ?? '',
    }),
  }
  const silent = { debug: () => {}, info: () => {}, warn: console.error, error: console.error }
  const app = createApp(config, { log: silent, clock: systemClock, fetch })
  const call = async (name: string, input: unknown = {}): Promise<unknown> => unwrap(await app.dispatch(name, input))
  return {
    app,
    call,
    status: async () => (await call('sync.status')) as SyncStatus,
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function productIds(desk: Desk, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | null = null; ids.length < count;) {
    const page = (await desk.call('products.list', { limit: 500, ...(cursor !== null && { cursor }) })) as {
      items: { id: string }[]
      nextCursor: string | null
    }
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
    if (cursor === null) break
  }
  return ids.slice(0, count)
}

/** Validation, the row, the outbox, the search index, and two fsyncs: through the handler that a call ends in. */
async function write(admin: string, raw: Raw): Promise<BenchRow[]> {
  const n = 3_000
  const around = await yardstick((dir) => raw?.write(dir, n))
  await using team = await databases(admin, 10_000)
  await using desk = openDesk(team.url)
  await desk.call('sync.now')
  await desk.call('sync.pause')
  const ids = await productIds(desk, 10_000)
  const samples: number[] = []
  const began = performance.now()
  for (let i = 0; i < n; i++) {
    const at = performance.now()
    await desk.call('products.update', { id: ids[(i * 7919) % ids.length], patch: { priceCents: i + 1 } })
    samples.push(performance.now() - at)
  }
  const rate = (n / (performance.now() - began)) * 1_000
  const limit = await around.mean()
  return [
    share({ name: 'a durable edit through its call', unit: 'edits/s', atLeast: 0.3 }, rate, limit?.opsPerSecond),
    { name: 'the same, p95', value: percentile(samples, 0.95), unit: 'ms', limit: 1, ...(limit && { raw: limit.p95 }) },
  ]
}

async function firstSync(admin: string, raw: Raw): Promise<BenchRow[]> {
  const n = 100_000
  await using team = await databases(admin, n)
  const around = await yardstick((dir) => raw?.sync(dir, team.rawClient, n))
  globalThis.gc?.()
  const idle = process.memoryUsage().rss
  const peak = { rss: 0 }
  const watch = setInterval(() => (peak.rss = Math.max(peak.rss, process.memoryUsage().rss)), 20)
  await using desk = openDesk(team.url)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const began = performance.now()
  await desk.call('sync.now')
  const took = performance.now() - began
  delay.disable()
  clearInterval(watch)
  const { counts } = (await desk.call('app.info')) as { counts: { products: number } }
  if (counts.products !== n) throw new Error(`only ${counts.products} of ${n} products arrived`)
  const found = (await desk.call('products.list', { search: 'SKU-99999' })) as { total: number }
  if (found.total !== 1) throw new Error('the search index does not know the last product')
  const limit = await around.mean()
  return [
    share(
      { name: 'first sync of 100,000 products, searchable', unit: 'rows/s', atLeast: 0.45 },
      (n / took) * 1_000,
      limit?.rowsPerSecond,
    ),
    { name: 'meanwhile: delay of the event loop, p99', value: delay.percentile(99) / 1e6, unit: 'ms', limit: 16 },
    { name: 'meanwhile: memory above idle', value: (peak.rss - idle) / 2 ** 20, unit: 'MiB', limit: 150 },
  ]
}

async function push(admin: string, raw: Raw): Promise<BenchRow[]> {
  const n = 10_000
  await using team = await databases(admin, n)
  const around = await yardstick((dir) => raw?.push(dir, team.rawClient, n))
  await using desk = openDesk(team.url)
  await desk.call('sync.now')
  await desk.call('sync.pause')
  // In the order in which the table holds them, as the raw path has it.
  const { rows } = await team.client.query<{ id: string }>('SELECT id FROM products')
  for (const [i, { id }] of rows.entries()) {
    await desk.call('products.update', { id, patch: { priceCents: i + 1 } })
  }
  const began = performance.now()
  await desk.call('sync.now')
  const took = performance.now() - began
  const { pending } = await desk.status()
  if (pending !== 0) throw new Error(`${pending} edits still wait`)
  const limit = await around.mean()
  return [
    share(
      { name: 'push of 10,000 queued edits, until confirmed', unit: 'edits/s', atLeast: 0.5 },
      (n / took) * 1_000,
      limit?.opsPerSecond,
    ),
  ]
}

async function live(admin: string, raw: Raw): Promise<BenchRow[]> {
  const n = 300
  await using team = await databases(admin, 1_000)
  const around = await yardstick((dir) => raw?.live(dir, team.rawClient, team.rawUrl, n))
  await using a = openDesk(team.url)
  await using b = openDesk(team.url)
  await a.call('sync.now')
  await b.call('sync.now')
  const session = (await a.call('sessions.create', { name: 'Bench', productIds: await productIds(a, 40) })) as {
    id: string
  }
  await a.call('live.start', { sessionId: session.id, mode: 'rehearsal' })
  await a.call('sync.now')
  await b.call('sync.now')
  await new Promise((done) => setTimeout(done, 500))
  const samples: number[] = []
  for (let i = 0; i < n; i++) {
    const wanted = ((i + 1) % 40) + 1
    const arrived = Promise.withResolvers<void>()
    const stop = b.app.events.on('changed', ({ feature }) => feature === 'live' && arrived.resolve())
    const at = performance.now()
    await a.call('live.goto', { sessionId: session.id, number: wanted })
    await arrived.promise
    samples.push(performance.now() - at)
    stop()
    await new Promise((done) => setTimeout(done, 5))
  }
  const p95 = percentile(samples, 0.95)
  const limit = await around.mean()
  return [
    {
      name: 'live: from a command on A to the change on B, p50',
      value: percentile(samples, 0.5),
      unit: 'ms',
      ...(limit && { raw: limit.p50 }),
    },
    {
      name: 'the same, p95 (limit 2.2 x raw)',
      value: p95,
      unit: 'ms',
      ...(limit && { limit: 2.2 * limit.p95, raw: limit.p95, ratio: p95 / limit.p95 }),
    },
    {
      name: 'the same, p99',
      value: percentile(samples, 0.99),
      unit: 'ms',
      limit: 25,
      ...(limit && { raw: limit.p99 }),
    },
  ]
}

/**
 * The raw path, before ours and, by `mean`, after it: a machine that others use as well is a third faster in one minute than in
 * the next.
 */
async function yardstick<T extends object>(measure: (dir: string) => T | Promise<T> | undefined) {
  const before = await inTempDir(measure)
  return {
    mean: async (): Promise<T | undefined> => {
      const after = await inTempDir(measure)
      if (!before || !after) return undefined
      const means = Object.entries(before).map(([name, value]) => {
        const again = new Map(Object.entries(after)).get(name) as number
        return [name, ((value as number) + again) / 2] as const
      })
      return Object.fromEntries(means) as T
    },
  }
}

/** A rate as a share of the raw one, which is what is limited. */
function share(
  { name, unit, atLeast }: { name: string; unit: string; atLeast: number },
  value: number,
  raw: number | undefined,
): BenchRow {
  if (raw === undefined) return { name, value, unit }
  return {
    name: `${name} (at least ${atLeast} x raw)`,
    value,
    unit,
    raw,
    ratio: value / raw,
    limit: atLeast * raw,
    atLeast: true,
  }
}
