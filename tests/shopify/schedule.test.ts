import { expect, test } from 'vitest'
import { Schedule } from '../../src/main/shopify/schedule.ts'
import { FakeClock } from '../support/core.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

function rig() {
  const clock = new FakeClock()
  const starts: string[] = []
  const schedule = new Schedule({ clock, everyMs: HOUR, start: () => starts.push(clock.now().slice(11, 16)) })
  schedule.start()
  return { clock, starts, schedule }
}

test('it starts every hour', () => {
  const { clock, starts } = rig()
  clock.advance(59 * MINUTE)
  expect(starts).toEqual([])
  clock.advance(2 * HOUR)
  expect(starts).toEqual(['11:00', '12:00'])
})

test('an hour counts from when it was last done', () => {
  const { clock, starts, schedule } = rig()
  clock.advance(30 * MINUTE)
  schedule.postpone()
  clock.advance(59 * MINUTE)
  expect(starts).toEqual([])
  clock.advance(MINUTE)
  expect(starts).toEqual(['11:30'])
})

test('after it ended, nothing starts', () => {
  const { clock, starts, schedule } = rig()
  schedule[Symbol.dispose]()
  clock.advance(3 * HOUR)
  expect(starts).toEqual([])
})

test('what could not be done is tried again before its hour, and no hour is put off by that', () => {
  const { clock, starts, schedule } = rig()
  schedule.again(15 * MINUTE)
  clock.advance(15 * MINUTE)
  expect(starts).toEqual(['10:15'])
  clock.advance(50 * MINUTE)
  schedule.again(15 * MINUTE)
  clock.advance(10 * MINUTE)
  expect(starts).toEqual(['10:15', '11:15'])
})
