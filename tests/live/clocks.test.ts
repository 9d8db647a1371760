import { expect, test } from 'vitest'
import { createLive } from '../../src/main/live/live.ts'
import { silentLog } from '../../src/main/log.ts'
import type { LiveReply } from '#shared/live.ts'
import { follow, studio } from './support.ts'
import type { Studio } from './support.ts'

function show(): Studio {
  const made = studio(3)
  made.call('live.start', { sessionId: made.sessionId, mode: 'live' })
  return made
}

test('the item clock counts up from going on air; a new item begins at zero and without a target', () => {
  const { call, sessionId, clock } = show()
  clock.advance(7_000)
  call('live.timer', { sessionId, action: 'adjust', seconds: 90 })
  expect(call('live.state', { sessionId }).timer).toEqual({ running: true, elapsedMs: 7_000, targetSeconds: 90 })
  expect(call('live.next', { sessionId }).timer).toEqual({ running: true, elapsedMs: 0, targetSeconds: null })
})

test('the item clock pauses, goes on where it was, and starts over', () => {
  const { call, sessionId, clock } = show()
  const elapsed = () => call('live.state', { sessionId }).timer.elapsedMs
  clock.advance(5_000)
  expect(call('live.timer', { sessionId, action: 'toggle' }).timer.running).toBe(false)
  clock.advance(60_000)
  expect(elapsed()).toBe(5_000)
  call('live.timer', { sessionId, action: 'toggle' })
  clock.advance(1_000)
  expect(elapsed()).toBe(6_000)
  expect(call('live.timer', { sessionId, action: 'reset' }).timer).toMatchObject({ running: true, elapsedMs: 0 })
  clock.advance(2_000)
  expect(elapsed()).toBe(2_000)
})

test('the target grows and shrinks by what is added, down to none', () => {
  const { call, sessionId } = show()
  const adjust = (seconds: number) => call('live.timer', { sessionId, action: 'adjust', seconds }).timer.targetSeconds
  expect([adjust(30), adjust(30), adjust(-45), adjust(-15), adjust(-30), adjust(30)]).toEqual([
    30,
    60,
    15,
    null,
    null,
    30,
  ])
  expect(() => call('live.timer', { sessionId, action: 'adjust' })).toThrow(
    expect.objectContaining({ code: 'bad-call' }),
  )
})

test('a clock that runs goes on over a restart, a paused one stands still', () => {
  const { call, sessionId, clock, restart } = show()
  clock.advance(1_000)
  call('live.message', { sessionId, text: 'Hi' })
  restart(10_000)
  expect(call('live.state', { sessionId })).toMatchObject({
    showElapsedMs: 11_000,
    messageElapsedMs: 10_000,
    timer: { elapsedMs: 11_000 },
  })
  call('live.timer', { sessionId, action: 'toggle' })
  restart(10_000)
  expect(call('live.state', { sessionId })).toMatchObject({ showElapsedMs: 21_000, timer: { elapsedMs: 11_000 } })
})

test('setting the wall clock during a show moves no clock', () => {
  const { db, writer, events, settings, sessionId, clock } = studio(2)
  let wallOffset = 0
  const skewed = {
    now: () => new Date(Date.parse(clock.now()) + wallOffset).toISOString(),
    elapsed: () => clock.elapsed() + 0.4,
    after: clock.after.bind(clock),
  }
  const { handlers } = createLive({
    db,
    writer,
    events,
    clock: skewed,
    settings,
    log: silentLog,
    apartSince: () => null,
  })
  const state = () => handlers['live.state']({ sessionId }) as LiveReply
  void handlers['live.start']({ sessionId, mode: 'live' })
  clock.advance(2_000)
  wallOffset = -3_600_000
  expect(state()).toMatchObject({ showElapsedMs: 2_000, timer: { elapsedMs: 2_000 } })
  void handlers['live.next']({ sessionId })
  clock.advance(1_000)
  wallOffset = 3_600_000
  expect(state()).toMatchObject({ showElapsedMs: 3_000, timer: { elapsedMs: 1_000 } })
})

test('time alone is not announced; a pause, a start-over and a target are', () => {
  const made = show()
  const { call, sessionId, clock } = made
  const client = follow(made, sessionId)
  clock.advance(10_000)
  call('live.state', { sessionId })
  expect(client.deltas).toEqual([])
  for (const action of ['reset', 'toggle'] as const) call('live.timer', { sessionId, action })
  call('live.timer', { sessionId, action: 'adjust', seconds: 5 })
  expect(client.deltas).toEqual(Array.from({ length: 3 }, () => ['showElapsedMs', 'messageElapsedMs', 'timer']))
  expect(client.state.timer).toEqual({ running: false, elapsedMs: 0, targetSeconds: 5 })
})

test('a change of anything else brings all clocks, for displays to count on from', () => {
  const made = show()
  const client = follow(made, made.sessionId)
  made.clock.advance(2_500)
  made.call('live.blank', { sessionId: made.sessionId })
  expect(client.deltas).toEqual([['blank', 'showElapsedMs', 'messageElapsedMs', 'timer']])
  expect(client.state).toMatchObject({ showElapsedMs: 2_500, timer: { elapsedMs: 2_500 } })
})
