import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { follow, studio } from './support.ts'

const size = { width: 1920, height: 1080, textPx: 50, fits: true }

test('a display that reports is known to the console until 15 s after its last report', () => {
  const made = studio()
  const { call, sessionId, clock } = made
  const client = follow(made, sessionId)
  call('live.reportDisplay', { sessionId, key: 'left', ...size })
  clock.advance(10_000)
  call('live.reportDisplay', { sessionId, key: 'left', ...size })
  expect(client.deltas).toHaveLength(1)
  clock.advance(14_999)
  expect(client.state.displays).toEqual([{ key: 'left', ...size }])
  clock.advance(1)
  expect(client.state.displays).toEqual([])
})

test('a display that changes its size is announced, and each is told apart by its key', () => {
  const made = studio()
  const { call, sessionId } = made
  const client = follow(made, sessionId)
  call('live.reportDisplay', { sessionId, key: 'b', ...size })
  call('live.reportDisplay', { sessionId, key: 'a', ...size })
  call('live.reportDisplay', { sessionId, key: 'b', ...size, width: 800, fits: false })
  expect(client.state.displays).toEqual([
    { key: 'a', ...size },
    { key: 'b', ...size, width: 800, fits: false },
  ])
})

test('made-up keys do not pile up: the 32 that reported last are kept', () => {
  const { call, sessionId } = studio()
  for (let index = 0; index < 100; index += 1) {
    call('live.reportDisplay', { sessionId, key: 'steady', ...size })
    call('live.reportDisplay', { sessionId, key: `made up ${index}`, ...size })
  }
  const keys = call('live.state', { sessionId }).displays.map(({ key }) => key)
  expect(keys).toHaveLength(32)
  expect(keys).toContain('steady')
  expect(keys).toContain('made up 99')
})

test('a display of a session that does not exist is refused, one of another session is not shown here', () => {
  const { call, sessionId, make } = studio()
  const refused = expect.objectContaining({ code: 'not-found' })
  expect(() => call('live.reportDisplay', { sessionId: uuid(), key: 'x', ...size })).toThrow(refused)
  call('live.reportDisplay', { sessionId: make.session(), key: 'x', ...size })
  expect(call('live.state', { sessionId }).displays).toEqual([])
})
