import { expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { v7 as uuid } from 'uuid'
import { addBrand, addItem, addProduct } from '../sync/desk.ts'
import { apart, lineup, refusal, team } from './support.ts'
import type { Member } from './support.ts'

const newest = async (member: Member, decision: string) =>
  must((await member.call('conflicts.log', { decision })).items[0], decision)

test('a price comes back, also offline, for everyone, and can be undone', async () => {
  const { anna, ben, settle, product } = await lineup()
  anna.set('products', product, { price_cents: 800 })
  ben.set('products', product, { price_cents: 900 })
  await settle()
  anna.cutOff = true
  const { id } = await newest(anna, 'overwrote')
  const answer = await anna.call('conflicts.restore', { logId: id })
  expect(answer).toMatchObject({ entity: 'products', entityId: product, fields: ['priceCents'] })
  expect(anna.desk.row('products', product)).toMatchObject({ price_cents: 800 })
  expect(anna.desk.outbox.count()).toBe(1)
  expect(await newest(anna, 'overwrote')).toMatchObject({
    restorable: false,
    text: 'Your price of "Gold hoop" was replaced by Ben\'s.',
    fields: [{ now: 800 }],
  })
  await settle()
  expect(ben.desk.row('products', product)).toMatchObject({ price_cents: 800 })
  expect(anna.desk.history.state('products').undo).toMatchObject([
    { id: answer.undo?.id, label: 'Restore the price of "Gold hoop"' },
  ])
  anna.desk.history.undo(must(answer.undo, 'the undo').scope, answer.undo?.id)
  await settle()
  expect(ben.desk.row('products', product)).toMatchObject({ price_cents: 900 })
})

test('either side, and again: nothing changes the second time', async () => {
  const { anna, ben, settle, product } = await lineup()
  anna.set('products', product, { price_cents: 800, name: 'A' })
  ben.set('products', product, { price_cents: 900, name: 'B' })
  await settle()
  const { id: logId } = await newest(ben, 'overwrote')
  expect(await ben.call('conflicts.restore', { logId, which: 'mine' })).toMatchObject({ fields: [], undo: null })
  expect((await ben.call('conflicts.restore', { logId, which: 'theirs' })).fields.toSorted()).toEqual([
    'name',
    'priceCents',
  ])
  expect(ben.desk.row('products', product)).toMatchObject({ price_cents: 800, name: 'A' })
  expect(await ben.call('conflicts.restore', { logId })).toMatchObject({ fields: [], undo: null })
  await ben.call('conflicts.restore', { logId, which: 'mine' })
  expect(ben.desk.row('products', product)).toMatchObject({ price_cents: 900, name: 'B' })
})

test('what was changed again since is not replaced unasked', async () => {
  const { anna, ben, settle, product } = await lineup()
  anna.set('products', product, { price_cents: 800 })
  ben.set('products', product, { price_cents: 900 })
  await settle()
  ben.set('products', product, { price_cents: 950 })
  await settle()
  const { id: logId, fields } = await newest(anna, 'overwrote')
  expect(fields).toMatchObject([{ now: 950 }])
  const { message } = await refusal(anna.call('conflicts.restore', { logId }), 'stale')
  expect(message).toContain('changed again since')
  expect(anna.desk.row('products', product)).toMatchObject({ price_cents: 950 })
  await anna.call('conflicts.restore', { logId, force: true })
  expect(anna.desk.row('products', product)).toMatchObject({ price_cents: 800 })
})

test('a text leaves a version behind; what Shopify says is not taken again', async () => {
  const { anna, ben, settle } = await team()
  const shopify = { source: 'shopify', shopify_values: JSON.stringify({ name: 'From Shopify', tags: ['a'] }) }
  const product = addProduct(anna.desk, addBrand(anna.desk), { name: 'From Shopify', tags: '["a"]', ...shopify })
  await settle()
  anna.set('products', product, { talking_points_md: 'hers', tags: '["hers"]', overridden: '["tags"]' })
  ben.set('products', product, { talking_points_md: 'his', tags: '["a"]' })
  await settle()
  anna.set('products', product, { tags: '["x"]', overridden: '[]' })
  ben.set('products', product, { tags: '["y"]' })
  await settle()
  const logs = (await anna.call('conflicts.log', { decision: 'overwrote' })).items
  const points = must(
    logs.find(({ fields }) => fields.some(({ name }) => name === 'talkingPointsMd')),
    'the points',
  )
  await anna.call('conflicts.restore', { logId: points.id, force: true })
  expect(anna.desk.row('products', product)).toMatchObject({ talking_points_md: 'hers' })
  expect(anna.desk.all('talking_points')).toMatchObject([{ product_id: product, text: 'hers', author_name: 'Anna' }])
  const tags = must(logs[0], 'the tags')
  await anna.call('conflicts.restore', { logId: tags.id, force: true })
  expect(anna.desk.row('products', product)).toMatchObject({ tags: '["x"]', overridden: '["tags"]' })
})

test('a deleted product comes back with the edit that it met, and with what fell with it', async () => {
  const { anna, ben, settle } = await team()
  const product = addProduct(anna.desk, addBrand(anna.desk), { name: 'Pearl' })
  const variant = uuid()
  const kept = uuid()
  anna.desk.writer.transact((tx) => {
    for (const id of [variant, kept]) {
      tx.insert('product_variants', {
        id,
        product_id: product,
        title: 'S',
        sku: null,
        barcode: null,
        price_cents: null,
        compare_at_price_cents: null,
        options: '[{"name":"Size","value":"S"}]',
        position: 1,
        stock: 3,
      })
    }
  })
  await settle()
  anna.desk.writer.transact((tx) => {
    for (const id of [variant, kept]) tx.remove('product_variants', id)
    tx.remove('products', product)
  })
  await anna.desk.sync()
  ben.set('products', product, { price_cents: 500 })
  ben.set('product_variants', variant, { stock: 2 })
  await settle()
  expect(ben.desk.row('products', product)).toBeUndefined()
  const entry = must(
    (await ben.call('conflicts.log', { decision: 'deleted', entity: 'products' })).items[0],
    'the entry',
  )
  const { undo, fields } = await ben.call('conflicts.restore', { logId: entry.id })
  expect(fields).toEqual([])
  await settle()
  for (const { desk } of [anna, ben]) {
    expect(desk.row('products', product)).toMatchObject({ name: 'Pearl', price_cents: 500, tags: '["gold"]' })
    expect(desk.all('product_variants')).toMatchObject([
      { id: variant, stock: 3, options: '[{"name":"Size","value":"S"}]' },
      { id: kept, stock: 3 },
    ])
  }
  // It is there: nothing is left to restore.
  expect(await ben.call('conflicts.restore', { logId: entry.id })).toMatchObject({ fields: [], undo: null })
  expect(undo?.scope).toBe('products')
  ben.desk.history.undo('products')
  await settle()
  expect(anna.desk.all('products')).toEqual([])
})

test('a part waits for its whole', async () => {
  const { anna, ben, settle } = await team()
  const brand = addBrand(anna.desk)
  const product = addProduct(anna.desk, brand, { name: 'Pearl' })
  await settle()
  anna.remove('products', product)
  await anna.desk.sync()
  ben.set('products', product, { price_cents: 500 })
  await settle()
  anna.remove('brands', brand)
  await settle()
  const entry = await newest(ben, 'deleted')
  expect(entry.restorable).toBe(false)
  const { message } = await refusal(ben.call('conflicts.restore', { logId: entry.id }), 'conflict')
  expect(message).toBe('Its brand is not there any more. Restore the brand first.')
})

test('the side that deleted has it that way already', async () => {
  const { anna, ben, settle } = await team()
  const product = addProduct(anna.desk, addBrand(anna.desk), { name: 'Opal' })
  await settle()
  anna.set('products', product, { price_cents: 1 })
  ben.remove('products', product)
  await anna.desk.sync()
  await settle()
  const { id: logId } = await newest(ben, 'deleted changed')
  expect(await ben.call('conflicts.restore', { logId, which: 'mine' })).toMatchObject({ undo: null })
  expect(ben.desk.all('products')).toEqual([])
  await ben.call('conflicts.restore', { logId })
  await settle()
  for (const { desk } of [anna, ben])
    expect(desk.row('products', product)).toMatchObject({ name: 'Opal', price_cents: 1 })
})

test('a decision of a person: the other side, or a side of two where a third was written', async () => {
  const { anna, ben, settle, session, item } = await apart()
  await ben.call('conflicts.resolve', { id: (await ben.only()).id, keep: 'theirs' })
  await settle()
  const entry = await newest(anna, 'resolved')
  const { undo } = await anna.call('conflicts.restore', { logId: entry.id })
  expect(undo?.scope).toBe(`session:${session}`)
  await settle()
  expect(ben.desk.row('session_products', item)).toMatchObject({ override_name: 'Golden hoop' })

  anna.set('session_products', item, { notes: 'a' })
  ben.set('session_products', item, { notes: 'b' })
  await settle()
  await ben.call('conflicts.resolve', { id: (await ben.only()).id, choices: { notes: { value: 'a and b' } } })
  await settle()
  const third = await newest(anna, 'resolved')
  expect(third.restorable).toBe(false)
  expect((await refusal(anna.call('conflicts.restore', { logId: third.id }), 'bad-call')).fields).toHaveProperty(
    'which',
  )
  await anna.call('conflicts.restore', { logId: third.id, which: 'theirs' })
  expect(anna.desk.row('session_products', item)).toMatchObject({ notes: 'b' })
})

test('a removal that was decided is taken back', async () => {
  const { anna, ben, settle, session, item } = await lineup()
  anna.set('session_products', item, { notes: 'edited' })
  ben.remove('session_products', item)
  await settle()
  await ben.call('conflicts.resolve', { id: (await ben.only()).id, keep: 'mine' })
  await settle()
  expect(anna.desk.all('session_products')).toEqual([])
  const { id: logId } = await newest(anna, 'resolved')
  expect(await anna.call('conflicts.restore', { logId, which: 'theirs' })).toMatchObject({ undo: null })
  const { undo } = await anna.call('conflicts.restore', { logId })
  expect(undo?.scope).toBe(`session:${session}`)
  await settle()
  for (const { desk } of [anna, ben]) expect(desk.row('session_products', item)).toMatchObject({ notes: 'edited' })
})

test('a session that was given up while it was edited comes back whole', async () => {
  const { anna, ben, settle, session, item } = await lineup()
  anna.remove('session_products', item)
  anna.remove('sessions', session)
  ben.set('sessions', session, { notes: 'for tonight' })
  await settle()
  await ben.call('conflicts.resolve', { id: (await ben.only()).id, keep: 'theirs' })
  await settle()
  const entry = await newest(ben, 'resolved')
  expect(entry).toMatchObject({ title: 'Friday', restorable: true })
  expect(await ben.call('conflicts.restore', { logId: entry.id, which: 'theirs' })).toMatchObject({ undo: null })
  const { undo } = await ben.call('conflicts.restore', { logId: entry.id })
  expect(undo?.scope).toBe('sessions')
  await settle()
  for (const { desk } of [anna, ben]) {
    expect(desk.row('sessions', session)).toMatchObject({ notes: 'for tonight' })
    expect(desk.all('session_products')).toMatchObject([{ id: item, notes: 'before' }])
  }
})

test('a number that belongs to another item now', async () => {
  const { anna, ben, settle, session, product, item } = await lineup()
  anna.set('session_products', item, { number: 1 })
  anna.set('sessions', session, { numbers_frozen_at: '2026-11-22T10:00:00.000Z', highest_number: 1 })
  await settle()
  const hers = addItem(anna.desk, { session, product }, { order_key: 'a1', number: 2 })
  const his = addItem(ben.desk, { session, product }, { order_key: 'a2', number: 2 })
  await settle()
  expect(ben.desk.row('session_products', his)).toMatchObject({ number: 3 })
  const entry = await newest(ben, 'renumbered')
  expect(entry).toMatchObject({
    fields: [{ name: 'number', mine: 2, theirs: 3, kept: 'theirs' }],
    restorable: false,
    text: '"Gold hoop" got another number, because the one it had was taken.',
  })
  const { message } = await refusal(ben.call('conflicts.restore', { logId: entry.id }), 'conflict')
  expect(message).toBe('Number 2 belongs to another item of this line-up now.')
  ben.remove('session_products', hers)
  await ben.call('conflicts.restore', { logId: entry.id })
  await settle()
  for (const { desk } of [anna, ben]) expect(desk.row('session_products', his)).toMatchObject({ number: 2 })
})

test('what is not in the log, or no more in the catalogue', async () => {
  const { anna, ben, settle } = await team()
  await refusal(anna.call('conflicts.restore', { logId: uuid() }), 'not-found')
  const product = addProduct(anna.desk, addBrand(anna.desk), { name: 'Pearl' })
  await settle()
  anna.set('products', product, { price_cents: 1 })
  ben.set('products', product, { price_cents: 2 })
  await settle()
  anna.remove('products', product)
  await settle()
  const { id: logId, restorable, title } = await newest(ben, 'overwrote')
  expect([restorable, title]).toEqual([false, 'A product'])
  const { message } = await refusal(ben.call('conflicts.restore', { logId }), 'not-found')
  expect(message).toContain('not there any more')
})
