import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { describe, expect, onTestFinished, test } from 'vitest'
import { addBrand, addProduct } from './desk.ts'
import type { Desk } from './desk.ts'
import { brandIn, expectSame, meet, productsIn, set, team } from './team.ts'

function aside(desk: Desk): Record<string, unknown>[] {
  return desk.db.statement('SELECT entity, row_id, body, problem FROM sync_aside ORDER BY row_id').all() as Record<
    string,
    unknown
  >[]
}

describe('rows that do not fit here', () => {
  test('[L6] are set aside with what is wrong with them, and everything else arrives', async () => {
    const { a, b, sql } = await team()
    const known = addProduct(a, addBrand(a))
    await meet(a, b)
    await sql('ALTER TABLE products DROP CONSTRAINT products_status_check')
    await sql(`UPDATE products SET status = 'preorder', name = 'Later' WHERE id = $1`, [known])
    const [fresh, fits] = await productsIn(sql, await brandIn(sql, 'New'), 2)
    await sql(`UPDATE products SET status = 'preorder' WHERE id = $1`, [fresh])
    await a.sync()
    expect(a.row('products', known)).toMatchObject({ name: 'Ring', status: 'active' })
    expect(a.row('products', String(fresh))).toBeUndefined()
    expect(a.row('products', String(fits))).toBeDefined()
    expect(aside(a).map(({ row_id }) => row_id)).toEqual([known, String(fresh)].toSorted((x, y) => x.localeCompare(y)))
    const [first] = aside(a)
    expect(first).toMatchObject({ entity: 'products', problem: expect.stringContaining('CHECK') as string })
    expect(JSON.parse(String(first?.['body']))).toMatchObject({ status: 'preorder' })
    expect(a.state.cursor.rev).toBe(b.state.cursor.rev + 4)
  })

  test('[L6] come in as soon as they fit again', async () => {
    const { a, sql } = await team()
    const [product] = await productsIn(sql, await brandIn(sql), 1)
    await sql('ALTER TABLE products DROP CONSTRAINT products_status_check')
    await sql(`UPDATE products SET status = 'preorder'`)
    await a.sync()
    expect(aside(a)).toHaveLength(1)
    await sql(`UPDATE products SET status = 'draft'`)
    await a.sync()
    expect(a.row('products', String(product))).toMatchObject({ status: 'draft' })
    expect(aside(a)).toEqual([])
    await sql(`UPDATE products SET status = 'preorder'`)
    await a.sync()
    await sql('DELETE FROM products')
    await a.sync()
    expect(a.all('products')).toEqual([])
    expect(aside(a)).toEqual([])
  })

  test('[L6] a value of a type that no column holds is no end of the pull either', async () => {
    const { a, b, sql } = await team()
    const brand = addBrand(a)
    const product = addProduct(a, brand)
    await a.sync()
    await sql(`ALTER TABLE products ALTER price_cents TYPE text USING 'cheap'`)
    await sql(`SELECT sync_describe('products')`)
    await sql(`UPDATE products SET name = 'Other'`)
    const [next] = await productsIn(sql, brand, 1)
    await a.sync()
    expect(aside(a)).toMatchObject([{ row_id: product }])
    expect(a.row('products', String(next))).toBeDefined()
    // A first pull likewise.
    await b.sync()
    expect(aside(b)).toMatchObject([{ row_id: product }])
    expect(b.row('products', String(next))).toBeDefined()
  })

  test('[L6] an edit here of a row that is set aside is judged by what the server has', async () => {
    const { a, b, sql } = await team()
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    await sql('ALTER TABLE products DROP CONSTRAINT products_status_check')
    await sql(`UPDATE products SET status = 'preorder', sku = 'S'`)
    await a.sync()
    set(a, 'products', { id: product, name: 'Anna' })
    await a.sync()
    expect(await sql('SELECT name, sku, status FROM products')).toEqual([
      { name: 'Anna', sku: 'S', status: 'preorder' },
    ])
    await sql(`UPDATE products SET status = 'active'`)
    await meet(a, b)
    expectSame(a, b)
    expect(aside(a)).toEqual([])
  })

  test('[L6] what belongs to a row that is set aside is kept: foreign keys are not enforced meanwhile', async () => {
    const { a, sql } = await team()
    await sql('ALTER TABLE products DROP CONSTRAINT products_status_check')
    const [product] = await productsIn(sql, await brandIn(sql), 1)
    await sql(`UPDATE products SET status = 'preorder'`)
    await sql(`INSERT INTO product_variants (product_id, title) VALUES ($1, 'Red')`, [product])
    await a.sync()
    expect(a.all('products')).toEqual([])
    expect(a.all('product_variants')).toHaveLength(1)
    expect(a.db.sqlite.pragma('foreign_keys', { simple: true })).toBe(1)
  })
})

describe('a newer server', () => {
  test('[L8] a column that is not known here keeps its value when the row is edited here', async () => {
    const { a, b, sql } = await team()
    const brand = addBrand(a)
    await meet(a, b)
    await sql(`ALTER TABLE brands ADD colour text NOT NULL DEFAULT 'none'`)
    await sql(`SELECT sync_describe('brands')`)
    await sql(`UPDATE brands SET colour = 'gold'`)
    await meet(a, b)
    set(a, 'brands', { id: brand, name: 'Edited by an older app' })
    const second = addBrand(b, 'Made by an older app')
    await meet(a, b)
    expect(await sql('SELECT id, name, colour FROM brands ORDER BY name')).toEqual([
      { id: brand, name: 'Edited by an older app', colour: 'gold' },
      { id: second, name: 'Made by an older app', colour: 'none' },
    ])
    expectSame(a, b)
  })

  test.each([1, 12])('[L8] also in a batch of %i, with a default for what older apps do not know', async (count) => {
    const { a, sql } = await team()
    const brand = addBrand(a)
    await a.sync()
    await sql(`ALTER TABLE products ADD origin text DEFAULT 'unknown'`)
    await sql(`SELECT sync_describe('products')`)
    a.writer.transact((tx) => {
      for (let n = 0; n < count; n += 1) {
        tx.insert('products', {
          id: uuid(),
          brand_id: brand,
          name: `P${n}`,
          handle: null,
          description_html: '',
          status: 'active',
          price_cents: null,
          compare_at_price_cents: null,
          sku: null,
          pid: null,
          shopify_id: null,
          tags: '[]',
          talking_points_md: '',
          source: 'manual',
          shopify_values: null,
          overridden: '[]',
        })
      }
    })
    await a.sync()
    expect(await sql('SELECT origin, count(*)::int AS n FROM products GROUP BY 1')).toEqual([
      { origin: 'unknown', n: count },
    ])
    await sql(`UPDATE products SET origin = 'Ghana'`)
    await a.sync()
    a.writer.transact((tx) => a.all('products').forEach(({ id }) => tx.update('products', String(id), { sku: 's' })))
    await a.sync()
    expect(await sql('SELECT DISTINCT sku, origin FROM products')).toEqual([{ sku: 's', origin: 'Ghana' }])
  })

  test('[L8] an entity that is not known here is passed over', async () => {
    const { a, sql } = await team()
    await sql('CREATE TABLE bundles (id uuid PRIMARY KEY, name text)')
    await sql(
      `CREATE TRIGGER sync_1_before BEFORE INSERT OR UPDATE OR DELETE ON bundles EXECUTE FUNCTION sync_before()`,
    )
    await sql(
      `CREATE TRIGGER sync_2_inserted AFTER INSERT ON bundles REFERENCING NEW TABLE AS touched EXECUTE FUNCTION sync_after()`,
    )
    await sql(`INSERT INTO bundles VALUES ($1, 'Set')`, [uuid()])
    const brand = await brandIn(sql)
    await a.sync()
    expect(a.row('brands', brand)).toBeDefined()
    expect(a.state.cursor.rev).toBe(2)
  })

  test('[L8] the first pull of a newer app brings what the older one passed over', async () => {
    const { desk, b, sql } = await team()
    const folder = mkdtempSync(join(tmpdir(), 'hudson-update-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const older = desk({ name: 'Old', dbPath: join(folder, 'hudson.db') })
    const brand = addBrand(older)
    await meet(older, b)
    await sql(`ALTER TABLE brands ADD colour text`)
    await sql('UPDATE sync_clock SET schema_version = 2')
    await sql(`SELECT sync_describe('brands')`)
    await sql(`UPDATE brands SET colour = 'gold'`)
    await older.sync()
    set(older, 'brands', { id: brand, name: 'Waits over the update' })
    await older[Symbol.asyncDispose]()
    const newer = desk({ name: 'Old', dbPath: join(folder, 'hudson.db'), schema: 2 })
    newer.db.sqlite.exec('ALTER TABLE brands ADD colour TEXT')
    await newer.sync()
    expect(newer.row('brands', brand)).toMatchObject({ name: 'Waits over the update', colour: 'gold' })
    expect(newer.state.get('resync')).toBe(false)
    expect(await sql('SELECT name, colour FROM brands')).toEqual([{ name: 'Waits over the update', colour: 'gold' }])
  })
})
