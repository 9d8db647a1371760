import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { addBrand, addItem, addProduct, addSession } from './desk.ts'
import type { Desk } from './desk.ts'
import { decisions, expectSame, meet, remove, set, team } from './team.ts'
import type { Sql } from './team.ts'

describe('what the database refuses', () => {
  /** A mutation that is refused, between two that are not. */
  async function refused(
    prepare: (sql: Sql, desk: Desk) => Promise<void> | void,
    write: (desk: Desk, session: string) => void,
  ): Promise<{ a: Desk; b: Desk; session: string; log: Record<string, unknown> | undefined }> {
    const { a, b, sql } = await team()
    const session = addSession(a)
    await meet(a, b)
    await prepare(sql, a)
    const before = addBrand(a, 'Before')
    write(a, session)
    const after = addBrand(a, 'After')
    await meet(a, b)
    expectSame(a, b)
    for (const id of [before, after]) expect(b.row('brands', id)).toBeDefined()
    const log = decisions(b, 'conflict_log')
    expect(log).toHaveLength(1)
    expect(log[0]).toMatchObject({ decision: 'rejected', device: 'Anna' })
    return { a, b, session, log: log[0] }
  }

  test('[P4] a value that breaks a rule: parked with its values, the rest of the queue goes on', async () => {
    const { a, session, log } = await refused(
      async (sql) => void (await sql(`ALTER TABLE sessions ADD CHECK (name <> 'Forbidden')`)),
      (desk, id) => set(desk, 'sessions', { id, name: 'Forbidden', notes: 'Kept in the log' }),
    )
    expect(a.row('sessions', session)).toMatchObject({ name: 'Friday', notes: '' })
    expect(log).toMatchObject({ entity_id: session, image: { name: 'Forbidden', notes: 'Kept in the log' } })
    expect(log?.['detail']).toContain('violates check constraint')
  })

  test('[P4] a row that cannot be made', async () => {
    const { a, log } = await refused(
      async (sql) => void (await sql(`CREATE UNIQUE INDEX ON brands (name)`)),
      (desk) => addBrand(desk, 'Before'),
    )
    expect(a.all('brands')).toHaveLength(2)
    expect(log).toMatchObject({ image: { name: 'Before' } })
  })

  test('[P4] a brand that is used cannot be deleted: it comes back', async () => {
    const { a, b, sql } = await team()
    const brand = addBrand(a)
    await meet(a, b)
    addProduct(b, brand)
    await b.sync()
    remove(a, 'brands', brand)
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('brands', brand)).toBeDefined()
    expect(decisions(b, 'conflict_log')).toMatchObject([{ decision: 'rejected', entity: 'brands' }])
    expect(await sql('SELECT count(*)::int AS n FROM brands')).toEqual([{ n: 1 }])
  })

  test('[P4] a number that is too large for the server', async () => {
    const { log } = await refused(
      () => {},
      (desk, id) => set(desk, 'sessions', { id, highest_number: 3_000_000_000 }),
    )
    expect(log).toMatchObject({ image: { highest_number: 3_000_000_000 } })
  })

  test('[P4] a key that is too long for an index', async () => {
    const { a, b } = await team()
    const item = addItem(a, { session: addSession(a), product: addProduct(a, addBrand(a)) })
    await meet(a, b)
    set(a, 'session_products', { id: item, order_key: randomBytes(3_000).toString('hex') })
    addBrand(a, 'After')
    await meet(a, b)
    expectSame(a, b)
    expect(decisions(b, 'conflict_log')).toMatchObject([{ decision: 'rejected' }])
    expect(b.all('brands')).toHaveLength(2)
  })

  test("[P4] what a trigger of the team's own refuses", async () => {
    const { log } = await refused(
      async (sql) => {
        await sql(
          `CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not on Fridays'; END $$`,
        )
        await sql(`CREATE TRIGGER no BEFORE UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION no()`)
      },
      (desk, id) => set(desk, 'sessions', { id, name: 'Saturday' }),
    )
    expect(log).toMatchObject({ detail: 'not on Fridays' })
  })

  test.each([1, 12])('[P4] in a batch of %i only what does not fit', async (count) => {
    const { a, b, sql } = await team()
    const brand = addBrand(a)
    const products = Array.from({ length: count }, () => addProduct(a, brand))
    await meet(a, b)
    await sql('ALTER TABLE products ADD CHECK (price_cents < 9000)')
    a.writer.transact((tx) =>
      products.forEach((id, n) => tx.update('products', id, { price_cents: n === 0 ? 9_999 : n })),
    )
    await meet(a, b)
    expectSame(a, b)
    expect(decisions(b, 'conflict_log')).toMatchObject([{ decision: 'rejected', entity_id: products[0] }])
    products.slice(1).forEach((id, n) => expect(b.row('products', id)).toMatchObject({ price_cents: n + 1 }))
  })

  test('[P4] text that Postgres cannot hold does not block the queue', async () => {
    const { a, b } = await team()
    const brand = addBrand(a, 'nul\u0000 and half \ud83d of a pair')
    const product = addProduct(a, brand, { tags: JSON.stringify(['\u0000', '\udc00']) })
    addBrand(a, 'After')
    await meet(a, b)
    expect(b.all('brands')).toHaveLength(2)
    expect(b.row('brands', brand)).toMatchObject({ name: 'nul\ufffd and half \ufffd of a pair' })
    expect(b.row('products', product)).toMatchObject({ tags: '["\ufffd","\ufffd"]' })
    // Its next edit has a base that the server recognises.
    set(a, 'brands', { id: brand, name: 'Clean' })
    await meet(a, b)
    expect(b.row('brands', brand)).toMatchObject({ name: 'Clean' })
    expect(decisions(a, 'conflict_log')).toEqual([])
  })

  test('[P4] what is no fault of the mutation rejects nothing: the push fails as a whole', async () => {
    const { a, sql } = await team()
    await a.sync()
    await sql(
      `CREATE FUNCTION busy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'busy' USING ERRCODE = '40001'; END $$`,
    )
    await sql('CREATE TRIGGER busy BEFORE INSERT ON brands FOR EACH ROW EXECUTE FUNCTION busy()')
    addBrand(a)
    await expect(a.sync()).rejects.toMatchObject({ code: '40001' })
    expect(a.outbox.count()).toBe(1)
    await sql('DROP TRIGGER busy ON brands')
    await a.sync()
    expect(a.outbox.count()).toBe(0)
    expect(a.all('conflict_log')).toEqual([])
  })
})
