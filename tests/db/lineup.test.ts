import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { LineupItem } from '../../src/shared/sessions.ts'
import { readItem, readLineup } from '../../src/main/db/lineup.ts'
import { catalogue } from '../sessions/catalogue.ts'
import { testCore } from '../support/core.ts'

test('items stand in bytewise order of their keys, ties by id, and are numbered by place', () => {
  const core = testCore()
  const make = catalogue(core)
  const session = make.session()
  const [low, high] = [uuid(), uuid()].toSorted()
  const lower = make.item(session, make.product(), { order_key: 'a0' })
  const upper = make.item(session, make.product(), { order_key: 'Zz' })
  make.item(session, make.product(), { order_key: 'a1', id: high ?? '' })
  make.item(session, make.product(), { order_key: 'a1', id: low ?? '' })
  const items = readLineup(core.db, session)
  expect(items.map((item) => item.id)).toEqual([upper, lower, low, high])
  expect(items.map((item) => item.number)).toEqual([1, 2, 3, 4])
})

test('frozen numbers stay whatever the order; an item without one counts on behind the highest', () => {
  const core = testCore()
  const make = catalogue(core)
  const session = make.session({ numbers_frozen_at: core.clock.now() })
  make.item(session, make.product(), { order_key: 'a2', number: 7 })
  make.item(session, make.product(), { order_key: 'a0' })
  make.item(session, make.product(), { order_key: 'a1', number: 2 })
  expect(readLineup(core.db, session).map((item) => item.number)).toEqual([8, 2, 7])
})

test('overrides win over the catalogue, which stays readable; empty text and 0 are overrides too', () => {
  const core = testCore()
  const make = catalogue(core)
  const session = make.session()
  const product = make.product({
    name: 'Ring',
    price_cents: 500,
    compare_at_price_cents: 900,
    talking_points_md: '- old',
  })
  const id = make.item(session, product, {
    order_key: 'a0',
    override_name: 'Ring <b>"gold" 💍</b>',
    override_compare_at_price_cents: 0,
    override_talking_points_md: '',
  })
  const item = readItem(core.db, id)
  expect(LineupItem.parse(item)).toEqual(item)
  expect(item).toMatchObject({
    name: 'Ring <b>"gold" 💍</b>',
    priceCents: 500,
    compareAtPriceCents: 0,
    talkingPointsMd: '',
    overrides: { name: 'Ring <b>"gold" 💍</b>', compareAtPriceCents: 0, talkingPointsMd: '' },
    catalogue: {
      name: 'Ring',
      priceCents: 500,
      compareAtPriceCents: 900,
      talkingPointsMd: '- old',
      brandName: 'Aurora',
    },
  })
})

test('only pictures that are here are listed, the primary one first, and all are counted', () => {
  const core = testCore()
  const make = catalogue(core)
  const session = make.session()
  const product = make.product()
  make.image(product, { position: 1, file: 'one.webp' })
  make.image(product, { position: 2 })
  make.image(product, { position: 3, file: 'three.webp', primary: true })
  make.item(session, product, { order_key: 'a0' })
  const [item] = readLineup(core.db, session)
  expect(item?.images).toEqual([
    { src: '/media/three.webp', alt: 'picture 3', width: 800, height: 600 },
    { src: '/media/one.webp', alt: 'picture 1', width: 800, height: 600 },
  ])
  expect(item?.imageCount).toBe(3)
})

test('sizes come from the variants', () => {
  const core = testCore()
  const make = catalogue(core)
  const session = make.session()
  const product = make.product()
  for (const [position, value] of ['S', 'M', 'L'].entries()) {
    make.variant(product, { position, options: JSON.stringify([{ name: 'Size', value }]) })
  }
  make.item(session, product, { order_key: 'a0' })
  make.item(session, make.product(), { order_key: 'a1' })
  expect(readLineup(core.db, session).map((item) => item.sizes)).toEqual(['S–L', null])
})

test('an unknown session has no items and an unknown item is undefined', () => {
  const { db } = testCore()
  expect(readLineup(db, uuid())).toEqual([])
  expect(readItem(db, uuid())).toBeUndefined()
})
