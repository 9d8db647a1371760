import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { studio } from './support.ts'

test('a rehearsal puts the first item that is not skipped on air and leaves numbers free', () => {
  const { call, sessionId, items, editItem, item, session, clock } = studio()
  editItem(item(1), { skip: 1 })
  const state = call('live.start', { sessionId, mode: 'rehearsal' })
  expect(state).toMatchObject({ mode: 'rehearsal', itemId: items[1], number: 2, position: 2, total: 5, guard: false })
  expect(state).toMatchObject({ startedAt: clock.now(), itemStartedAt: clock.now(), timer: { running: true } })
  expect(session()).toMatchObject({ status: 'rehearsal', numbers_frozen_at: null })
})

test('where every item is skipped, the show starts with nothing on air', () => {
  const { call, sessionId, editItem, items } = studio(2)
  for (const id of items) editItem(id, { skip: 1 })
  expect(call('live.start', { sessionId, mode: 'live' })).toMatchObject({
    mode: 'live',
    itemId: null,
    timer: { running: false },
  })
  expect(call('live.goto', { sessionId, number: 2 })).toMatchObject({ itemId: items[1], next: [] })
})

test('going live from a rehearsal keeps the place and the picture, restarts the clocks and sets the guard', () => {
  const { call, sessionId, item, product, make, clock, session } = studio()
  for (const position of [1, 2, 3]) make.image(product(3), { position, file: `${position}.png` })
  call('live.start', { sessionId, mode: 'rehearsal' })
  call('live.goto', { sessionId, number: 3 })
  call('live.image', { sessionId, step: 2 })
  clock.advance(60_000)
  const state = call('live.start', { sessionId, mode: 'live' })
  expect(state).toMatchObject({ mode: 'live', itemId: item(3), imageIndex: 2, guard: true, showElapsedMs: 0 })
  expect(state).toMatchObject({
    startedAt: clock.now(),
    itemStartedAt: clock.now(),
    timer: { elapsedMs: 0, running: true },
  })
  expect(session()).toMatchObject({ status: 'live', numbers_frozen_at: clock.now() })
})

test('going live takes a fresh card, so that edits staged in the rehearsal are seen', () => {
  const { call, sessionId, product, edit } = studio()
  call('live.start', { sessionId, mode: 'rehearsal' })
  edit(product(1), { name: 'Renamed' })
  expect(call('live.state', { sessionId })).toMatchObject({ staged: true, card: { name: 'Product 1' } })
  expect(call('live.start', { sessionId, mode: 'live' })).toMatchObject({ staged: false, card: { name: 'Renamed' } })
})

test('going live gives every item the number of its place, once and for good', () => {
  const { call, sessionId, item, remove, add, writer, session, clock } = studio()
  call('live.start', { sessionId, mode: 'live' })
  const numbers = () => call('live.state', { sessionId }).lineup.map(({ number }) => number)
  expect(numbers()).toEqual([1, 2, 3, 4, 5])
  remove(item(2))
  add(0)
  expect(numbers()).toEqual([6, 1, 3, 4, 5])
  expect(() => call('live.goto', { sessionId, number: 2 })).toThrow('No 2 (1–6).')
  expect(call('live.goto', { sessionId, number: 6 })).toMatchObject({
    number: 6,
    position: 1,
    card: { name: 'Product 0' },
  })
  const frozenAt = session().numbers_frozen_at
  call('live.end', { sessionId })
  clock.advance(1_000)
  call('live.start', { sessionId, mode: 'live' })
  expect(numbers()).toEqual([6, 1, 3, 4, 5])
  expect(session().numbers_frozen_at).toBe(frozenAt)
  expect(writer.transact((tx) => tx.row('session_products', item(3)))?.number).toBe(3)
})

test('in a rehearsal numbers follow the order', () => {
  const { call, sessionId, item, remove } = studio()
  call('live.start', { sessionId, mode: 'rehearsal' })
  remove(item(2))
  expect(call('live.goto', { sessionId, number: 2 })).toMatchObject({ itemId: item(3), number: 2 })
})

test('starting again what is running changes nothing', () => {
  const { call, sessionId, clock } = studio()
  const begun = call('live.start', { sessionId, mode: 'live' })
  call('live.goto', { sessionId, number: 4 })
  clock.advance(1000)
  expect(call('live.start', { sessionId, mode: 'live' })).toMatchObject({ number: 4, startedAt: begun.startedAt })
})

test('a show that is live does not fall back to a rehearsal', () => {
  const { call, sessionId } = studio()
  call('live.start', { sessionId, mode: 'live' })
  expect(() => call('live.start', { sessionId, mode: 'rehearsal' })).toThrow('End the show')
  expect(call('live.state', { sessionId }).mode).toBe('live')
})

test('an empty line-up, an archived session and an unknown one are refused, and nothing is written', () => {
  const { call, sessionId, make, db } = studio(0)
  expect(() => call('live.start', { sessionId, mode: 'rehearsal' })).toThrow('line-up is empty')
  const archived = make.session({ status: 'archived' })
  make.item(archived, make.product(), { order_key: 'a0' })
  expect(() => call('live.start', { sessionId: archived, mode: 'live' })).toThrow('archived')
  expect(() => call('live.start', { sessionId: uuid(), mode: 'live' })).toThrow('no such session')
  expect(db.statement('SELECT count(*) AS n FROM session_states').get()).toEqual({ n: 0 })
})

test('a rehearsal that ends gives the session back its status and leaves nothing on air', () => {
  const { call, sessionId, writer, session } = studio()
  writer.transact((tx) => tx.update('sessions', sessionId, { status: 'ready' }))
  call('live.start', { sessionId, mode: 'rehearsal' })
  call('live.goto', { sessionId, number: 3 })
  call('live.message', { sessionId, text: 'Smile' })
  call('live.blank', { sessionId })
  const state = call('live.end', { sessionId })
  expect(state).toMatchObject({ mode: 'off', itemId: null, card: null, message: null, blank: false, startedAt: null })
  expect(session()).toMatchObject({ status: 'ready', numbers_frozen_at: null })
  call('live.start', { sessionId, mode: 'live' })
  expect(call('live.back', { sessionId }).number).toBe(1)
})

test('the status from before a rehearsal survives a restart', () => {
  const { call, sessionId, writer, session, restart } = studio()
  writer.transact((tx) => tx.update('sessions', sessionId, { status: 'ready' }))
  call('live.start', { sessionId, mode: 'rehearsal' })
  restart()
  call('live.end', { sessionId })
  expect(session().status).toBe('ready')
})

test('a show that was ended by mistake finds its place again with one step back', () => {
  const { call, sessionId, session } = studio()
  call('live.start', { sessionId, mode: 'live' })
  call('live.goto', { sessionId, number: 4 })
  expect(call('live.end', { sessionId })).toMatchObject({ mode: 'off', guard: false })
  expect(session().status).toBe('ended')
  call('live.start', { sessionId, mode: 'live' })
  expect(call('live.back', { sessionId }).number).toBe(4)
})

test('a step back never leads to what is on air already', () => {
  const { call, sessionId, clock } = studio()
  call('live.start', { sessionId, mode: 'live' })
  call('live.end', { sessionId })
  call('live.start', { sessionId, mode: 'live' })
  clock.advance(3_000)
  expect(call('live.back', { sessionId }).timer.elapsedMs).toBe(3_000)
})

test('ending what is not running changes nothing', () => {
  const { call, sessionId, session } = studio()
  expect(call('live.end', { sessionId }).mode).toBe('off')
  expect(session().status).toBe('draft')
})

test('a live show goes on after a restart, with its clocks', () => {
  const { call, sessionId, clock, restart } = studio()
  call('live.start', { sessionId, mode: 'live' })
  clock.advance(5_000)
  call('live.goto', { sessionId, number: 4 })
  call('live.setNext', { sessionId, number: 2 })
  clock.advance(2_000)
  const before = call('live.state', { sessionId })
  restart(30_000)
  const after = call('live.state', { sessionId })
  expect(after).toEqual({
    ...before,
    seq: 0,
    showElapsedMs: 37_000,
    timer: { running: true, elapsedMs: 32_000, targetSeconds: null },
  })
})

test('two sessions run side by side and know nothing of each other', () => {
  const { call, sessionId, make } = studio()
  const other = make.session({ name: 'Other' })
  const [a, b] = ['a0', 'a1'].map((order_key) => make.item(other, make.product(), { order_key }))
  call('live.start', { sessionId, mode: 'live' })
  call('live.start', { sessionId: other, mode: 'live' })
  call('live.next', { sessionId: other })
  expect(call('live.state', { sessionId })).toMatchObject({ number: 1, sessionName: 'Friday' })
  expect(call('live.state', { sessionId: other })).toMatchObject({ itemId: b, sessionName: 'Other' })
  call('live.end', { sessionId })
  expect(call('live.back', { sessionId: other })).toMatchObject({ mode: 'live', itemId: a })
})
