import { describe, expect, onTestFinished, test } from 'vitest'
import pg from 'pg'
import { testDatabase } from '../support/test-database.ts'
import { addBrand, addItem, addProduct, addSession, migrateRemote, openDesk } from './desk.ts'
import type { Desk, DeskOptions } from './desk.ts'

/** A fresh team database, two desktops on it, and psql. */
async function team(): Promise<{
  url: string
  a: Desk
  b: Desk
  sql: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>
  desk: (options?: DeskOptions) => Desk
}> {
  const url = await testDatabase()
  await migrateRemote(url)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  onTestFinished(() => client.end())
  const desk = (options: DeskOptions = {}): Desk => {
    const one = openDesk(url, options)
    onTestFinished(() => one[Symbol.asyncDispose]())
    return one
  }
  return {
    url,
    a: desk({ name: 'Anna' }),
    b: desk({ name: 'Ben' }),
    desk,
    sql: async (text, values = []) => (await client.query<Record<string, unknown>>(text, values)).rows,
  }
}

const set = (desk: Desk, entity: 'products' | 'session_products' | 'sessions', id: string, patch: object): void => {
  desk.writer.transact((tx) => tx.update(entity, id, patch))
}

describe('two desktops', () => {
  test('what one makes, the other has', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    const item = addItem(a, addSession(a), product, { skip: 1 })
    await a.sync()
    await b.sync()
    expect(b.row('products', product)).toEqual({ ...a.row('products', product), key: expect.any(Number) as number })
    expect(b.row('session_products', item)).toEqual(a.row('session_products', item))
    expect(a.outbox.count()).toBe(0)
    expect(a.db.statement('SELECT * FROM sync_base').all()).toEqual([])
  })

  test('[R10] disjoint fields merge, and are logged', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    await a.sync()
    await b.sync()
    set(a, 'products', product, { name: 'Gold ring' })
    set(b, 'products', product, { price_cents: 900 })
    await a.sync()
    await b.sync()
    await a.sync()
    for (const desk of [a, b])
      expect(desk.row('products', product)).toMatchObject({ name: 'Gold ring', price_cents: 900 })
    expect(b.all('conflict_log')).toMatchObject([
      { decision: 'merged', entity_id: product, device: 'Ben', other_device: 'Anna' },
    ])
    expect(a.all('conflict_log')).toHaveLength(1)
  })

  test('[R1] catalogue: the later arrival wins, the other value is in the log', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    await a.sync()
    await b.sync()
    set(a, 'products', product, { price_cents: 800 })
    set(b, 'products', product, { price_cents: 900 })
    await a.sync()
    await b.sync()
    await a.sync()
    for (const desk of [a, b]) {
      expect(desk.row('products', product)).toMatchObject({ price_cents: 900 })
      expect(desk.all('conflict_log')).toMatchObject([{ decision: 'overwrote' }])
    }
    const [log] = a.all('conflict_log')
    expect(JSON.parse(String(log?.['fields']))).toEqual([
      { name: 'price_cents', base: 1000, mine: 900, theirs: 800, kept: 'mine' },
    ])
  })

  test('[R2] line-up: an overlap becomes a conflict on both sides, the rest of the row goes on', async () => {
    const { a, b } = await team()
    const item = addItem(a, addSession(a), addProduct(a, addBrand(a)))
    await a.sync()
    await b.sync()
    set(a, 'session_products', item, { override_talking_points_md: 'From Anna' })
    set(b, 'session_products', item, { override_talking_points_md: 'From Ben', notes: 'Ben notes' })
    await a.sync()
    await b.sync()
    await a.sync()
    for (const desk of [a, b]) {
      expect(desk.row('session_products', item)).toMatchObject({
        override_talking_points_md: 'From Anna',
        notes: 'Ben notes',
      })
      expect(desk.all('conflicts')).toMatchObject([
        { status: 'open', kind: 'field', entity_id: item, device: 'Ben', other_device: 'Anna' },
      ])
    }
    const [conflict] = b.all('conflicts')
    expect(JSON.parse(String(conflict?.['fields']))).toEqual([
      { name: 'override_talking_points_md', base: null, parked: 'From Ben', standing: 'From Anna' },
    ])
    const answer = await a.remote.resolve({
      ...a.exchange.caller,
      conflictId: String(conflict?.['id']),
      choices: { override_talking_points_md: 'parked' },
      shown: { override_talking_points_md: 'From Anna' },
    })
    expect(answer).toBe('resolved')
    await a.sync()
    await b.sync()
    for (const desk of [a, b]) {
      expect(desk.row('session_products', item)).toMatchObject({ override_talking_points_md: 'From Ben' })
      expect(desk.all('conflicts')).toMatchObject([{ status: 'resolved', resolved_by: 'Anna' }])
    }
  })
})
