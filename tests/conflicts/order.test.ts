import { expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { addBrand, addItem, addProduct, addSession } from '../sync/desk.ts'
import { field, refusal, team } from './support.ts'
import type { Team } from './support.ts'

interface Show extends Team {
  readonly session: string
  readonly items: readonly string[]
}

/** A line-up of items that are called 1, 2, … */
async function show(count: number): Promise<Show> {
  const all = await team()
  const { desk } = all.anna
  const brand = addBrand(desk)
  const session = addSession(desk)
  const items = Array.from({ length: count }, (_, index) =>
    addItem(desk, { session, product: addProduct(desk, brand, { name: `${index + 1}` }) }, { order_key: `a${index}` }),
  )
  await all.settle()
  return { ...all, session, items }
}

const names = (rows: readonly { readonly name: string }[] | undefined) => rows?.map(({ name }) => name).join(' ')
const moved = (rows: readonly { readonly name: string; readonly moved: boolean }[] | undefined) =>
  names(rows?.filter((row) => row.moved))

test('one item moved to two places: both orders, short, with the moved row marked', async () => {
  const { anna, ben, settle, items } = await show(9)
  const item = must(items[4], 'the fifth')
  anna.set('session_products', item, { order_key: 'Zz' })
  ben.set('session_products', item, { order_key: 'a8V' })
  await settle()
  const hers = await anna.only()
  const his = await ben.only()
  expect(hers).toMatchObject({
    kind: 'order',
    title: '5',
    entityId: item,
    canKeepBoth: false,
    text: 'You and Ben moved "5" to different places.',
    fields: [{ name: 'order', base: 5, mine: 1, theirs: 9 }],
  })
  expect(his.fields).toEqual([{ name: 'order', base: 5, mine: 9, theirs: 1 }])
  expect(names(hers.order?.mine)).toBe('5 1 2')
  expect(names(hers.order?.theirs)).toBe('8 9 5')
  expect(moved(hers.order?.mine)).toBe('5')
  expect(hers.order?.theirs).toMatchObject([
    { place: 7, number: 7, moved: false },
    { place: 8, number: 8, moved: false },
    { place: 9, number: 9, moved: true, itemId: item },
  ])
  expect(his.order).toEqual({ ...hers.order, mine: hers.order?.theirs, theirs: hers.order?.mine })
})

test('mine is kept', async () => {
  const { anna, ben, settle, items } = await show(4)
  const item = must(items[1], 'the second')
  anna.set('session_products', item, { order_key: 'Zz' })
  ben.set('session_products', item, { order_key: 'a8' })
  await settle()
  const { id } = await ben.only()
  await refusal(ben.call('conflicts.resolve', { id, keep: 'both' }), 'bad-call')
  await ben.call('conflicts.resolve', { id, keep: 'mine' })
  await settle()
  for (const { desk, open } of [anna, ben]) {
    expect(desk.row('session_products', item)).toMatchObject({ order_key: 'a8' })
    expect(await open()).toEqual([])
  }
})

test('a third place', async () => {
  const { anna, ben, settle, items } = await show(5)
  const item = must(items[0], 'the first')
  anna.set('session_products', item, { order_key: 'a1V' })
  ben.set('session_products', item, { order_key: 'a4V' })
  await settle()
  const { id } = await anna.only()
  for (const value of [0, 6, 1.5, 'first', null]) {
    const { fields } = await refusal(anna.call('conflicts.resolve', { id, choices: { order: { value } } }), 'bad-call')
    expect(fields).toEqual({ 'choices.order': 'Give a place from 1 to 5' })
  }
  await anna.call('conflicts.resolve', { id, choices: { order: { value: 4 } } })
  await settle()
  for (const { desk } of [anna, ben]) {
    const rows = desk
      .all('session_products')
      .toSorted((a, b) => (String(a['order_key']) < String(b['order_key']) ? -1 : 1))
    expect(rows.findIndex((row) => row['id'] === item)).toBe(3)
  }
})

test('a block that both moved is shown as a whole, and its conflicts are of one group', async () => {
  const { anna, ben, settle, items } = await show(8)
  const block = items.slice(3, 5)
  block.forEach((id, index) => anna.set('session_products', id, { order_key: `Zz${'AB'[index]}` }))
  block.forEach((id, index) => ben.set('session_products', id, { order_key: `b0${index + 1}` }))
  await settle()
  const conflicts = await ben.open()
  expect(conflicts).toHaveLength(2)
  const [one, other] = [must(conflicts[0], 'one'), must(conflicts[1], 'the other')]
  expect(one.order?.group).toBe(other.order?.group)
  const shown = conflicts.map(({ title, order }) => `${title}: ${names(order?.mine)} / ${names(order?.theirs)}`)
  expect(shown.toSorted()).toEqual(['4: 7 8 4 5 / 4 5 1', '5: 8 4 5 / 4 5 1 2'])
  expect(moved(one.order?.mine)).toBe('4 5')
  for (const { id } of conflicts) await ben.call('conflicts.resolve', { id, keep: 'mine' })
  await settle()
  for (const { desk } of [anna, ben]) {
    expect(desk.row('session_products', must(block[0], 'an item'))).toMatchObject({ order_key: 'b01' })
  }
})

test('a move of an item and an edit of it are no conflict; an edited field and a place are two', async () => {
  const { anna, ben, settle, items } = await show(3)
  const [first, second] = [must(items[0], 'the first'), must(items[1], 'the second')]
  anna.set('session_products', first, { order_key: 'a5' })
  ben.set('session_products', first, { notes: 'x' })
  await settle()
  expect(await anna.open()).toEqual([])
  anna.set('session_products', second, { order_key: 'a7', notes: 'a' })
  ben.set('session_products', second, { order_key: 'a8', notes: 'b' })
  await settle()
  const kinds = (await anna.open()).map(({ kind }) => kind)
  expect(kinds.toSorted()).toEqual(['field', 'order'])
  const order = must(
    (await anna.open()).find(({ kind }) => kind === 'order'),
    'the order',
  )
  expect(field(order, 'order')).toMatchObject({ mine: 3, theirs: 3 })
})
