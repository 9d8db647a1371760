import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { refusal, sessionsCore } from './support.ts'

const at = <T>(list: readonly T[], index: number): T => {
  const value = list[index]
  if (value === undefined) throw new Error(`Nothing at ${index}`)
  return value
}

test('products go behind the given item under its heading, or at the end; those that are there are left out', () => {
  const { call, filled, make, names } = sessionsCore()
  const { id, items, products } = filled(3)
  call('lineup.update', { itemId: at(items, 0), patch: { section: 'Rings' } })
  const [x, y] = [make.product({ name: 'X' }), make.product({ name: 'Y' })]
  const { added, duplicates } = call('lineup.add', {
    sessionId: id,
    productIds: [y, at(products, 2), x, y],
    after: at(items, 0),
  })
  expect(duplicates).toEqual([at(products, 2), y])
  expect(names(id)).toEqual(['P1', 'Y', 'X', 'P2', 'P3'])
  const detail = call('sessions.get', { id })
  expect(detail.items.slice(1, 3).map((item) => [item.id, item.section])).toEqual(added.map((one) => [one, 'Rings']))
  call('lineup.add', { sessionId: id, productIds: [make.product({ name: 'Z' })], after: null })
  expect(names(id).at(-1)).toBe('Z')
  expect(call('sessions.get', { id }).items.at(-1)?.section).toBeNull()
})

test('adding only what is there already is no step', () => {
  const { call, filled, undoLabels } = sessionsCore()
  const { id, products } = filled(2)
  expect(call('lineup.add', { sessionId: id, productIds: products })).toEqual({ added: [], duplicates: products })
  expect(undoLabels(`session:${id}`)).toEqual([])
})

test('an unknown product, session or anchor refuses the whole call', () => {
  const { call, filled, make, names } = sessionsCore()
  const { id, items } = filled(2)
  const other = filled(1)
  const product = make.product()
  refusal(() => call('lineup.add', { sessionId: id, productIds: [product, uuid()] }), 'not-found')
  refusal(() => call('lineup.add', { sessionId: uuid(), productIds: [product] }), 'not-found')
  refusal(() => call('lineup.add', { sessionId: id, productIds: [product], after: at(other.items, 0) }), 'not-found')
  refusal(() => call('lineup.move', { itemId: at(items, 0), after: at(other.items, 0) }), 'not-found')
  refusal(() => call('lineup.move', { itemId: uuid(), after: null }), 'not-found')
  refusal(() => call('lineup.remove', { itemIds: [at(items, 0), uuid()] }), 'not-found')
  refusal(() => call('lineup.update', { itemId: uuid(), patch: { skip: true } }), 'not-found')
  expect(names(id)).toEqual(['P1', 'P2'])
})

test('items of two sessions in one call are refused, and so is a call that names none or both ways', () => {
  const { call, filled, snapshot } = sessionsCore()
  const [one, two] = [filled(2), filled(2)]
  const itemIds = [at(one.items, 0), at(two.items, 0)]
  const before = snapshot()
  refusal(() => call('lineup.remove', { itemIds }), 'bad-call')
  refusal(() => call('lineup.move', { itemIds, after: null }), 'bad-call')
  refusal(() => call('lineup.update', { itemIds, patch: { skip: true } }), 'bad-call')
  refusal(() => call('lineup.remove', {}), 'bad-call')
  refusal(() => call('lineup.remove', { itemId: at(one.items, 0), itemIds: one.items }), 'bad-call')
  expect(snapshot()).toEqual(before)
})

test('one item and a scattered block move, the block in its own order', () => {
  const { call, filled, names } = sessionsCore()
  const { id, items } = filled(5)
  call('lineup.move', { itemId: at(items, 4), after: null })
  expect(names(id)).toEqual(['P5', 'P1', 'P2', 'P3', 'P4'])
  const { moved } = call('lineup.move', {
    itemIds: [at(items, 3), at(items, 0)],
    after: at(items, 1),
    section: 'Rings',
  })
  expect(names(id)).toEqual(['P5', 'P2', 'P1', 'P4', 'P3'])
  expect(moved).toEqual([at(items, 0), at(items, 3)])
  expect(call('sessions.get', { id }).items.map((item) => item.section)).toEqual([null, null, 'Rings', 'Rings', null])
})

test('a move to where it is, or behind itself, changes nothing', () => {
  const { call, filled, names, undoLabels } = sessionsCore()
  const { id, items } = filled(3)
  call('lineup.move', { itemId: at(items, 1), after: at(items, 0) })
  call('lineup.move', { itemId: at(items, 1), after: at(items, 1) })
  call('lineup.move', { itemIds: [at(items, 0), at(items, 1)], after: at(items, 1) })
  call('lineup.move', { itemIds: items, after: null })
  expect(names(id)).toEqual(['P1', 'P2', 'P3'])
  expect(undoLabels(`session:${id}`)).toEqual([])
})

test('overrides merge, null reverts one, and a value equal to the catalogue stays an override', () => {
  const { call, filled, undoLabels } = sessionsCore()
  const { id, items } = filled(1)
  const itemId = at(items, 0)
  const set = (overrides: object) => at(call('lineup.update', { itemId, patch: { overrides } }).items, 0)
  set({ name: 'Other' })
  expect(set({ priceCents: 1_900, compareAtPriceCents: 0 }).overrides).toEqual({
    name: 'Other',
    priceCents: 1_900,
    compareAtPriceCents: 0,
  })
  expect(set({ name: null })).toMatchObject({ name: 'P1', overrides: { priceCents: 1_900, compareAtPriceCents: 0 } })
  set({ priceCents: 1_900 })
  set({ name: null })
  expect(undoLabels(`session:${id}`)).toEqual([
    'Revert the name of "Other"',
    'Change "Other"',
    'Change the name of "P1"',
  ])
})

test('one patch goes to many items, and the answer holds them in line-up order', () => {
  const { call, filled, undoLabels } = sessionsCore()
  const { id, items } = filled(4)
  const answer = call('lineup.update', { itemIds: [at(items, 2), at(items, 0), at(items, 2)], patch: { skip: true } })
  expect(answer.items.map((item) => [item.id, item.skip])).toEqual([
    [at(items, 0), true],
    [at(items, 2), true],
  ])
  call('lineup.update', { itemIds: items, patch: { section: 'Rings' } })
  call('lineup.update', { itemIds: items, patch: { section: null, notes: 'x' } })
  expect(undoLabels(`session:${id}`)).toEqual(['Change 4 items', 'Move 4 items to "Rings"', 'Skip 2 items'])
})

test('numbers follow the order in a draft and stay once they are frozen', () => {
  const { call, filled, make, names, numbers, goLive } = sessionsCore()
  const { id, items } = filled(3)
  call('lineup.move', { itemId: at(items, 2), after: null })
  expect(numbers(id)).toEqual([1, 2, 3])
  goLive(id)
  call('lineup.move', { itemId: at(items, 1), after: null })
  expect([names(id), numbers(id)]).toEqual([
    ['P2', 'P3', 'P1'],
    [3, 1, 2],
  ])
  call('lineup.remove', { itemId: at(items, 2) })
  expect(numbers(id)).toEqual([3, 2])
  call('lineup.add', { sessionId: id, productIds: [make.product({ name: 'New' })], after: at(items, 1) })
  expect([names(id), numbers(id)]).toEqual([
    ['P2', 'New', 'P1'],
    [3, 4, 2],
  ])
})

test('a number that was given out never comes back as another item, not even after undo', () => {
  const { call, filled, make, numbers, goLive } = sessionsCore()
  const { id, items } = filled(3)
  goLive(id)
  const add = () => call('lineup.add', { sessionId: id, productIds: [make.product()] }).added[0]
  call('lineup.remove', { itemId: at(items, 2) })
  add()
  expect(numbers(id)).toEqual([1, 2, 4])
  call('history.undo', { scope: `session:${id}` })
  add()
  expect(numbers(id)).toEqual([1, 2, 5])
})

test('an item that has no number yet in a frozen line-up keeps the one that it shows', () => {
  const { call, filled, make, numbers, goLive } = sessionsCore()
  const { id, items } = filled(3)
  call('lineup.remove', { itemId: at(items, 0) })
  goLive(id)
  call('history.undo', { scope: `session:${id}` })
  expect(numbers(id)).toEqual([3, 1, 2])
  call('lineup.add', { sessionId: id, productIds: [make.product()] })
  expect(numbers(id)).toEqual([3, 1, 2, 4])
})

test('renumbering gives frozen numbers anew, can be undone, and does nothing in a draft', () => {
  const { call, filled, goLive, numbers, writer, undoLabels } = sessionsCore()
  const { id, items } = filled(3)
  call('lineup.renumber', { sessionId: id })
  expect(undoLabels(`session:${id}`)).toEqual([])
  goLive(id, { guard: 0 })
  call('lineup.remove', { itemId: at(items, 0) })
  expect(refusal(() => call('lineup.renumber', { sessionId: id }), 'conflict')).toContain('after the show')
  writer.transact((tx) => {
    tx.update('sessions', id, { status: 'ended' })
    tx.update('session_states', id, { mode: 'off' })
  })
  const { undoId } = call('lineup.renumber', { sessionId: id })
  expect(numbers(id)).toEqual([1, 2])
  call('history.undo', { scope: `session:${id}`, id: undoId })
  expect(numbers(id)).toEqual([2, 3])
})

test('under the live guard only single items come, go and move, by undo too', () => {
  const { call, filled, make, names, goLive } = sessionsCore()
  const { id, items } = filled(4)
  const scope = `session:${id}`
  call('lineup.add', { sessionId: id, productIds: [make.product({ name: 'X' }), make.product({ name: 'Y' })] })
  goLive(id)
  for (const refused of [
    () => call('lineup.remove', { itemIds: items.slice(0, 2) }),
    () => call('lineup.renumber', { sessionId: id }),
    () => call('history.undo', { scope }),
  ]) {
    expect(refusal(refused, 'conflict')).toContain('guard')
  }
  expect(names(id)).toHaveLength(6)
  call('lineup.remove', { itemIds: [at(items, 0)] })
  call('lineup.move', { itemId: at(items, 3), after: null })
  call('lineup.update', { itemIds: items.slice(1), patch: { skip: true } })
  for (let step = 0; step < 3; step++) call('history.undo', { scope })
  expect(names(id)).toEqual(['P1', 'P2', 'P3', 'P4', 'X', 'Y'])
})

test('with the guard off, or in rehearsal, several items may go', () => {
  const { call, filled, goLive, names } = sessionsCore()
  const [one, two] = [filled(3), filled(3)]
  goLive(one.id, { guard: 0 })
  goLive(two.id, { mode: 'rehearsal' })
  call('lineup.remove', { itemIds: one.items.slice(1) })
  call('lineup.remove', { itemIds: two.items.slice(1) })
  expect([names(one.id), names(two.id)]).toEqual([['P1'], ['P1']])
})

test('a removal is not undone into a second copy of the product', () => {
  const { call, filled, names } = sessionsCore()
  const { id, items, products } = filled(2)
  const { undoId } = call('lineup.remove', { itemId: at(items, 0) })
  call('lineup.add', { sessionId: id, productIds: [at(products, 0)] })
  refusal(() => call('history.undo', { scope: `session:${id}`, id: undoId }), 'stale')
  expect(names(id)).toEqual(['P2', 'P1'])
})

test('a removal is undone into its own number, whatever came since', () => {
  const { call, filled, goLive, make, names, numbers } = sessionsCore()
  const { id, items } = filled(3)
  goLive(id)
  const { undoId } = call('lineup.remove', { itemId: at(items, 2) })
  call('lineup.add', { sessionId: id, productIds: [make.product({ name: 'New' })] })
  call('history.undo', { scope: `session:${id}`, id: undoId })
  const byName = new Map(names(id).map((name, index) => [name, numbers(id)[index]]))
  expect(Object.fromEntries(byName)).toEqual({ P1: 1, P2: 2, P3: 3, New: 4 })
})

test('renumbering is not undone into a number that a later item has', () => {
  const { call, filled, goLive, make, numbers, writer } = sessionsCore()
  const { id, items } = filled(3)
  goLive(id, { guard: 0 })
  call('lineup.remove', { itemId: at(items, 0) })
  writer.transact((tx) => tx.update('sessions', id, { status: 'ended' }))
  const { undoId } = call('lineup.renumber', { sessionId: id })
  call('lineup.add', { sessionId: id, productIds: [make.product()] })
  refusal(() => call('history.undo', { scope: `session:${id}`, id: undoId }), 'stale')
  expect(numbers(id)).toEqual([1, 2, 3])
})

test('redoing an addition is stale once the product is gone', () => {
  const { call, filled, make, writer, names } = sessionsCore()
  const { id } = filled(1)
  const product = make.product()
  call('lineup.add', { sessionId: id, productIds: [product] })
  call('history.undo', { scope: `session:${id}` })
  writer.transact((tx) => tx.remove('products', product))
  refusal(() => call('history.redo', { scope: `session:${id}` }), 'stale')
  expect(names(id)).toEqual(['P1'])
})

test.each([
  ['equal', ['a0', 'a0', 'a0', 'a0']],
  ['of another form', ['', '!', 'a00', 'ÿÿ']],
  ['much too long', ['a0', `a0${'V'.repeat(300)}`, `a0${'V'.repeat(299)}W`, 'a1']],
])('with keys that are %s the line-up still moves, adds and undoes', (_what, keys) => {
  const { call, filled, make, names, writer, snapshot } = sessionsCore()
  const { id, items } = filled(4)
  writer.transact((tx) =>
    items.forEach((item, index) => tx.update('session_products', item, { order_key: keys[index] ?? '' })),
  )
  const start = names(id)
  const before = snapshot()
  const lineup = call('sessions.get', { id }).items
  call('lineup.move', { itemId: at(lineup, 3).id, after: at(lineup, 0).id })
  const moved = [start[0], start[3], start[1], start[2]]
  expect(names(id)).toEqual(moved)
  call('lineup.add', { sessionId: id, productIds: [make.product({ name: 'New' })], after: at(lineup, 1).id })
  expect(names(id)).toEqual([...moved.slice(0, 3), 'New', moved[3]])
  call('history.undo', { scope: `session:${id}` })
  call('history.undo', { scope: `session:${id}` })
  expect(snapshot()).toEqual(before)
})

test('labels say what was done, and long or odd names do not break them', () => {
  const { call, filled, make, undoLabels } = sessionsCore()
  const { id, items } = filled(3)
  call('lineup.add', { sessionId: id, productIds: [make.product({ name: `<b>"hoop"</b> ${'💍'.repeat(80)}` })] })
  call('lineup.add', { sessionId: id, productIds: [make.product(), make.product()] })
  call('lineup.move', { itemIds: items, after: call('sessions.get', { id }).items.at(-1)?.id ?? null })
  call('lineup.remove', { itemId: at(items, 0) })
  const labels = undoLabels(`session:${id}`)
  expect(labels.slice(0, 3)).toEqual(['Remove "P1"', 'Move 3 items', 'Add 2 products'])
  expect(labels[3]).toMatch(/^Add "<b>"hoop"<\/b> 💍+…"$/u)
  expect(labels[3]?.length).toBeLessThan(70)
})
