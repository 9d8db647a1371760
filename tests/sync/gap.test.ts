import { setTimeout as sleep } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rowsOf } from '../../src/main/sync/chunks.ts'
import { PostgresRemote } from '../../src/main/sync/postgres.ts'
import type { Cursor } from '../../src/main/sync/state.ts'
import { brandIn, connect, productsIn, teamDatabase } from './team.ts'
import type { Sql } from './team.ts'

const WRITERS = 12
const ROWS = 300
const WRITING_MS = 20_000
/** Mostly short, now and then as long as a person thinks. */
const openMs = (): number => (Math.random() < 0.02 ? 300 : 15) * Math.random()

/** Writes rows of its own choice in transactions that stay open for a while, before and after the write. */
async function write(sql: Sql, ids: readonly string[], until: number): Promise<number> {
  let written = 0
  while (performance.now() < until) {
    const id = ids[Math.floor(Math.random() * ids.length)]
    await sql('BEGIN')
    await sleep(openMs())
    await sql('UPDATE products SET name = $2, updated_at = now() WHERE id = $1', [id, uuid()])
    await sleep(openMs())
    await sql('COMMIT')
    written += 1
  }
  return written
}

/** A desktop's view of the names, by pulls alone. */
async function follow(url: string, done: () => boolean): Promise<Map<string, string>> {
  const remote = new PostgresRemote({
    calls: { connectionString: url },
    listening: { connectionString: url },
    about: { device: 'poller', version: '0' },
  })
  onTestFinished(() => remote[Symbol.asyncDispose]())
  const caller = { clientId: uuid(), incarnation: uuid() }
  await remote.hello({ ...caller, previous: null, unanswered: [], databaseId: null, last: 0 })
  const names = new Map<string, string>()
  let cursor: Cursor = { rev: 0, token: null }
  for (let last = false; ; last = done()) {
    const page = await remote.pull({ ...caller, since: cursor.rev, cursor, acked: 0, limit: 50 })
    expect(page.status).toBe('ok')
    for (const { entity, id, row } of rowsOf(page.chunks)) {
      if (entity === 'products' && row !== null) names.set(id, row['name'] ?? '')
    }
    cursor = page.cursor
    if (page.complete && last) return names
    await sleep(page.complete ? 4 : 0)
  }
}

/** The same by the time of a row's change, as it is done in so many places: it shows that there was something to miss. */
async function followByTime(sql: Sql, done: () => boolean): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  let seen = '-infinity'
  for (let last = false; ; last = done()) {
    const rows = await sql(
      'SELECT id, name, updated_at::text AS at FROM products WHERE updated_at > $1::timestamptz ORDER BY updated_at',
      [seen],
    )
    for (const { id, name, at } of rows) {
      names.set(String(id), String(name))
      seen = String(at)
    }
    if (last) return names
    await sleep(4)
  }
}

describe('pulls while others hold transactions open', () => {
  test(
    '[S1] [L1] miss nothing: 12 writers for 20 s, transactions open for up to 300 ms and more',
    { timeout: 120_000 },
    async () => {
      const url = await teamDatabase()
      const sql = await connect(url)
      // The type of this column keeps milliseconds; this test is about the order of commits.
      await sql('ALTER TABLE products ALTER COLUMN updated_at TYPE timestamptz')
      const ids = await productsIn(sql, await brandIn(sql), ROWS)
      const state = { done: false }
      const followers = [follow(url, () => state.done), follow(url, () => state.done)]
      const byTime = followByTime(await connect(url), () => state.done)
      const until = performance.now() + WRITING_MS
      const connections = await Promise.all(Array.from({ length: WRITERS }, () => connect(url)))
      const written = await Promise.all(connections.map((one) => write(one, ids, until)))
      state.done = true
      const rows = await sql('SELECT id, name FROM products')
      const stale = (names: ReadonlyMap<string, string>): number =>
        rows.filter(({ id, name }) => names.get(String(id)) !== name).length
      expect(rows).toHaveLength(ROWS)
      expect(written.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(ROWS)
      for (const names of await Promise.all(followers)) expect(stale(names)).toBe(0)
      expect(stale(await byTime)).toBeGreaterThan(0)
    },
  )
})
