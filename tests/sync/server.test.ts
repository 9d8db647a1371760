import { v7 as uuid } from 'uuid'
import { describe, expect, test } from 'vitest'
import { synced } from '../../src/main/db/schema.ts'
import { addBrand, addItem, addProduct, addSession } from './desk.ts'
import { brandIn, clockIn, meet, productsIn, set, team } from './team.ts'
import type { Row } from './team.ts'

describe('the index', () => {
  test('[S2] holds every row once, at its newest rev, with who changed it and who else before', async () => {
    const { a, b, sql } = await team()
    const brand = addBrand(a)
    await meet(a, b)
    const index = async (): Promise<Row | undefined> =>
      (
        await sql(
          `SELECT rev::int, changed_rev::int, row_version::int, deleted, changed_by, foreign_rev::int, foreign_by FROM sync_index`,
        )
      )[0]
    const first = await index()
    expect(first).toEqual({
      rev: 1,
      changed_rev: 1,
      row_version: 1,
      deleted: false,
      changed_by: a.exchange.caller.clientId,
      foreign_rev: 0,
      foreign_by: null,
    })
    await sql(`UPDATE brands SET name = 'psql'`)
    expect(await index()).toMatchObject({
      rev: 2,
      row_version: 2,
      changed_by: null,
      foreign_by: a.exchange.caller.clientId,
    })
    await b.sync()
    set(b, 'brands', { id: brand, notes: 'Ben' })
    await b.sync()
    expect(await index()).toMatchObject({
      rev: 3,
      changed_by: b.exchange.caller.clientId,
      foreign_rev: 2,
      foreign_by: null,
    })
    set(b, 'brands', { id: brand, notes: 'Ben again' })
    await b.sync()
    expect(await index()).toMatchObject({ rev: 4, row_version: 4, foreign_rev: 2 })
    await sql('DELETE FROM brands')
    expect(await index()).toMatchObject({ rev: 5, deleted: true, changed_by: null, foreign_rev: 4 })
    expect(await sql(`SELECT image ->> 'notes' AS notes FROM sync_index`)).toEqual([{ notes: 'Ben again' }])
    expect(await sql('SELECT count(*)::int AS n FROM sync_index')).toEqual([{ n: 1 }])
  })

  test('[S2] what falls with a whole leaves its tombstone and last image too', async () => {
    const { a, sql } = await team()
    const product = addProduct(a, addBrand(a))
    const session = addSession(a)
    const item = addItem(a, { session, product })
    await a.sync()
    await sql(`INSERT INTO product_variants (product_id, title) VALUES ($1, 'Red')`, [product])
    await sql(`INSERT INTO product_images (product_id, alt) VALUES ($1, 'Front')`, [product])
    await sql(`INSERT INTO talking_points (product_id, text) VALUES ($1, 'Real gold')`, [product])
    await sql(`INSERT INTO session_states (id, timer) VALUES ($1, '{}')`, [session])
    await sql('DELETE FROM products')
    expect(
      await sql(
        `SELECT entity, image ->> 'id' = id::text AS whole FROM sync_index WHERE deleted ORDER BY entity COLLATE "C"`,
      ),
    ).toEqual(
      ['product_images', 'product_variants', 'products', 'session_products', 'talking_points'].map((entity) => ({
        entity,
        whole: true,
      })),
    )
    await sql('DELETE FROM sessions')
    expect(
      await sql(`SELECT entity FROM sync_index WHERE deleted AND rev = (SELECT rev FROM sync_clock) ORDER BY 1`),
    ).toEqual([{ entity: 'session_states' }, { entity: 'sessions' }])
    await a.sync()
    expect(a.row('session_products', item)).toBeUndefined()
    expect(a.all('sessions')).toEqual([])
  })

  test('[S2] COPY, MERGE and upserts of other programs are noted like any other change', async () => {
    const { a, sql } = await team()
    const brand = await brandIn(sql)
    await a.sync()
    await sql(`INSERT INTO brands (id, name) VALUES ($1, 'x') ON CONFLICT (id) DO UPDATE SET name = 'Upserted'`, [
      brand,
    ])
    await a.sync()
    expect(a.row('brands', brand)).toMatchObject({ name: 'Upserted' })
    await sql(
      `MERGE INTO brands b USING (VALUES ($1::uuid, 'Merged'), (gen_random_uuid(), 'New')) v (id, name) ON b.id = v.id
       WHEN MATCHED THEN UPDATE SET name = v.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (v.id, v.name)`,
      [brand],
    )
    await a.sync()
    expect(new Set(a.all('brands').map(({ name }) => name))).toEqual(new Set(['Merged', 'New']))
  })
})

describe('psql', () => {
  test('[S1] INSERT, UPDATE and DELETE reach every desktop', async () => {
    const { a, b, sql } = await team()
    const [product] = await productsIn(sql, await brandIn(sql), 1)
    await meet(a, b)
    for (const desk of [a, b]) expect(desk.row('products', String(product))).toMatchObject({ name: 'P1', tags: '[]' })
    await sql(`UPDATE products SET name = 'Psql', price_cents = 4, tags = '["a", "b"]' WHERE id = $1`, [product])
    await meet(a, b)
    for (const desk of [a, b]) {
      expect(desk.row('products', String(product))).toMatchObject({ name: 'Psql', price_cents: 4, tags: '["a","b"]' })
    }
    await sql('DELETE FROM products')
    await meet(a, b)
    for (const desk of [a, b]) expect(desk.all('products')).toEqual([])
  })

  test('[S3] TRUNCATE is refused, also where it would come by CASCADE', async () => {
    const { a, sql } = await team()
    const brand = await brandIn(sql)
    for (const table of synced)
      await expect(sql(`TRUNCATE ${table} CASCADE`)).rejects.toThrow(/TRUNCATE of .* is refused/)
    await a.sync()
    expect(a.row('brands', brand)).toBeDefined()
  })

  test('[S3] a new id for a row is refused: the old one would leave no tombstone', async () => {
    const { sql } = await team()
    await brandIn(sql)
    await expect(sql('UPDATE brands SET id = gen_random_uuid()')).rejects.toThrow('UPDATE of brands is refused')
  })

  test('[S3] tools that switch triggers off by session_replication_role do not get past', async () => {
    const { a, sql } = await team()
    const brand = await brandIn(sql)
    await a.sync()
    await sql(`SET session_replication_role = replica`)
    await sql(`UPDATE brands SET name = 'Restored'`)
    const second = await brandIn(sql, 'Second')
    await a.sync()
    expect(a.row('brands', brand)).toMatchObject({ name: 'Restored' })
    await sql('DELETE FROM brands WHERE id = $1', [second])
    await expect(sql('TRUNCATE brands CASCADE')).rejects.toThrow('refused')
    await a.sync()
    expect(a.all('brands')).toHaveLength(1)
  })
})

describe('the history', () => {
  const request = { since: 0, acked: 0, limit: 100 }

  test('[S4] a cursor that is not of this history is answered resync; the beginning is of every history', async () => {
    const { a, sql } = await team()
    await brandIn(sql)
    await a.exchange.greet()
    const { rev, token } = await clockIn(sql)
    const status = async (cursor: { rev: number; token: string | null }): Promise<string> =>
      (await a.remote.pull({ ...a.exchange.caller, ...request, cursor })).status
    expect(await status({ rev, token: String(token) })).toBe('ok')
    expect(await status({ rev: 0, token: null })).toBe('ok')
    expect(await status({ rev, token: uuid() })).toBe('resync')
    expect(await status({ rev, token: null })).toBe('resync')
    expect(await status({ rev: rev + 1, token: String(token) })).toBe('resync')
  })

  test('[S4] tokens are kept for 60 days, and longer where a first pull still needs them', async () => {
    const { a, sql } = await team()
    const brand = await brandIn(sql)
    // A first pull ends a page at the second rev. Nothing stands at the third any more.
    await productsIn(sql, brand, 30)
    await sql(`UPDATE brands SET notes = '1'`)
    await sql(`UPDATE brands SET notes = '2'`)
    await productsIn(sql, brand, 30)
    await sql(`UPDATE sync_revs SET at = now() - interval '61 days'`)
    await sql('UPDATE sync_clock SET rev = 999')
    await sql(`UPDATE brands SET notes = '3'`)
    const kept = await sql('SELECT rev::int FROM sync_revs ORDER BY rev')
    expect(kept.map(({ rev }) => rev)).toEqual([2, 4, 5, 1000])
    await a.exchange.greet()
    let cursor: { rev: number; token: string | null } = { rev: 0, token: null }
    let rows = 0
    for (let pages = 0, complete = false; !complete; pages += 1) {
      expect(pages).toBeLessThan(5)
      const page = await a.remote.pull({ ...a.exchange.caller, ...request, cursor, limit: 20 })
      expect(page.status).toBe('ok')
      rows += page.count
      ;({ cursor, complete } = page)
    }
    expect(rows).toBe(61)
  })
})
