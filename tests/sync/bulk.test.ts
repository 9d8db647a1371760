import { setTimeout as sleep } from 'node:timers/promises'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { WorkerBulk } from '../../src/main/sync/bulk.ts'
import { Exchange } from '../../src/main/sync/exchange.ts'
import { tempDir } from '../support/temp-dir.ts'
import { networkBefore } from '../support/network-before.ts'
import { openAppDesk } from './app-desk.ts'
import { anotherProgram, bulkDesk, catalogue, count, PAGE, PRODUCTS, script, searched, syncOnce } from './bulk-desk.ts'
import { openDesk } from './desk.ts'
import { contents, set } from './team.ts'

// Large pulls by the real worker, from its source, on a real server.

describe('a large pull', () => {
  test('[L1] ends as one that is applied in the main thread does, in every table', async () => {
    const { url } = await catalogue()
    const inline = openDesk(url, { name: 'Inline' })
    onTestFinished(() => inline[Symbol.asyncDispose]())
    await inline.sync()
    const worked = bulkDesk(url)
    await syncOnce(worked)
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
    await syncOnce(worked)
    seen.add(count(worked.desk))
    expect([...seen]).toEqual([0, PRODUCTS - 20])
  })

  test('[L4] leaves what is written here meanwhile on top', async () => {
    const { url, sql } = await catalogue()
    const worked = bulkDesk(url)
    await syncOnce(worked)
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
    await syncOnce(worked)
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
    await expect(syncOnce(worked)).rejects.toThrow(/Connection terminated|ECONNRESET/)
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
    await syncOnce(worked)
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
    await syncOnce(worked)
    expect(desk.state.get('resync')).toBe(false)
    expect(desk.row('products', String(gone))).toBeUndefined()
    expect(desk.row('products', String(edited))).toMatchObject({ name: 'Mine' })
    await syncOnce(worked)
    expect(await sql('SELECT name FROM products WHERE id = $1', [edited])).toEqual([{ name: 'Mine' }])
    expect(desk.outbox.count()).toBe(0)
    expect(count(desk)).toBe(PRODUCTS - 21)
  })

  test('[F6] holds a mass deletion', async () => {
    const { url, sql } = await catalogue()
    const worked = bulkDesk(url)
    await syncOnce(worked)
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
    await expect(
      syncOnce({ exchange: new Exchange({ ...worked.desk, bulk: broken, pageSize: PAGE }) }),
    ).rejects.toThrow(/Cannot find/)
    worked.onPage = () => {
      worked.onPage = () => {}
      void worked.bulk[Symbol.asyncDispose]()
    }
    await expect(syncOnce(worked)).rejects.toThrow('the worker of a large pull ended')
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
    const pulling = syncOnce(worked).then(
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
    await expect(syncOnce(worked)).rejects.toThrow(/Connection terminated|ECONNRESET/)
    network.pass()
    rmSync(worked.stagePath)
    await expect(worked.exchange.pull()).rejects.toThrow('ENOENT')
    await worked.exchange.pull()
    expect(count(worked.desk)).toBe(PRODUCTS - 20)
  })

  test('while it writes, commands wait and queries do not', async () => {
    const { url } = await catalogue()
    const network = await networkBefore(url)
    // The first page does not come.
    const pulls = { count: 0 }
    void network.dropRequest((request) => {
      if (request.includes('sync_pull') && (pulls.count += 1) === 1) setImmediate(() => network.hang())
      return false
    })
    const dataDir = tempDir()
    const desk = openAppDesk(network.url(url), { dataDir, bulkWorker: fileURLToPath(script) })
    const synced = desk.call('sync.now', {})
    await vi.waitFor(() => expect(pulls.count).toBe(1), 5_000)
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
