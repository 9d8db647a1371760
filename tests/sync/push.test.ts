import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readJournal } from '../../src/main/sync/journal.ts'
import { checksum } from '../../src/main/sync/mutation.ts'
import type { Mutation } from '../../src/main/sync/mutation.ts'
import { addBrand, addItem, addProduct, addSession } from './desk.ts'
import type { Desk } from './desk.ts'
import { decisions, expectSame, meet, remove, set, state, team } from './team.ts'

function pusher(desk: Desk, mutations: readonly Mutation[]): Parameters<Desk['remote']['push']> {
  const last = mutations.at(-1)
  return [{ ...desk.exchange.caller, cursor: desk.state.cursor, check: last ? checksum(last) : 0 }, mutations]
}

describe('the outbox', () => {
  test('[P1] a write and its mutations commit together, or not at all', async () => {
    const { a } = await team()
    const brand = addBrand(a)
    expect(() =>
      a.writer.transact((tx) => {
        tx.update('brands', brand, { name: 'Not this' })
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(a.outbox.pending()).toHaveLength(1)
    a.writer.observe({
      beforeCommit: () => {
        throw new Error('another observer')
      },
    })
    expect(() => set(a, 'brands', { id: brand, name: 'Nor this' })).toThrow('another observer')
    expect(a.outbox.pending()).toHaveLength(1)
    expect(a.row('brands', brand)).toMatchObject({ name: 'Acme' })
  })

  test('[D1] what a commit that failed would have sent is in neither copy of the queue', async () => {
    const { desk } = await team()
    const folder = mkdtempSync(join(tmpdir(), 'hudson-push-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const journalPath = join(folder, 'hudson.journal')
    const a = desk({ name: 'Carl', dbPath: join(folder, 'hudson.db'), journalPath })
    const brand = addBrand(a)
    // A brand that is not there is found out at the commit: by then the journal has it.
    expect(() => addProduct(a, uuid())).toThrow('FOREIGN KEY')
    expect(readJournal(journalPath).mutations.map(({ rowId }) => rowId)).toEqual([brand])
    const product = addProduct(a, brand)
    expect(readJournal(journalPath).mutations).toEqual(a.outbox.pending())
    expect(a.outbox.pending().map(({ id, rowId }) => [id, rowId])).toEqual([
      [1, brand],
      [2, product],
    ])
  })

  test('[P1] a mutation holds the changed fields only, new and old; a session_states one all of them', async () => {
    const { a } = await team()
    const product = addProduct(a, addBrand(a))
    const session = addSession(a)
    a.clock.advance(1_000)
    set(a, 'products', { id: product, price_cents: 5, name: 'Ring' })
    expect(a.outbox.pending().at(-1)).toMatchObject({
      op: 'update',
      base: { price_cents: 1000, updated_at: '2026-11-22T10:00:00.000Z' },
      patch: { price_cents: 5, updated_at: '2026-11-22T10:00:01.000Z' },
    })
    a.writer.transact((tx) => tx.insert('session_states', state(session)))
    set(a, 'session_states', { id: session, blank: 1 })
    expect(Object.keys(a.outbox.pending().at(-1)?.patch ?? {})).toHaveLength(17)
  })

  test('[P2] ids count up by one without a gap, also after everything was confirmed and over a restart', async () => {
    const { a, desk } = await team()
    const folder = mkdtempSync(join(tmpdir(), 'hudson-push-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const dbPath = join(folder, 'hudson.db')
    const first = desk({ name: 'Old', dbPath })
    addBrand(first, 'One')
    await first.sync()
    addBrand(first, 'Two')
    await first.sync()
    expect(first.outbox.head()).toBeUndefined()
    await first[Symbol.asyncDispose]()
    const again = desk({ name: 'Old', dbPath })
    addBrand(again, 'Three')
    expect(again.outbox.head()).toMatchObject({ id: 3 })
    await meet(again, a)
    expect(a.all('brands')).toHaveLength(3)
  })

  test('[P5] mutations of one transaction go in one push; a transaction too large for one goes in several', async () => {
    const { a, b } = await team()
    const brands = (count: number): void =>
      a.writer.transact((tx) => {
        for (let n = 0; n < count; n += 1) tx.insert('brands', { id: uuid(), name: `${n}`, slug: '', notes: '' })
      })
    brands(300)
    brands(300)
    brands(1_200)
    const sizes: number[] = []
    await a.exchange.greet()
    for (let size = await a.exchange.push(); size > 0; size = await a.exchange.push()) sizes.push(size)
    expect(sizes).toEqual([300, 300, 500, 500, 200])
    await meet(a, b)
    expect(b.all('brands')).toHaveLength(1_800)
  })

  test('[P5] what is too much in bytes goes in several pushes too, between transactions', async () => {
    const { a } = await team()
    const brand = addBrand(a)
    const text = 'x'.repeat(1_500_000)
    for (let n = 0; n < 4; n += 1) addProduct(a, brand, { description_html: text })
    await a.exchange.greet()
    expect(await a.exchange.push()).toBe(3)
    expect(await a.exchange.push()).toBe(2)
    expect(await a.exchange.push()).toBe(0)
  })

  test('[P6] what falls with its whole is no mutation of its own', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    const session = addSession(a)
    addItem(a, { session, product })
    a.writer.transact((tx) =>
      tx.insert('talking_points', {
        id: uuid(),
        product_id: product,
        text: 'Gold',
        author_kind: 'person',
        author_name: 'A',
      }),
    )
    await meet(a, b)
    remove(a, 'sessions', session)
    remove(a, 'products', product)
    expect(a.outbox.pending().map(({ entity, op }) => `${op} ${entity}`)).toEqual([
      'delete sessions',
      'delete products',
    ])
    await meet(a, b)
    expectSame(a, b)
    expect(b.all('session_products')).toEqual([])
    expect(b.all('talking_points')).toEqual([])
  })
})

describe('sync_push', () => {
  test('[P2] a push whose reply was lost has one effect; its verdict is the same', async () => {
    const { a, sql } = await team()
    const brand = addBrand(a)
    set(a, 'brands', { id: brand, name: 'Second' })
    await a.exchange.greet()
    const first = await a.remote.push(...pusher(a, a.outbox.pending()))
    const second = await a.remote.push(...pusher(a, a.outbox.pending()))
    expect(second.lastMutationId).toBe(first.lastMutationId)
    expect(await sql('SELECT row_version::int AS v FROM sync_index')).toEqual([{ v: 2 }])
    await a.sync()
    expect(a.outbox.count()).toBe(0)
    // Later ones beside those that are known already.
    set(a, 'brands', { id: brand, name: 'Third' })
    const known = a.db.statement('SELECT max(id) FROM sync_outbox WHERE acked_at IS NOT NULL').pluck(true).get()
    expect(known).toBe(2)
    await a.sync()
    expect(await sql('SELECT name FROM brands')).toEqual([{ name: 'Third' }])
  })

  test('[P2] the verdict of a mutation outlives a lost reply', async () => {
    const { a, b } = await team()
    const session = addSession(a)
    await meet(a, b)
    set(a, 'sessions', { id: session, name: 'Anna' })
    set(b, 'sessions', { id: session, name: 'Ben' })
    await a.sync()
    await b.exchange.greet()
    await b.remote.push(...pusher(b, b.outbox.pending()))
    expect(b.row('sessions', session)).toMatchObject({ name: 'Ben' })
    await b.sync()
    expect(b.row('sessions', session)).toMatchObject({ name: 'Anna' })
    expect(b.all('conflicts')).toHaveLength(1)
  })

  test('[P2] a gap in the ids is refused, and nothing of the push is kept', async () => {
    const { a, sql } = await team()
    addBrand(a)
    addBrand(a, 'Second')
    await a.exchange.greet()
    const [, second] = a.outbox.pending()
    if (!second) throw new Error('two wait')
    await expect(a.remote.push(...pusher(a, [second]))).rejects.toMatchObject({ code: 'HU400' })
    expect(await sql('SELECT count(*)::int AS n FROM brands')).toEqual([{ n: 0 }])
    expect(await sql('SELECT last_mutation_id::int AS n FROM sync_clients')).toEqual([{ n: 0 }])
  })

  test('[P3] a field is written where the server holds the base, or holds the new value already', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    set(a, 'products', { id: product, name: 'Same', sku: 'A' })
    set(b, 'products', { id: product, name: 'Same', pid: 'B' })
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('products', product)).toMatchObject({ name: 'Same', sku: 'A', pid: 'B' })
    // Neither lost anything, so nothing but the merge is in the log.
    expect(decisions(a, 'conflict_log').map(({ decision, fields }) => [decision, fields])).toEqual([
      ['merged', [{ name: 'pid', base: null, mine: 'B', theirs: null, kept: 'mine' }]],
    ])
  })

  test.each([3, 12])('[P3] is the same for %i rows at once as for one', async (count) => {
    const { a, b } = await team()
    const brand = addBrand(a)
    const products = Array.from({ length: count }, () => addProduct(a, brand))
    await meet(a, b)
    const [first] = products
    a.writer.transact((tx) => products.forEach((id) => tx.update('products', id, { name: 'Anna', tags: '["x"]' })))
    set(b, 'products', { id: String(first), name: 'Ben', sku: 'B1' })
    await b.sync()
    await meet(a, b)
    expectSame(a, b)
    for (const id of products) expect(b.row('products', id)).toMatchObject({ name: 'Anna', tags: '["x"]' })
    expect(b.row('products', String(first))).toMatchObject({ sku: 'B1' })
    expect(decisions(b, 'conflict_log')).toMatchObject([{ decision: 'overwrote', entity_id: first }])
  })

  test('[P3] values of every type go there and back as they are', async () => {
    const { a, b } = await team()
    const brand = addBrand(a, 'Ünïcode 日本 🎉 "quoted" \\back\n\ttab')
    const product = addProduct(a, brand, {
      tags: '["ü", "\\"q\\"", "日本"]',
      shopify_values: '{"b": 1,\n "a": [2,  3]}',
      overridden: '["price_cents"]',
      price_cents: 2_147_483_647,
    })
    a.writer.transact((tx) => {
      tx.insert('product_variants', {
        id: uuid(),
        product_id: product,
        title: '',
        sku: null,
        barcode: null,
        price_cents: 0,
        compare_at_price_cents: -1,
        options: '[{"name":"Size","value":"S"}]',
        position: 1,
        stock: -3,
      })
      tx.insert('product_images', {
        id: uuid(),
        product_id: product,
        source_url: null,
        origin: 'person',
        alt: '',
        alt_by_person: 1,
        position: 2,
        is_primary: 0,
        thumbhash: 'a+/=',
        colour: '#fff',
      })
    })
    const session = addSession(a)
    set(a, 'sessions', { id: session, scheduled_at: '2026-12-24T18:30:00.500Z' })
    await meet(a, b)
    // Lists are what they say, not how they are spaced.
    const tidy = a.row('products', product)
    expect({ ...b.row('products', product), key: 0 }).toEqual({
      ...tidy,
      key: 0,
      tags: JSON.stringify(JSON.parse(String(tidy?.['tags']))),
    })
    for (const entity of ['brands', 'product_variants', 'product_images', 'sessions'])
      expect(b.all(entity)).toEqual(a.all(entity))
  })
})

describe('an older payload', () => {
  test('[P1] [L8] what an older version of the app queued is pushed after its update', async () => {
    const { a, b, sql } = await team()
    const brand = addBrand(a)
    await a.sync()
    set(a, 'brands', { id: brand, name: 'Queued' })
    // A column that neither this version nor the server has any more, and a version of the payload from before.
    const [queued] = a.outbox.pending()
    if (!queued) throw new Error('one waits')
    const older: Mutation = {
      ...queued,
      version: 1,
      base: { ...queued.base, colour: 'red' },
      patch: { ...queued.patch, colour: 'blue' },
    }
    a.db
      .statement('UPDATE sync_outbox SET version = 1, base = ?, patch = ?, crc = ? WHERE id = ?')
      .run(JSON.stringify(older.base), JSON.stringify(older.patch), checksum(older), older.id)
    await meet(a, b)
    expect(await sql('SELECT name FROM brands')).toEqual([{ name: 'Queued' }])
    expectSame(a, b)
  })
})

test('[F2] a push does not wait for ever for a lock that another program holds; it is repeated', async () => {
  const { a, connection } = await team()
  await a.sync()
  const psql = await connection()
  await psql('BEGIN')
  await psql('SELECT FROM sync_clock FOR UPDATE')
  addBrand(a)
  await expect(a.sync()).rejects.toMatchObject({ code: '55P03' })
  expect(a.outbox.pending()).toHaveLength(1)
  await psql('ROLLBACK')
  await a.sync()
  expect(a.outbox.pending()).toEqual([])
})
