import { v7 as uuid } from 'uuid'
import { describe, expect, test } from 'vitest'
import { addBrand, addProduct } from './desk.ts'
import type { Desk } from './desk.ts'
import { addPoint, addVariant, decisions, expectSame, meet, set, team } from './team.ts'
import type { Row } from './team.ts'

function addPreset(desk: Desk, text: string): string {
  const id = uuid()
  desk.writer.transact((tx) =>
    tx.insert('message_presets', { id, text, color: 'amber', clear_after_seconds: null, order_key: 'a0' }),
  )
  return id
}

function log(desk: Desk): Row[] {
  return decisions(desk, 'conflict_log')
}

describe('two edits of one field', () => {
  test.each(['brands', 'products', 'product_variants', 'message_presets'] as const)(
    '[R1] %s: the later arrival wins, and the log knows the other value',
    async (entity) => {
      const { a, b } = await team()
      const brand = addBrand(a)
      const product = addProduct(a, brand)
      const [id, field] = {
        brands: [brand, 'name'] as const,
        products: [product, 'name'] as const,
        product_variants: [addVariant(a, product), 'title'] as const,
        message_presets: [addPreset(a, 'Wait'), 'text'] as const,
      }[entity]
      await meet(a, b)
      const before = a.row(entity, id)?.[field]
      set(a, entity, { id, [field]: 'Anna' })
      set(b, entity, { id, [field]: 'Ben' })
      await meet(a, b)
      expectSame(a, b)
      expect(a.row(entity, id)).toMatchObject({ [field]: 'Ben' })
      expect(log(a)).toMatchObject([
        {
          decision: 'overwrote',
          entity,
          entity_id: id,
          device: 'Ben',
          other_device: 'Anna',
          fields: [{ name: field, base: before, mine: 'Ben', theirs: 'Anna', kept: 'mine' }],
        },
      ])
      expect(a.all('conflicts')).toEqual([])
    },
  )

  test('[R1] [R12] who else it was, also where the same desktop merged another field just before', async () => {
    const { a, b, sql } = await team()
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    set(b, 'products', { id: product, name: 'Ben' })
    await b.sync()
    set(a, 'products', { id: product, sku: 'A' })
    set(a, 'products', { id: product, name: 'Anna' })
    await meet(a, b)
    expectSame(a, b)
    const told = log(a).map((one) => [one['decision'], one['device'], one['other_device']].join(' '))
    expect(new Set(told)).toEqual(new Set(['merged Anna Ben', 'overwrote Anna Ben']))
    await sql(`UPDATE products SET name = 'Psql'`)
    set(a, 'products', { id: product, name: 'Anna again' })
    await meet(a, b)
    expect(log(a).at(-1)).toMatchObject({ device: 'Anna', other_device: 'another program' })
  })

  test('[R1] no clock decides: an hour wrong either way changes nothing', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    a.clock.advance(3_600_000)
    set(a, 'products', { id: product, name: 'Anna, an hour ahead' })
    set(b, 'products', { id: product, name: 'Ben, later' })
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('products', product)).toMatchObject({ name: 'Ben, later' })
    set(b, 'products', { id: product, sku: 'B' })
    set(a, 'products', { id: product, sku: 'A' })
    await b.sync()
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('products', product)).toMatchObject({ sku: 'A' })
  })

  test('[R3] bookkeeping fields go by arrival without a word', async () => {
    const { a, b } = await team()
    const brand = addBrand(a)
    await meet(a, b)
    a.clock.advance(1_000)
    set(a, 'brands', { id: brand, slug: 'anna' })
    set(b, 'brands', { id: brand, slug: 'ben' })
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('brands', brand)).toMatchObject({ slug: 'ben' })
    expect(log(a)).toEqual([])
  })

  test('[R10] disjoint fields merge, and are logged; that of one desktop with itself is not', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    set(a, 'products', { id: product, name: 'Gold ring' })
    set(b, 'products', { id: product, price_cents: 900 })
    set(b, 'products', { id: product, sku: 'B' })
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('products', product)).toMatchObject({ name: 'Gold ring', price_cents: 900, sku: 'B' })
    expect(log(a)).toMatchObject([
      { decision: 'merged', device: 'Ben', fields: [{ name: 'price_cents', base: 1000, mine: 900, kept: 'mine' }] },
    ])
  })
})

describe('talking points', () => {
  test('[R7] two desktops add to one product: both stay, in an order that all share', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    addPoint(a, product, 'Real gold')
    addPoint(b, product, 'Made by hand')
    await meet(a, b)
    expectSame(a, b)
    expect(a.all('talking_points')).toHaveLength(2)
    expect(log(a)).toEqual([])
  })

  test('[R7] the text that is the newest already is dropped, and logged; an older one may come again', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    addPoint(a, product, 'Real gold')
    const second = addPoint(b, product, 'Real gold')
    await meet(a, b)
    expectSame(a, b)
    expect(a.all('talking_points')).toHaveLength(1)
    expect(log(a)).toMatchObject([
      { decision: 'duplicate', entity_id: second, device: 'Ben', image: { text: 'Real gold' } },
    ])
    b.clock.advance(1_000)
    addPoint(b, product, 'Made by hand')
    b.clock.advance(1_000)
    addPoint(b, product, 'Real gold')
    await meet(a, b)
    expectSame(a, b)
    expect(a.all('talking_points')).toHaveLength(3)
  })
})

describe('an insert whose id exists', () => {
  test('[R11] the row stays, what differs goes to the log, and both show the same', async () => {
    const { a, b } = await team()
    const id = uuid()
    for (const desk of [a, b]) {
      desk.writer.transact((tx) => tx.insert('brands', { id, name: desk.name, slug: '', notes: 'same' }))
    }
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('brands', id)).toMatchObject({ name: 'Anna' })
    expect(log(a)).toMatchObject([
      { decision: 'merged', detail: 'exists', fields: [{ name: 'name', mine: 'Ben', theirs: 'Anna', kept: 'theirs' }] },
    ])
  })

  test('[R12] decisions are rows like any other: every desktop has them, and nobody else can make them', async () => {
    const { a, b, desk } = await team()
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    set(a, 'products', { id: product, name: 'Anna' })
    set(b, 'products', { id: product, name: 'Ben' })
    await meet(a, b)
    const c = desk({ name: 'Cleo' })
    await c.sync()
    expect(log(c)).toEqual(log(a))
    expect(log(c)).toHaveLength(1)
  })
})
