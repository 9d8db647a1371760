import { expect, test } from 'vitest'
import { AppError } from '#shared/app-error.ts'
import { addBrand, addItem, addProduct } from '../sync/desk.ts'
import { apart, lineup, refusal } from './support.ts'

test('both: what stands stays, and the other version is an item behind it', async () => {
  const { anna, ben, settle, session, product, item } = await lineup()
  const second = addItem(
    anna.desk,
    { session, product: addProduct(anna.desk, addBrand(anna.desk)) },
    { order_key: 'a1' },
  )
  await settle()
  anna.set('session_products', item, { override_name: 'Hoops of gold' })
  ben.set('session_products', item, { override_name: 'Golden hoop', notes: 'for both' })
  await settle()
  const { id } = await anna.only()
  expect(await anna.call('conflicts.resolve', { id, keep: 'both' })).toEqual({ status: 'resolved' })
  await settle()
  for (const { desk, open } of [anna, ben]) {
    expect(await open()).toEqual([])
    const rows = desk
      .all('session_products')
      .toSorted((a, b) => (String(a['order_key']) < String(b['order_key']) ? -1 : 1))
    expect(rows).toMatchObject([
      { id: item, override_name: 'Hoops of gold', notes: 'for both' },
      { product_id: product, override_name: 'Golden hoop', notes: 'for both', session_id: session, number: null },
      { id: second },
    ])
  }
  expect(anna.desk.history.state(`session:${session}`).undo).toMatchObject([
    { label: 'Keep both versions of "Hoops of gold"' },
  ])
  anna.desk.history.undo(`session:${session}`)
  expect(anna.desk.all('session_products')).toHaveLength(2)
})

test('both: where numbers are frozen the copy counts on', async () => {
  const { anna, ben, settle, session, item } = await lineup()
  anna.set('session_products', item, { number: 7 })
  anna.set('sessions', session, { numbers_frozen_at: '2026-11-22T10:00:00.000Z', highest_number: 12 })
  await settle()
  anna.set('session_products', item, { notes: 'a' })
  ben.set('session_products', item, { notes: 'b' })
  await settle()
  await ben.call('conflicts.resolve', { id: (await ben.only()).id, keep: 'both' })
  await settle()
  for (const { desk } of [anna, ben]) {
    expect(desk.all('session_products').map(({ number, notes }) => [number, notes])).toEqual([
      [7, 'a'],
      [13, 'b'],
    ])
    expect(desk.row('sessions', session)).toMatchObject({ highest_number: 13 })
  }
})

test('both, from two desktops at once, makes one copy', async () => {
  const { anna, ben, settle } = await apart()
  const { id } = await ben.only()
  await anna.call('conflicts.resolve', { id, keep: 'both' })
  await ben.call('conflicts.resolve', { id, keep: 'both' })
  await settle()
  for (const { desk } of [anna, ben]) expect(desk.all('session_products')).toHaveLength(2)
})

test('both is not possible for a session', async () => {
  const { anna, ben, settle, session } = await lineup()
  anna.set('sessions', session, { name: 'Friday night' })
  ben.set('sessions', session, { name: 'Black Friday' })
  await settle()
  const { id, canKeepBoth } = await anna.only()
  expect(canKeepBoth).toBe(false)
  const { fields, message } = await refusal(anna.call('conflicts.resolve', { id, keep: 'both' }), 'bad-call')
  expect(fields).toHaveProperty('keep')
  expect(message).toContain('choose')
})

test('an answer that got lost: the copy is made once the decision has come back', async () => {
  const { anna, ben, settle } = await apart()
  anna.loseAnswer = true
  const { id } = await anna.only()
  await expect(anna.call('conflicts.resolve', { id, keep: 'both' })).rejects.toBeInstanceOf(AppError)
  expect(anna.desk.all('session_products')).toHaveLength(1)
  await settle()
  expect(await anna.open()).toEqual([])
  await settle()
  for (const { desk } of [anna, ben]) expect(desk.all('session_products')).toHaveLength(2)
  await anna.open()
  expect(anna.desk.all('session_products')).toHaveLength(2)
})

test('a decision that did not arrive leaves nothing behind when somebody else decides', async () => {
  const { anna, ben, settle } = await apart()
  anna.cutOff = true
  const { id } = await anna.only()
  await refusal(anna.call('conflicts.resolve', { id, keep: 'both' }), 'offline')
  await ben.call('conflicts.resolve', { id, keep: 'mine' })
  await settle()
  expect(await anna.open()).toEqual([])
  expect(anna.desk.all('session_products')).toHaveLength(1)
})
