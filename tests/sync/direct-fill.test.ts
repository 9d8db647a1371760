import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src/main/clock.ts'
import { openDb } from '../../src/main/db/open.ts'
import { SearchIndex } from '../../src/main/library/search-index.ts'
import { DirectFill } from '../../src/main/sync/direct-fill.ts'
import { tempDir } from '../support/temp-dir.ts'
import { networkBefore } from '../support/network-before.ts'
import { bulkDesk, catalogue, count, PAGE, PRODUCTS, searched, syncOnce } from './bulk-desk.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { contents, set } from './team.ts'

// A first pull that the worker writes as its pages come, from a server that answers fast.

const direct = (url: string, dir = tempDir()) => bulkDesk(url, dir, { direct: true })

async function inline(url: string): Promise<Desk> {
  const desk = openDesk(url, { name: 'Inline' })
  onTestFinished(() => desk[Symbol.asyncDispose]())
  await desk.sync()
  return desk
}

const schemaOf = ({ db }: Pick<Desk, 'db'>): unknown[] =>
  db.statement('SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name').all()

test('[L1] it ends as one that is applied in the main thread does, in every table, with all indexes and triggers', async () => {
  const { url } = await catalogue()
  const worked = direct(url)
  const seen = new Set<number>()
  const watch = setInterval(() => seen.add(count(worked.desk)), 1)
  onTestFinished(() => clearInterval(watch))
  await syncOnce(worked)
  const other = await inline(url)
  expect(contents(worked.desk)).toEqual(contents(other))
  expect(schemaOf(worked.desk)).toEqual(schemaOf(other))
  expect(searched(worked.desk)).toEqual(searched(other))
  expect(worked.desk.state.cursor).toEqual(other.state.cursor)
  expect([...seen]).toEqual([0, PRODUCTS - 20])
  for (const table of ['sync_aside', 'sync_base', 'sync_held', 'sync_outbox', 'product_search_stale']) {
    expect(worked.desk.db.statement(`SELECT * FROM ${table}`).all(), table).toEqual([])
  }
  // What is written afterwards is found, and told to the team.
  const id = String(worked.desk.all('products')[0]?.['id'])
  set(worked.desk, 'products', { id, name: 'Afterwards' })
  expect(searched(worked.desk)).toContainEqual({ id, text: expect.stringContaining('afterwards') as unknown })
})

test('[L1] that is cut between two pages goes on from where it was', async () => {
  const { url } = await catalogue()
  const network = await networkBefore(url)
  const worked = direct(network.url(url))
  worked.onPage = () => {
    if (worked.progress.length === 3) network.cut()
  }
  await expect(syncOnce(worked)).rejects.toThrow(/Connection terminated|ECONNRESET/)
  expect([count(worked.desk), worked.bulk.idle()]).toEqual([0, null])
  const had = worked.progress.at(-1)?.rows ?? 0
  expect(had).toBeGreaterThan(PAGE)
  network.pass()
  worked.progress.length = 0
  await worked.exchange.pull()
  expect(worked.progress[0]?.rows).toBeGreaterThan(had)
  const other = await inline(url)
  expect(contents(worked.desk)).toEqual(contents(other))
  expect(schemaOf(worked.desk)).toEqual(schemaOf(other))
})

for (const way of ['as it comes', 'from its file']) {
  test(`a row that somebody changes or deletes between two pages is there once, as it is last: ${way}`, async () => {
    const { url, sql } = await catalogue()
    const network = await networkBefore(url)
    const worked = bulkDesk(network.url(url), tempDir(), { direct: way === 'as it comes' })
    const pulls = { count: 0 }
    const changed = Promise.withResolvers<void>()
    void network.dropRequest((request) => {
      if (!request.includes('sync_pull') || (pulls.count += 1) !== 3) return false
      network.hang()
      void sql(`UPDATE products SET name = name || '!' WHERE price_cents % 2 = 0`)
        .then(() => sql('DELETE FROM products WHERE price_cents % 5 = 0'))
        .then(() => network.pass())
        .then(changed.resolve, changed.reject)
      return false
    })
    await syncOnce(worked)
    await changed.promise
    await worked.exchange.pull()
    const other = await inline(url)
    expect(contents(worked.desk)).toEqual(contents(other))
    expect(searched(worked.desk)).toEqual(searched(other))
  })
}

test('[L6] a row that does not fit is set aside, and the ones beside it come', async () => {
  const { url, sql } = await catalogue()
  await sql('ALTER TABLE products DROP CONSTRAINT products_status_check')
  await sql(`UPDATE products SET status = 'unheard of' WHERE price_cents IN (77, 1500)`)
  const worked = direct(url)
  await syncOnce(worked)
  expect(count(worked.desk)).toBe(PRODUCTS - 22)
  expect(count(worked.desk, `sync_aside WHERE problem LIKE '%CHECK%'`)).toBe(2)
})

test('[L4] where something waits to be sent, it is no first pull', async () => {
  const { url } = await catalogue()
  const worked = direct(url)
  await worked.exchange.greet()
  const brand = { id: '01900000-0000-7000-8000-000000000001', name: 'Mine', slug: 'mine', notes: '' }
  worked.desk.writer.transact((tx) => tx.insert('brands', brand))
  await worked.exchange.pull()
  expect(count(worked.desk, `brands WHERE name = 'Mine'`)).toBe(1)
  expect(count(worked.desk)).toBe(PRODUCTS - 20)
  expect(worked.desk.outbox.count()).toBe(1)
})

test('where a page does not come in time, it is given up, and others may write', async () => {
  using db = openDb(':memory:')
  const said: string[] = []
  const schema = schemaOf({ db })
  const caller = { clientId: '', incarnation: '' }
  const fill = await DirectFill.begin({
    db,
    clock: { ...systemClock, after: (_ms, call) => (call(), () => {}) },
    order: { job: { caller, cursor: { rev: 0, token: null }, acked: 0, full: false }, stagePath: '', staged: null },
    say: ({ kind }) => said.push(kind),
    mayWrite: () => Promise.resolve(),
    search: new SearchIndex(db),
  })
  expect(db.sqlite.inTransaction).toBe(true)
  await fill?.patience(new Promise(() => {}))
  expect(said).toEqual(['resting'])
  expect(db.sqlite.inTransaction).toBe(false)
  fill?.add([{ entity: 'brands', body: '{"gone":["x"]}' }], { again: false })
  expect(fill?.finish({ rev: 1, token: null })).toBeNull()
  expect(schemaOf({ db })).toEqual(schema)
})
