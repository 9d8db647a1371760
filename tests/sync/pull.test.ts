import { describe, expect, test } from 'vitest'
import { rowsOf } from '../../src/main/sync/chunks.ts'
import type { PullPage } from '../../src/main/sync/remote.ts'
import { addBrand, addItem, addProduct, addSession } from './desk.ts'
import type { Desk } from './desk.ts'
import { brandIn, connect, decisions, expectSame, meet, productsIn, set, team, through } from './team.ts'

/** Fails calls for as long as it is told to. */
function brokenLine(): { broken: boolean; readonly pass: <T>(call: () => Promise<T>) => Promise<T> } {
  const line = {
    broken: false,
    pass: <T>(call: () => Promise<T>): Promise<T> =>
      line.broken ? Promise.reject(new Error('the line broke')) : call(),
  }
  return line
}

function pendingIds(desk: Desk): number[] {
  return desk.outbox.pending().map(({ id }) => id)
}

describe('pages', () => {
  test('[L1] a page is never cut inside a rev, however many rows that has', async () => {
    const { a, sql } = await team()
    const brand = await brandIn(sql)
    for (const count of [3, 40, 1, 7]) await productsIn(sql, brand, count)
    await a.exchange.greet()
    const revs = await sql('SELECT id, rev::int FROM sync_index')
    const revOf = new Map(revs.map(({ id, rev }) => [id, rev]))
    const pages: PullPage[] = []
    for (let cursor: PullPage['cursor'] = { rev: 0, token: null }; pages.at(-1)?.complete !== true;) {
      const page = await a.remote.pull({ ...a.exchange.caller, since: 0, acked: 0, limit: 5, cursor })
      pages.push(page)
      ;({ cursor } = page)
    }
    expect(pages.map(({ count }) => count)).toEqual([44, 8, 0])
    for (const page of pages)
      for (const { id } of rowsOf(page.chunks)) expect(revOf.get(id)).toBeLessThanOrEqual(page.cursor.rev)
    expect(pages.flatMap(({ chunks }) => [...rowsOf(chunks)])).toHaveLength(52)
  })

  test('[L1] nothing of an unfinished pull is applied, and no cursor stored; the next try goes on where it broke', async () => {
    const { desk, sql } = await team()
    const line = brokenLine()
    const asked: number[] = []
    const c = desk({
      pageSize: 5,
      through: through((remote) => ({
        pull: async (request) => {
          if (asked.push(request.cursor.rev) === 3) line.broken = true
          return await line.pass(() => remote.pull(request))
        },
      })),
    })
    const brand = await brandIn(sql)
    for (let n = 0; n < 4; n += 1) await productsIn(sql, brand, 5)
    await expect(c.sync()).rejects.toThrow('the line broke')
    expect(c.all('products')).toEqual([])
    expect(c.all('brands')).toEqual([])
    expect(c.state.cursor).toEqual({ rev: 0, token: null })
    line.broken = false
    await c.sync()
    expect(c.all('products')).toHaveLength(20)
    expect(asked).toEqual([0, 2, 3, 3, 4, 5].slice(0, asked.length))
    // After a restart it begins anew, from what is stored.
    expect(c.state.cursor.rev).toBe(5)
  })

  test('[L1] what changes while pages are read arrives as it is at the end', async () => {
    const { desk, sql } = await team()
    const brand = await brandIn(sql)
    const [first] = await productsIn(sql, brand, 5)
    const [second] = await productsIn(sql, brand, 5)
    const third = { done: false }
    const c = desk({
      pageSize: 3,
      through: through((remote) => ({
        pull: async (request) => {
          const page = await remote.pull(request)
          if (!third.done && page.count > 0) {
            third.done = true
            await sql(`UPDATE products SET name = 'Late' WHERE id = $1`, [first])
            await sql('DELETE FROM products WHERE id = $1', [second])
          }
          return page
        },
      })),
    })
    await c.sync()
    expect(c.row('products', String(first))).toMatchObject({ name: 'Late' })
    expect(c.row('products', String(second))).toBeUndefined()
    expect(c.all('products')).toHaveLength(9)
  })

  test('[L1] rows and cursor come from one snapshot: a commit in between is in both, or in neither', async () => {
    const { a, sql, url } = await team()
    const brand = await brandIn(sql)
    await a.sync()
    const other = await connect(url)
    const writing = { on: true }
    const writer = (async () => {
      for (let n = 0; writing.on; n += 1) await productsIn(other, brand, 1 + (n % 3))
    })()
    for (let n = 0; n < 40; n += 1) {
      await a.sync()
      const [server] = await sql('SELECT count(*)::int AS n FROM sync_index WHERE rev <= $1', [a.state.cursor.rev])
      expect(a.all('products').length + 1).toBe(server?.['n'])
    }
    writing.on = false
    await writer
  })

  test('[L1] an empty pull moves the cursor on too', async () => {
    const { a, sql } = await team()
    addBrand(a)
    await a.sync()
    const { rev } = a.state.cursor
    await sql(`UPDATE brands SET name = 'x' WHERE false`)
    await a.sync()
    expect(a.state.cursor.rev).toBe(rev + 1)
  })
})

describe('the queue', () => {
  test('[L3] a mutation leaves it when a pull confirms it, not on the answer to the push', async () => {
    const { a } = await team()
    addBrand(a)
    await a.exchange.greet()
    expect(await a.exchange.push()).toBe(1)
    expect(a.outbox.count()).toBe(1)
    expect(await a.exchange.push()).toBe(0)
    expect((await a.exchange.pull()).confirmed).toBe(1)
    expect(a.outbox.count()).toBe(0)
  })

  test('[L3] confirmed ones are kept for 30 days, and the newest for good: ids count on from it', async () => {
    const { a, sql } = await team()
    const ids = (): unknown => a.db.statement('SELECT id FROM sync_outbox ORDER BY id').pluck(true).all()
    addBrand(a, 'One')
    addBrand(a, 'Two')
    await a.sync()
    a.clock.advance(29 * 86_400_000)
    addBrand(a, 'Three')
    await a.sync()
    expect(ids()).toEqual([1, 2, 3])
    a.clock.advance(2 * 86_400_000)
    addBrand(a, 'Four')
    await a.sync()
    expect(ids()).toEqual([3, 4])
    a.clock.advance(90 * 86_400_000)
    await sql(`UPDATE brands SET notes = 'psql'`)
    await a.sync()
    expect(ids()).toEqual([4])
    addBrand(a, 'Five')
    await a.sync()
    expect(await sql('SELECT count(*)::int AS n FROM brands')).toEqual([{ n: 5 }])
  })

  test('[L4] a row that changes again while its push is under way stays pending', async () => {
    const { desk, b } = await team()
    const line: { between?: () => void } = {}
    const c = desk({
      through: through((remote) => ({
        push: async (pusher, mutations) => {
          const reply = await remote.push(pusher, mutations)
          line.between?.()
          return reply
        },
      })),
    })
    const brand = addBrand(c)
    await meet(c, b)
    set(c, 'brands', { id: brand, name: 'Sent' })
    line.between = () => {
      delete line.between
      set(c, 'brands', { id: brand, name: 'Typed meanwhile' })
    }
    await c.exchange.push()
    await c.exchange.pull()
    expect(pendingIds(c)).toEqual([3])
    expect(c.row('brands', brand)).toMatchObject({ name: 'Typed meanwhile' })
    await b.sync()
    expect(b.row('brands', brand)).toMatchObject({ name: 'Sent' })
    await meet(c, b)
    expectSame(c, b)
    expect(b.row('brands', brand)).toMatchObject({ name: 'Typed meanwhile' })
  })

  test('[L4] what is shown is what the server has with the pending edits on top, field by field', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    set(b, 'products', { id: product, name: 'Ben', sku: 'B' })
    await b.sync()
    set(a, 'products', { id: product, name: 'Anna' })
    await a.exchange.pull()
    expect(a.row('products', product)).toMatchObject({ name: 'Anna', sku: 'B' })
    expect(pendingIds(a)).toHaveLength(1)
    const base = a.db.statement('SELECT row FROM sync_base WHERE row_id = ?').pluck(true).get(product)
    expect(JSON.parse(String(base))).toMatchObject({ name: 'Ben', sku: 'B' })
  })

  test('[L4] a row with an edit that nobody has judged is not removed by a deletion of others', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    b.writer.transact((tx) => tx.remove('products', product))
    await b.sync()
    set(a, 'products', { id: product, name: 'Anna' })
    await a.exchange.pull()
    expect(a.row('products', product)).toMatchObject({ name: 'Anna' })
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('products', product)).toBeUndefined()
    expect(decisions(b, 'conflict_log')).toMatchObject([
      { decision: 'deleted', image: { name: 'Anna', price_cents: 1000 } },
    ])
  })

  test('[L4] edits made on top of each other are confirmed one after the other', async () => {
    const { a, b } = await team()
    const item = addItem(a, { session: addSession(a), product: addProduct(a, addBrand(a)) })
    await meet(a, b)
    set(b, 'session_products', { id: item, notes: 'Ben' })
    await b.sync()
    set(a, 'session_products', { id: item, notes: 'Anna 1', section: 'S1' })
    await a.exchange.push()
    set(a, 'session_products', { id: item, section: 'S2' })
    await a.exchange.pull()
    // The first is judged: its note is parked. The second waits.
    expect(a.row('session_products', item)).toMatchObject({ notes: 'Ben', section: 'S2' })
    await meet(a, b)
    expectSame(a, b)
    expect(b.row('session_products', item)).toMatchObject({ notes: 'Ben', section: 'S2' })
  })

  test('[L5] a row that is edited while the pull is on its way is not overwritten', async () => {
    const { desk, b } = await team()
    const line: { between?: () => void } = {}
    const c = desk({
      through: through((remote) => ({
        pull: async (request) => {
          const page = await remote.pull(request)
          line.between?.()
          return page
        },
      })),
    })
    const brand = addBrand(c)
    await meet(c, b)
    set(b, 'brands', { id: brand, name: 'Ben', notes: 'Ben' })
    await b.sync()
    line.between = () => {
      delete line.between
      set(c, 'brands', { id: brand, name: 'Typed meanwhile' })
    }
    await c.exchange.pull()
    expect(c.row('brands', brand)).toMatchObject({ name: 'Typed meanwhile', notes: 'Ben' })
    expect(c.outbox.count()).toBe(1)
    await meet(c, b)
    expectSame(c, b)
    expect(decisions(b, 'conflict_log')).toMatchObject([
      { decision: 'overwrote', fields: [{ name: 'name', base: 'Acme', mine: 'Typed meanwhile', theirs: 'Ben' }] },
    ])
  })
})
