import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { settle, studio } from './support.ts'
import type { Studio } from './support.ts'

function show(count = 5): Studio {
  const made = studio(count)
  made.call('live.start', { sessionId: made.sessionId, mode: 'live' })
  return made
}

test('a number that there is not moves nothing and tells which there are', () => {
  const { call, sessionId } = show(47)
  expect(() => call('live.goto', { sessionId, number: 87 })).toThrow(
    expect.objectContaining({ code: 'not-found', message: 'No 87 (1–47).' }),
  )
  expect(call('live.state', { sessionId }).number).toBe(1)
})

test('an item that is not in the line-up is not found', () => {
  const { call, sessionId } = show()
  expect(() => call('live.goto', { sessionId, itemId: uuid() })).toThrow(expect.objectContaining({ code: 'not-found' }))
})

test('without a rehearsal or a show nothing can be put on air', () => {
  const { call, sessionId } = studio()
  const refused = expect.objectContaining({ code: 'conflict', message: 'Start a rehearsal or go live first.' })
  expect(() => call('live.goto', { sessionId, number: 1 })).toThrow(refused)
  expect(() => call('live.next', { sessionId })).toThrow(refused)
  expect(() => call('live.timer', { sessionId, action: 'toggle' })).toThrow(refused)
  expect(() => call('live.updateHost', { sessionId })).toThrow(refused)
})

test('next and previous pass skipped items, which can still be jumped to, and stop at the ends', () => {
  const { call, sessionId, editItem, item } = show()
  editItem(item(2), { skip: 1 })
  editItem(item(5), { skip: 1 })
  expect(call('live.next', { sessionId }).number).toBe(3)
  expect(call('live.next', { sessionId }).number).toBe(4)
  const atEnd = call('live.state', { sessionId })
  expect(call('live.next', { sessionId })).toEqual(atEnd)
  expect(call('live.goto', { sessionId, number: 5 }).number).toBe(5)
  expect(call('live.previous', { sessionId }).number).toBe(4)
  expect(call('live.last', { sessionId }).number).toBe(4)
  expect(call('live.goto', { sessionId, number: 2 }).number).toBe(2)
  expect(call('live.previous', { sessionId }).number).toBe(1)
  expect(call('live.previous', { sessionId }).number).toBe(1)
})

test('first and last pass skipped items', () => {
  const { call, sessionId, editItem, item } = show()
  editItem(item(1), { skip: 1 })
  expect(call('live.last', { sessionId }).number).toBe(5)
  expect(call('live.first', { sessionId }).number).toBe(2)
})

test('a jump to the item on air leaves its clock, its picture and the way back alone', () => {
  const { call, sessionId, clock } = show()
  call('live.goto', { sessionId, number: 3 })
  clock.advance(4_000)
  expect(call('live.goto', { sessionId, number: 3 }).timer.elapsedMs).toBe(4_000)
  expect(call('live.back', { sessionId }).number).toBe(1)
})

test('back retraces the way, step by step, past what was removed, and survives a restart', () => {
  const { call, sessionId, item, remove, restart } = show()
  for (const number of [3, 5, 2, 4]) call('live.goto', { sessionId, number })
  remove(item(5))
  restart()
  expect(call('live.back', { sessionId }).number).toBe(2)
  expect(call('live.back', { sessionId }).number).toBe(3)
  expect(call('live.back', { sessionId }).number).toBe(1)
  expect(call('live.back', { sessionId }).number).toBe(1)
})

test('the way back is 50 steps long', () => {
  const { call, sessionId } = show(3)
  for (let step = 0; step < 120; step += 1) call('live.goto', { sessionId, number: (step % 3) + 1 })
  let steps = 0
  for (let at = call('live.state', { sessionId }).itemId; ; steps += 1) {
    const { itemId } = call('live.back', { sessionId })
    if (itemId === at) break
    at = itemId
  }
  expect(steps).toBe(50)
})

test('what was set as next comes next, once, and then the order goes on from there', () => {
  const { call, sessionId, item } = show()
  const set = call('live.setNext', { sessionId, number: 4 })
  expect(set).toMatchObject({ number: 1, nextItemId: item(4) })
  expect(set.next.map(({ number }) => number)).toEqual([4, 5])
  const moved = call('live.next', { sessionId })
  expect(moved).toMatchObject({ number: 4, nextItemId: null })
  expect(moved.next.map(({ number }) => number)).toEqual([5])
})

test('what was set as next waits through a detour, and can be taken back', () => {
  const { call, sessionId, item } = show()
  call('live.setNext', { sessionId, itemId: item(4) })
  expect(call('live.goto', { sessionId, number: 2 }).nextItemId).toBe(item(4))
  const back = call('live.setNext', { sessionId, itemId: null })
  expect(back).toMatchObject({ nextItemId: null })
  expect(back.next.map(({ number }) => number)).toEqual([3, 4, 5])
})

test('a skipped item can be set as next; the one on air cannot', () => {
  const { call, sessionId, editItem, item } = show()
  editItem(item(3), { skip: 1 })
  expect(call('live.setNext', { sessionId, number: 3 }).next.map(({ number }) => number)).toEqual([3, 4, 5])
  expect(() => call('live.setNext', { sessionId, number: 1 })).toThrow(expect.objectContaining({ code: 'conflict' }))
  expect(() => call('live.setNext', { sessionId, number: 9 })).toThrow('No 9 (1–5).')
})

test('jumping to what was set as next uses it up', () => {
  const { call, sessionId } = show()
  call('live.setNext', { sessionId, number: 3 })
  expect(call('live.goto', { sessionId, number: 3 }).nextItemId).toBeNull()
})

test('where what was set as next is removed, the order decides again', () => {
  const { call, sessionId, item, remove } = show()
  call('live.setNext', { sessionId, number: 4 })
  remove(item(4))
  expect(call('live.state', { sessionId })).toMatchObject({ nextItemId: null })
  expect(call('live.next', { sessionId }).number).toBe(2)
})

test.each([
  ['at once', false],
  ['after a restart', true],
])('a removed item stays on air; next and previous go to its old neighbours, %s', async (_when, withRestart) => {
  const { call, sessionId, item, remove, editItem, restart, history } = show()
  call('live.goto', { sessionId, number: 4 })
  // Its place at the end, not the one where it went on air, is what counts.
  editItem(item(4), { order_key: 'a0001V' })
  const { undoId } = history.transact(`session:${sessionId}`, 'Remove', (tx) => tx.remove('session_products', item(4)))
  if (withRestart) {
    await settle()
    restart()
  }
  const state = call('live.state', { sessionId })
  expect(state).toMatchObject({ itemId: item(4), number: 4, position: null, total: 4, staged: false })
  expect(state.card?.name).toBe('Product 4')
  expect(state.next.map(({ number }) => number)).toEqual([2, 3, 5])
  expect(() => call('live.updateHost', { sessionId })).toThrow(expect.objectContaining({ code: 'conflict' }))
  expect(call('live.next', { sessionId }).itemId).toBe(item(2))
  history.undo(`session:${sessionId}`, undoId)
  expect(call('live.back', { sessionId })).toMatchObject({ itemId: item(4), position: 2 })
  remove(item(4))
  expect(call('live.previous', { sessionId }).itemId).toBe(item(1))
})

test('where the last item is removed while on air, next moves nothing and previous leads back into the line-up', () => {
  const { call, sessionId, item, remove } = show()
  call('live.last', { sessionId })
  remove(item(5))
  expect(call('live.next', { sessionId })).toMatchObject({ itemId: item(5), next: [] })
  expect(call('live.previous', { sessionId }).itemId).toBe(item(4))
})

test('a removal that nobody watches is remembered all the same', async () => {
  const { call, sessionId, item, remove, editItem, restart } = show()
  call('live.goto', { sessionId, number: 2 })
  restart()
  editItem(item(2), { order_key: 'a0003V' })
  remove(item(2))
  await settle()
  restart()
  expect(call('live.next', { sessionId }).itemId).toBe(item(4))
})

test('pictures wrap, and a new item begins with its first', () => {
  const { call, sessionId, make, product } = show()
  for (const position of [1, 2, 3]) make.image(product(2), { position, file: `${position}.png` })
  expect(call('live.image', { sessionId, step: 1 }).imageIndex).toBe(0)
  call('live.next', { sessionId })
  expect(call('live.image', { sessionId, step: -1 }).imageIndex).toBe(2)
  expect(call('live.image', { sessionId, step: 2 }).imageIndex).toBe(1)
  call('live.fullImage', { sessionId })
  expect(call('live.next', { sessionId })).toMatchObject({ imageIndex: 0, imageFull: false })
})

test('blank stays through moves; switches take a value or turn over', () => {
  const { call, sessionId } = show()
  expect(call('live.blank', { sessionId }).blank).toBe(true)
  expect(call('live.next', { sessionId }).blank).toBe(true)
  expect(call('live.blank', { sessionId, on: true }).blank).toBe(true)
  expect(call('live.blank', { sessionId }).blank).toBe(false)
  expect(call('live.notes', { sessionId, on: true }).notesShown).toBe(true)
  expect(call('live.guard', { sessionId }).guard).toBe(false)
  expect(call('live.fullImage', { sessionId }).imageFull).toBe(true)
})

test('pages of the points are counted from zero for each item, back and forth', () => {
  const { call, sessionId, restart } = show()
  expect(call('live.page', { sessionId, step: 2 }).page).toBe(2)
  expect(call('live.page', { sessionId, step: -3 }).page).toBe(-1)
  restart()
  expect(call('live.state', { sessionId }).page).toBe(-1)
  expect(call('live.next', { sessionId }).page).toBe(0)
})
