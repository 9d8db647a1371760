import { describe, expect, test } from 'vitest'
import { addBrand, addItem, addProduct, addSession } from './desk.ts'
import type { Desk } from './desk.ts'
import { addPoint, addVariant, decisions, expectSame, meet, remove, set, team } from './team.ts'
import type { Row } from './team.ts'

function log(desk: Desk): Row[] {
  return decisions(desk, 'conflict_log')
}

describe('a product that is deleted', () => {
  test.each(['the deletion first', 'the edit first'])('[R5] [R6] while another desktop edits it, %s', async (order) => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    remove(a, 'products', product)
    set(b, 'products', { id: product, name: 'Edited', price_cents: 5 })
    await (order === 'the edit first' ? b : a).sync()
    await meet(a, b)
    expectSame(a, b)
    expect(a.all('products')).toEqual([])
    expect(log(a)).toHaveLength(1)
    expect(log(a)[0]).toMatchObject(
      order === 'the edit first'
        ? { decision: 'deleted changed', device: 'Anna', other_device: 'Ben', image: { name: 'Edited', sku: null } }
        : {
            decision: 'deleted',
            device: 'Ben',
            other_device: 'Anna',
            image: { name: 'Edited', price_cents: 5, tags: ['gold'] },
          },
    )
  })

  test.each(['the deletion first', 'the parts first'])(
    '[R5] [R6] while another desktop works on its parts, %s',
    async (order) => {
      const { a, b } = await team()
      const product = addProduct(a, addBrand(a))
      const variant = addVariant(a, product)
      const untouched = addVariant(a, product, 'Untouched')
      await meet(a, b)
      remove(a, 'products', product)
      set(b, 'product_variants', { id: variant, title: 'Edited' })
      const added = addVariant(b, product, 'Added')
      const point = addPoint(b, product, 'Real gold')
      await (order === 'the parts first' ? b : a).sync()
      await meet(a, b)
      expectSame(a, b)
      for (const entity of ['products', 'product_variants', 'talking_points']) expect(a.all(entity)).toEqual([])
      const kept = new Map(log(a).map((one) => [one['entity_id'], one['image']]))
      expect(kept.get(variant)).toMatchObject({ title: 'Edited' })
      expect(kept.get(added)).toMatchObject({ title: 'Added' })
      expect(kept.get(point)).toMatchObject({ text: 'Real gold' })
      expect(kept.has(untouched)).toBe(false)
    },
  )

  test.each(['the deletion first', 'the item first'])(
    '[R5] [R6] while another desktop puts it into a line-up, %s',
    async (order) => {
      const { a, b } = await team()
      const product = addProduct(a, addBrand(a))
      const variant = addVariant(a, product)
      const session = addSession(a)
      await meet(a, b)
      remove(a, 'products', product)
      const item = addItem(b, { session, product }, { notes: 'Show this' })
      await (order === 'the item first' ? b : a).sync()
      await meet(a, b)
      expectSame(a, b)
      if (order === 'the item first') {
        // It is used now: kept, with its parts, here too.
        for (const [entity, id] of [
          ['products', product],
          ['product_variants', variant],
          ['session_products', item],
        ] as const) {
          expect(a.row(entity, id), entity).toBeDefined()
        }
        expect(log(a)).toMatchObject([{ decision: 'kept', detail: 'in use', entity_id: product }])
      } else {
        expect(a.all('session_products')).toEqual([])
        expect(log(a)).toMatchObject([
          { decision: 'deleted', detail: 'product', entity_id: item, image: { notes: 'Show this' } },
        ])
      }
    },
  )

  test('[R11] comes back by undo, with its parts, for everybody', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    addVariant(a, product)
    await meet(a, b)
    a.history.transact('products', 'Delete', (tx) => {
      for (const { id } of a.all('product_variants')) tx.remove('product_variants', String(id))
      tx.remove('products', product)
    })
    await meet(a, b)
    expect(b.all('products')).toEqual([])
    a.history.undo('products')
    await meet(a, b)
    expectSame(a, b)
    expect(b.row('products', product)).toMatchObject({ name: 'Ring' })
    expect(b.all('product_variants')).toHaveLength(1)
    expect(log(a)).toEqual([])
  })

  test('[R11] comes back by undo also where another desktop had edited it when it was deleted', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    set(b, 'products', { id: product, name: 'Ben' })
    await b.sync()
    a.history.transact('products', 'Delete', (tx) => tx.remove('products', product))
    a.history.undo('products')
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('products', product)).toMatchObject({ name: 'Ring' })
    expect(log(a).map(({ decision }) => decision)).toContain('deleted changed')
  })

  test('[R11] does not come back by an edit that did not know of the deletion, nor by one that is repeated', async () => {
    const { a, b, sql } = await team()
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    set(b, 'products', { id: product, name: 'Ben' })
    await sql('DELETE FROM products')
    await meet(b, a)
    expectSame(a, b)
    expect(a.all('products')).toEqual([])
    expect(log(a)).toMatchObject([{ decision: 'deleted', image: { name: 'Ben' }, other_device: 'another program' }])
  })

  test('[R6] on both desktops: it is gone, and nobody is told of anything', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    const session = addSession(a)
    const item = addItem(a, { session, product })
    await meet(a, b)
    for (const desk of [a, b]) {
      remove(desk, 'session_products', item)
      remove(desk, 'products', product)
      remove(desk, 'sessions', session)
    }
    await meet(a, b)
    expectSame(a, b)
    for (const entity of ['products', 'sessions', 'session_products', 'conflicts', 'conflict_log'])
      expect(a.all(entity)).toEqual([])
  })

  test('[R6] a brand that is deleted takes its name off sessions that its desktop did not know: logged', async () => {
    const { a, b } = await team()
    const brand = addBrand(a)
    const session = addSession(a)
    await meet(a, b)
    set(b, 'sessions', { id: session, brand_id: brand })
    await b.sync()
    remove(a, 'brands', brand)
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('sessions', session)).toMatchObject({ brand_id: null })
    expect(log(a)).toMatchObject([
      { decision: 'overwrote', entity_id: session, fields: [{ name: 'brand_id', theirs: brand }] },
    ])
  })
})
