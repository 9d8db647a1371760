import { expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { withShownImages } from '../../src/main/live/card.ts'
import { settle, studio } from './support.ts'
import type { Studio } from './support.ts'

function show(count = 3): Studio {
  const made = studio(count)
  made.call('live.start', { sessionId: made.sessionId, mode: 'live' })
  return made
}

test('the card says what the line-up says: overrides, sizes, variants, notes and pictures', () => {
  const { call, sessionId, make } = studio(0)
  const product = make.product({ name: 'Hoop', price_cents: 1999, compare_at_price_cents: 2999, sku: 'H-1' })
  const sizes = (value: string) => JSON.stringify([{ name: 'Size', value }])
  make.variant(product, { title: 'S', options: sizes('S'), position: 1 })
  make.variant(product, { title: 'M', options: sizes('M'), position: 2 })
  make.image(product, { position: 1, file: 'one.png' })
  make.image(product, { position: 2 })
  make.item(sessionId, product, { order_key: 'a0', override_name: 'Show hoop', notes: 'Hold it up', section: 'Gold' })
  expect(call('live.start', { sessionId, mode: 'live' }).card).toMatchObject({
    number: 1,
    name: 'Show hoop',
    priceCents: 1999,
    compareAtPriceCents: 2999,
    sku: 'H-1',
    section: 'Gold',
    notes: 'Hold it up',
    sizes: 'S–M',
    variants: ['S', 'M'],
    images: [{ src: '/media/one.png', alt: 'picture 1', width: 800, height: 600 }],
  })
})

test("Shopify's name for the only variant of a product is not shown", () => {
  const { call, sessionId, make, product } = studio(1)
  make.variant(product(1), { title: 'Default Title' })
  expect(call('live.start', { sessionId, mode: 'live' }).card?.variants).toEqual([])
})

test('an edit of the item on air is staged until "Update host"', async () => {
  const { call, sessionId, product, edit } = show()
  edit(product(1), { price_cents: 4_200, name: 'Sale' })
  await settle()
  const staged = call('live.state', { sessionId })
  expect(staged).toMatchObject({ staged: true, card: { name: 'Product 1', priceCents: 1001 } })
  expect(staged.lineup[0]).toMatchObject({ name: 'Sale', priceCents: 4_200 })
  expect(call('live.updateHost', { sessionId })).toMatchObject({
    staged: false,
    card: { name: 'Sale', priceCents: 4_200 },
  })
})

test('a size that is added while the item is on air is staged like any edit', () => {
  const { call, sessionId, product, make } = show()
  make.variant(product(1), { title: 'XL' })
  expect(call('live.state', { sessionId })).toMatchObject({ staged: true, card: { variants: [] } })
  expect(call('live.updateHost', { sessionId }).card?.variants).toEqual(['XL'])
})

test('an edit that is taken back is staged no longer', () => {
  const { call, sessionId, product, edit } = show()
  edit(product(1), { name: 'Oops' })
  edit(product(1), { name: 'Product 1' })
  expect(call('live.state', { sessionId }).staged).toBe(false)
})

test('other items are never staged: they are read when they go on air', () => {
  const { call, sessionId, product, edit } = show()
  edit(product(2), { name: 'New name' })
  expect(call('live.state', { sessionId }).staged).toBe(false)
  expect(call('live.next', { sessionId }).card?.name).toBe('New name')
})

test('a staged edit is still staged after a restart', () => {
  const { call, sessionId, product, edit, restart } = show()
  edit(product(1), { name: 'Sale' })
  restart()
  expect(call('live.state', { sessionId })).toMatchObject({ staged: true, card: { name: 'Product 1' } })
})

test('"Update host" stays on the picture, or on the last one where there are fewer', () => {
  const { call, sessionId, make, product, db } = show()
  const images = [1, 2, 3].map((position) => make.image(product(2), { position, file: `${position}.png` }))
  call('live.next', { sessionId })
  call('live.image', { sessionId, step: 2 })
  expect(call('live.updateHost', { sessionId }).imageIndex).toBe(2)
  db.run(db.build.deleteFrom('product_images').where('id', 'in', images.slice(1)))
  make.image(product(1), { position: 1 })
  expect(call('live.updateHost', { sessionId })).toMatchObject({
    imageIndex: 0,
    card: { images: [{ src: '/media/1.png' }] },
  })
})

test('pictures that arrive go onto the card by themselves, and the one that is shown stays', async () => {
  const { call, sessionId, make, product } = show()
  make.image(product(2), { position: 2, file: 'two.png' })
  call('live.next', { sessionId })
  make.image(product(2), { position: 1, file: 'one.png' })
  make.image(product(2), { position: 3, file: 'three.png' })
  await settle()
  const state = call('live.state', { sessionId })
  expect(state.card?.images.map(({ src }) => src)).toEqual(['/media/one.png', '/media/two.png', '/media/three.png'])
  expect(state).toMatchObject({ imageIndex: 1, staged: false })
})

test('a picture that is taken away is an edit like any other', async () => {
  const { call, sessionId, make, product, writer } = show()
  const gone = make.image(product(2), { position: 1, file: 'one.png' })
  call('live.next', { sessionId })
  writer.transact((tx) => tx.remove('product_images', gone))
  await settle()
  expect(call('live.state', { sessionId })).toMatchObject({
    staged: true,
    card: { images: [{ src: '/media/one.png' }] },
  })
})

test('with "push as I type" edits reach the host at once, also those staged before', async () => {
  const { call, sessionId, product, edit, settings, db } = show()
  edit(product(1), { name: 'Staged' })
  settings.update({ pushAsTyped: true })
  await settle()
  expect(call('live.state', { sessionId })).toMatchObject({ staged: false, card: { name: 'Staged' } })
  edit(product(1), { name: 'Typed' })
  await settle()
  expect(db.statement('SELECT card FROM session_states').get()).toEqual({ card: expect.stringContaining('"Typed"') })
})

test('HTML in a name stays the text that it is', () => {
  const { call, sessionId, product, edit } = show()
  edit(product(2), { name: '<img src=x onerror=alert(1)> & "co"' })
  expect(call('live.next', { sessionId }).card?.name).toBe('<img src=x onerror=alert(1)> & "co"')
})

test('a stored card of another shape is done without', () => {
  const { call, sessionId, db } = show()
  db.run(db.build.updateTable('session_states').set({ card: '{"itemId":1}', message: 'no JSON', history: '{}' }))
  expect(call('live.state', { sessionId })).toMatchObject({
    mode: 'live',
    number: 1,
    card: null,
    message: null,
    staged: true,
  })
  expect(call('live.updateHost', { sessionId }).card?.name).toBe('Product 1')
})

test('of two desktops with "push as I type", the one with fewer pictures leaves those of the other on air', () => {
  const made = show()
  const image = (src: string) => ({ src, alt: '', width: 1, height: 1 })
  const card = {
    ...must(made.call('live.state', { sessionId: made.sessionId }).card, 'a card'),
    images: [image('x'), image('y')],
  }
  const fewer = { ...card, name: 'Typed', images: [image('x')] }
  expect(withShownImages(fewer, card)).toEqual({ ...card, name: 'Typed' })
  expect(withShownImages(card, { ...fewer, images: [image('x')] })).toEqual(card)
  const turned = { ...fewer, images: [image('y'), image('x')] }
  expect(withShownImages(turned, card)).toEqual(turned)
})
