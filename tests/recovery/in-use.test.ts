import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { RecoveryReport } from '#shared/recovery.ts'
import { unwrap } from '#shared/reply.ts'
import { createApp } from '../../src/main/app.ts'
import type { App } from '../../src/main/app.ts'
import { readConfig } from '../../src/main/config.ts'
import { openDb } from '../../src/main/db/open.ts'
import { diskWork } from '../../src/main/disk-work.ts'
import { FullCheck } from '../../src/main/recovery/full-check.ts'
import { FakeClock } from '../support/core.ts'
import { filesOf, Hands, killed, listening, openStation, rowsOf, seeded, tempDir } from './data-dir.ts'

function start(dataDir: string, clock = new FakeClock()): { app: App; log: ReturnType<typeof listening> } {
  const config = readConfig({ env: { HUDSON_DEV: '1' }, runtime: 'studio', dataDir })
  const log = listening()
  return { app: createApp(config, { log, clock, fetch: () => Promise.reject(new Error('no network')) }), log }
}

/** A data dir with a catalogue, closed cleanly; and a page of a table that a start does not read. */
function furnished(root: string) {
  const dir = join(root, 'data')
  {
    using station = openStation(dir, { joined: false })
    const hands = new Hands(station, seeded(3))
    hands.furnish(60)
  }
  const { dbPath } = filesOf(dir)
  using db = openDb(dbPath)
  const pages = (name: string): number[] =>
    db.sqlite
      .prepare(`SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno`)
      .pluck()
      .all(name) as number[]
  return { dir, dbPath, items: must(pages('session_products')[0], 'a page'), rows: rowsOf(db) }
}

function garble(path: string, page: number): void {
  const bytes = readFileSync(path)
  bytes.fill(0xa5, (page - 1) * 4096, page * 4096)
  writeFileSync(path, bytes)
}

async function report(app: App): Promise<RecoveryReport | null> {
  return RecoveryReport.nullable().parse(unwrap(await app.dispatch('recovery.report', {})))
}

test('damage that a call meets is told in words, noted down, and repaired by the next start', async () => {
  using root = tempDir()
  const { dir, dbPath, items, rows } = furnished(root.path)
  {
    const { app } = start(dir)
    await using _app = app
    garble(dbPath, items)
    const session = must(
      [...rows.values()].find((row) => 'scheduled_at' in row),
      'a session',
    )
    const reply = await app.dispatch('sessions.get', { id: session['id'] })
    expect(reply).toMatchObject({
      ok: false,
      error: { code: 'internal', message: expect.stringMatching(/start it again/) },
    })
    expect(existsSync(join(dir, 'damage-seen.txt'))).toBe(true)
    expect(await report(app)).toMatchObject({
      repaired: false,
      words: [expect.stringMatching(/What you saved is kept/), expect.anything()],
    })
    // The rest goes on.
    expect(await app.dispatch('products.list', {})).toMatchObject({ ok: true })
  }
  const { app, log } = start(dir)
  await using _app = app
  expect(await report(app)).toMatchObject({ repaired: true })
  expect(log.heard.map(({ event }) => event)).toContain('the local database was made anew')
  expect([existsSync(join(dir, 'damage-seen.txt')), readdirSync(join(dir, 'quarantine')).length]).toEqual([false, 1])
  expect(await app.dispatch('sessions.list', {})).toMatchObject({ ok: true })
  // Once it was read it is out of the way, but not forgotten.
  const told = await report(app)
  expect(await app.dispatch('recovery.dismiss', {})).toMatchObject({ ok: true })
  expect(await report(app)).toBeNull()
  expect(await app.dispatch('recovery.last', {})).toEqual({ ok: true, value: told })
})

test('everything that the app itself makes is known again, page by page', async () => {
  using root = tempDir()
  const { dbPath } = filesOf(root.path)
  const state = new Map<string, unknown[]>()
  const contents = (): Map<string, unknown[]> => {
    using db = openDb(dbPath)
    return new Map([...TABLES].map((table) => [table, db.sqlite.prepare(`SELECT * FROM ${table} ORDER BY 1`).all()]))
  }
  {
    const { app } = start(root.path)
    await using _app = app
    unwrap(await app.dispatch('sample.load', {}))
    const { items } = unwrap(await app.dispatch('sessions.list', {})) as { items: { id: string }[] }
    const sessionId = must(items[0], 'a session').id
    unwrap(await app.dispatch('live.start', { sessionId, mode: 'live' }))
    unwrap(await app.dispatch('live.message', { sessionId, text: 'Show the back' }))
    unwrap(await app.dispatch('settings.update', { patch: { theme: 'dark' } }))
    unwrap(await app.dispatch('presets.create', { text: 'Use code {code}', color: 'amber' }))
  }
  for (const [table, rows] of contents()) state.set(table, rows)
  garble(dbPath, 1)
  {
    const { app } = start(root.path)
    await using _app = app
    expect(await report(app)).toMatchObject({ rows: { mended: 0, fromBackup: 0, made: 0 } })
  }
  const found = contents()
  for (const table of TABLES) {
    expect(must(state.get(table), table).length, table).toBeGreaterThan(0)
    const known = must(found.get(table), table).filter((row) => (row as { name?: string }).name !== 'recovery')
    expect(known, table).toEqual(state.get(table))
  }
})

const TABLES = [
  'brands',
  'products',
  'product_variants',
  'product_images',
  'sessions',
  'session_products',
  'session_states',
  'talking_points',
  'message_presets',
  'live_messages',
  'media_files',
  'settings',
]

test('of a large database only what is nowhere else is looked at before it is opened; the rest when it is met', async () => {
  using root = tempDir()
  const dir = join(root.path, 'data')
  const { dbPath } = filesOf(dir)
  {
    using station = openStation(dir, { joined: false })
    const hands = new Hands(station, seeded(3))
    hands.furnish(10)
    // 40 MB, which SQLite writes far faster than people do.
    station.db.sqlite.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
      INSERT INTO products (id, brand_id, name, description_html, status, source, created_at, updated_at)
        SELECT printf('01920000-0000-7000-8000-%012x', i), (SELECT id FROM brands LIMIT 1), 'Product ' || i,
          hex(zeroblob(1900)), 'active', 'manual', '2026-11-22T10:00:00.000Z', '2026-11-22T10:00:00.000Z' FROM n`)
  }
  const pages = (name: string): number[] => {
    using db = openDb(dbPath)
    const sql = `SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno`
    return db.sqlite.prepare(sql).pluck().all(name) as number[]
  }
  expect(statSync(dbPath).size).toBeGreaterThan(35_000_000)
  const products = pages('products')
  const before = productCount(dbPath)
  garble(dbPath, must(products[100], 'a page'))
  {
    const { app } = start(dir)
    await using _app = app
    expect(existsSync(join(dir, 'quarantine'))).toBe(false)
    const reply = await app.dispatch('products.list', { search: 'Product 4', limit: 500 })
    expect(reply).toMatchObject({ ok: false })
  }
  const { app } = start(dir)
  await using _app = app
  expect(await report(app)).toMatchObject({ repaired: true, incomplete: ['products'] })
  // What stood on that page, and what only it belonged to.
  const lost = before - productCount(dbPath)
  expect([lost > 0, lost < 5]).toEqual([true, true])
  expect(await app.dispatch('products.list', { search: 'Product 4', limit: 500 })).toMatchObject({ ok: true })
})

function productCount(dbPath: string): number {
  using db = openDb(dbPath)
  return db.sqlite.prepare(`SELECT count(*) FROM products WHERE name NOT LIKE 'Recovered%'`).pluck().get() as number
}

describe('the check in the background', () => {
  const DAY = 24 * 60 * 60_000
  const settled = async (): Promise<void> => {
    for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve))
  }

  test('looks at everything once a day, not during a show, and tells of damage', async () => {
    using root = tempDir()
    const { dir, dbPath, items } = furnished(root.path)
    const copy = filesOf(killed(dir, join(root.path, 'copy')))
    const clock = new FakeClock()
    const damage: string[] = []
    const checks: string[] = []
    using db = openDb(dbPath)
    const run = diskWork(undefined)
    const ports = {
      clock,
      log: listening(),
      // Of a copy, which can be broken while the other is in use.
      runDiskJob: ((kind: 'check', _input: unknown, signal: AbortSignal) => {
        checks.push(clock.now())
        return run(kind, { dbPath: copy.dbPath }, signal)
      }) as typeof run,
    }
    await using check = new FullCheck({ db, dbPath, ports, onDamage: (reason) => damage.push(reason) })
    check.start()
    clock.advance(9 * 60_000)
    await settled()
    expect(checks).toEqual([])
    clock.advance(2 * 60_000)
    await settled()
    clock.advance(DAY / 2)
    await settled()
    expect([checks.length, damage]).toEqual([1, []])
    db.sqlite.exec(`INSERT INTO session_states (id, mode, timer, created_at, updated_at)
      SELECT id, 'live', '{}', created_at, updated_at FROM sessions LIMIT 1`)
    clock.advance(DAY)
    await settled()
    expect(checks.length).toBe(1)
    db.sqlite.exec(`UPDATE session_states SET mode = 'off'`)
    garble(copy.dbPath, items)
    clock.advance(60 * 60_000)
    await settled()
    expect([checks.length, damage.length]).toEqual([2, 1])
  })
})
