import { describe, expect, test } from 'vitest'
import { Held } from '../../src/main/sync/held.ts'
import { addBrand, addItem, addProduct, addSession } from './desk.ts'
import type { Desk } from './desk.ts'
import { open } from './show.ts'
import { addVariant, decisions, expectSame, meet, remove, resolve, set, team, through } from './team.ts'
import type { Team } from './team.ts'

function heldOf(desk: Desk): Held {
  return new Held({ db: desk.db, clock: desk.clock, writer: desk.writer, outbox: desk.outbox })
}

function held(desk: Desk, entity: string): unknown {
  return desk.db.statement('SELECT count(*) FROM sync_held WHERE entity = ?').pluck(true).get(entity)
}

async function withProducts(
  count: number,
): Promise<Team & { readonly brand: string; readonly products: readonly string[] }> {
  const made = await team()
  const brand = addBrand(made.a)
  const products = Array.from({ length: count }, (_, n) => addProduct(made.a, brand, { name: `P${n}` }))
  await meet(made.a, made.b)
  return { ...made, brand, products }
}

describe('the breaker counts', () => {
  test.each([
    // [how many there are, how many are deleted, whether they wait]
    [10, 2, false],
    [10, 3, true],
    [16, 3, false],
    [15, 3, true],
    [200, 20, false],
    [200, 21, true],
    [3, 3, true],
    [2, 2, false],
  ])('[F6] of %i products %i deleted: held = %s', async (all, deleted, waits) => {
    const { b, sql, products } = await withProducts(all)
    await sql('DELETE FROM products WHERE id = ANY ($1)', [products.slice(0, deleted)])
    await b.sync()
    expect(held(b, 'products')).toBe(waits ? deleted : 0)
    expect(b.all('products')).toHaveLength(waits ? all : all - deleted)
  })

  test('[F6] brands by their share, sessions by number and share, and nothing else', async () => {
    const { a, b, sql } = await team()
    for (let n = 0; n < 30; n += 1) addBrand(a, `B${n}`)
    const session = addSession(a)
    const product = addProduct(a, addBrand(a))
    for (let n = 0; n < 40; n += 1) addItem(a, { session, product })
    for (let n = 0; n < 30; n += 1) addVariant(a, product)
    await meet(a, b)
    await sql(`DELETE FROM brands WHERE name < 'B15' AND name <> 'Acme'`)
    await sql('DELETE FROM session_products')
    await sql('DELETE FROM product_variants')
    await b.sync()
    // Seven brands of 31; items and variants are no wholes.
    expect(held(b, 'brands')).toBe(7)
    expect(b.all('brands')).toHaveLength(31)
    expect(b.all('session_products')).toEqual([])
    expect(b.all('product_variants')).toEqual([])
  })

  test('[F6] what this desktop deletes itself is never held', async () => {
    const { a, b, products } = await withProducts(10)
    a.writer.transact((tx) => products.slice(0, 9).forEach((id) => tx.remove('products', id)))
    await a.sync()
    expect(held(a, 'products')).toBe(0)
    await b.sync()
    expect(held(b, 'products')).toBe(9)
  })

  test('[F6] rows with edits that wait, or are judged just then, count and are held like the others', async () => {
    const { a, b, sql, products } = await withProducts(30)
    const [judged, waiting] = products
    await sql('DELETE FROM products WHERE id = ANY ($1)', [products.slice(0, 22)])
    set(b, 'products', { id: String(judged), name: 'Judged' })
    await b.exchange.push()
    set(b, 'products', { id: String(waiting), name: 'Waiting' })
    await b.exchange.pull()
    expect(held(b, 'products')).toBe(22)
    await b.sync()
    expect(held(b, 'products')).toBe(22)
    expect(b.row('products', String(judged))).toMatchObject({ name: 'Judged' })
    expect(b.row('products', String(waiting))).toMatchObject({ name: 'Waiting' })
    expect(decisions(b, 'conflict_log').map(({ decision }) => decision)).toEqual(['deleted', 'deleted'])
    heldOf(b).accept()
    heldOf(a)
    await a.sync()
    heldOf(a).accept()
    await meet(a, b)
    expectSame(a, b)
    expect(b.all('products')).toHaveLength(8)
  })
})

describe('while deletions wait', () => {
  test('[F6] everything else is applied, and the cursor goes on', async () => {
    const { b, sql, products } = await withProducts(10)
    await sql('BEGIN')
    await sql('DELETE FROM products WHERE id = ANY ($1)', [products.slice(0, 5)])
    await sql(`UPDATE products SET name = 'Changed' WHERE id = $1`, [products[9]])
    await sql(`INSERT INTO brands (name) VALUES ('New')`)
    await sql('COMMIT')
    const { rev } = b.state.cursor
    await b.sync()
    expect(b.row('products', String(products[9]))).toMatchObject({ name: 'Changed' })
    expect(b.all('brands')).toHaveLength(2)
    expect(b.state.cursor.rev).toBe(rev + 1)
    await b.sync()
    expect(b.all('products')).toHaveLength(10)
    expect(
      heldOf(b)
        .list()
        .map(({ name }) => name),
    ).toEqual(['P0', 'P1', 'P2', 'P3', 'P4'])
  })

  test('[F6] the parts of what waits wait with it, and whatever it could not come back without', async () => {
    const { a, b, sql } = await team()
    const brand = addBrand(a, 'Of the session')
    const sessions = Array.from({ length: 4 }, (_, n) => addSession(a, `S${n}`))
    const used = addProduct(a, addBrand(a, 'Of the product'), { name: 'Used' })
    const variant = addVariant(a, used)
    for (let n = 0; n < 9; n += 1) addProduct(a, brand)
    for (let n = 0; n < 9; n += 1) addBrand(a, `More ${n}`)
    const items = sessions.map((id) => addItem(a, { session: id, product: used }))
    for (const id of sessions) set(a, 'sessions', { id, brand_id: brand })
    await meet(a, b)
    const everything = { items: b.all('session_products'), variants: b.all('product_variants') }
    // One product and one brand are no mass, but the items need the product, and it its brand.
    await sql('BEGIN')
    await sql('DELETE FROM sessions')
    await sql(`DELETE FROM products WHERE name = 'Used'`)
    await sql(`DELETE FROM brands WHERE name = 'Of the product'`)
    await sql('COMMIT')
    await b.sync()
    expect(b.all('session_products')).toEqual(everything.items)
    expect(b.row('product_variants', variant)).toBeDefined()
    expect(b.db.sqlite.pragma('foreign_key_check')).toEqual([])
    heldOf(b).decline()
    await meet(b, a)
    expectSame(a, b)
    expect(a.all('session_products')).toHaveLength(items.length)
    expect(a.all('product_variants')).toEqual(everything.variants)
    expect(decisions(a, 'conflict_log')).toEqual([])
  })

  test('[F6] consent removes them here', async () => {
    const { a, b, sql, products } = await withProducts(10)
    await sql('DELETE FROM products WHERE id = ANY ($1)', [products.slice(0, 5)])
    await meet(a, b)
    expect(heldOf(a).count()).toBe(5)
    heldOf(a).accept()
    heldOf(b).accept()
    await meet(a, b)
    expectSame(a, b)
    expect(a.all('products')).toHaveLength(5)
    expect(heldOf(a).count()).toBe(0)
    expect(await sql('SELECT count(*)::int AS n FROM products')).toEqual([{ n: 5 }])
  })

  test('[F6] refusal puts them back for everyone, also where somebody had consented', async () => {
    const { a, b, sql, products } = await withProducts(10)
    await sql('DELETE FROM products WHERE id = ANY ($1)', [products.slice(0, 5)])
    await meet(a, b)
    heldOf(a).accept()
    heldOf(b).decline()
    await meet(b, a)
    expectSame(a, b)
    expect(a.all('products')).toHaveLength(10)
    expect(await sql('SELECT count(*)::int AS n FROM products')).toEqual([{ n: 10 }])
  })

  test('[F6] refusal on two desktops, or over a full resync, puts them back once', async () => {
    const { a, b, sql, products } = await withProducts(10)
    await sql('DELETE FROM products WHERE id = ANY ($1)', [products.slice(0, 5)])
    await meet(a, b)
    for (const desk of [a, b]) heldOf(desk).decline()
    await sql('UPDATE sync_revs SET token = gen_random_uuid()')
    await meet(a, b)
    expectSame(a, b)
    expect(a.all('products')).toHaveLength(10)
    for (const desk of [a, b]) expect(held(desk, 'products')).toBe(0)
  })

  test('[F6] refusal while a full resync is on its way is not held anew', async () => {
    const { desk, sql, b, products } = await withProducts(10)
    const line: { between?: () => void } = {}
    const c = desk({
      name: 'Cleo',
      through: through((remote) => ({
        pull: async (request) => {
          const page = await remote.pull(request)
          line.between?.()
          return page
        },
      })),
    })
    await c.sync()
    await sql('DELETE FROM products WHERE id = ANY ($1)', [products.slice(0, 5)])
    await c.sync()
    await sql('UPDATE sync_revs SET token = gen_random_uuid()')
    // The second answer is the full one.
    line.between = () => {
      line.between = () => {
        delete line.between
        heldOf(c).decline()
      }
    }
    await c.exchange.pull()
    expect(held(c, 'products')).toBe(0)
    await c.sync()
    expect(c.all('products')).toHaveLength(10)
    expect(held(c, 'products')).toBe(0)
    await b.sync()
    heldOf(b).accept()
    await meet(b, c)
    expectSame(b, c)
  })

  test('[F6] what comes back by another hand waits no longer', async () => {
    const { b, sql, brand, products } = await withProducts(10)
    await sql('DELETE FROM products WHERE id = ANY ($1)', [products.slice(0, 5)])
    await b.sync()
    await sql(`INSERT INTO products (id, brand_id, name) VALUES ($1, $2, 'Back')`, [products[0], brand])
    await b.sync()
    expect(b.row('products', String(products[0]))).toMatchObject({ name: 'Back' })
    expect(heldOf(b).count()).toBe(4)
  })

  test('[F6] who deletes one of them here has consented to that; who undoes it brings it back', async () => {
    const { a, b, sql, products } = await withProducts(10)
    await sql('DELETE FROM products WHERE id = ANY ($1)', [products.slice(0, 5)])
    await b.sync()
    const [first, second] = products
    remove(b, 'products', String(first))
    b.history.transact('products', 'Delete', (tx) => tx.remove('products', String(second)))
    expect(heldOf(b).count()).toBe(3)
    b.history.undo('products')
    await b.sync()
    heldOf(b).accept()
    await a.sync()
    heldOf(a).accept()
    await meet(a, b)
    expectSame(a, b)
    expect(b.row('products', String(first))).toBeUndefined()
    expect(b.row('products', String(second))).toBeDefined()
    expect(a.all('products')).toHaveLength(6)
  })

  test('[F6] [R5] an edit of a session that waits opens a conflict; the decision to bring it back does', async () => {
    const { a, b, sql } = await team()
    const sessions = Array.from({ length: 4 }, (_, n) => addSession(a, `S${n}`))
    await meet(a, b)
    await sql('DELETE FROM sessions')
    await b.sync()
    const [first] = sessions
    set(b, 'sessions', { id: String(first), notes: 'Edited while it waits' })
    await b.sync()
    expect(b.row('sessions', String(first))).toMatchObject({ notes: 'Edited while it waits' })
    expect(await resolve(b, open(b)[0], { choices: { deleted: 'parked' }, shown: { deleted: true } })).toBe('resolved')
    await b.sync()
    expect(heldOf(b).count()).toBe(3)
    heldOf(b).accept()
    await a.sync()
    heldOf(a).accept()
    await meet(a, b)
    expectSame(a, b)
    expect(a.all('sessions')).toMatchObject([{ id: first, notes: 'Edited while it waits' }])
  })
})
