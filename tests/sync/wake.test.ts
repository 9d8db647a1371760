import { expect, test } from 'vitest'
import { backOff, pollEvery, wakefulness } from '../../src/main/sync/wake.ts'

const min = 60_000

test('[F1] a call keeps an instance awake for two minutes, then it rests for ten, then it sleeps', () => {
  const after = (idleMs: number): string => wakefulness({ showRunning: false, waiting: false, idleMs })
  expect([0, 2 * min - 1, 2 * min, 12 * min - 1, 12 * min, 600 * min].map(after)).toEqual([
    'awake',
    'awake',
    'resting',
    'resting',
    'asleep',
    'asleep',
  ])
})

test('[F1] a show keeps it awake, and what waits keeps it from sleeping', () => {
  expect(wakefulness({ showRunning: true, waiting: false, idleMs: 600 * min })).toBe('awake')
  expect(wakefulness({ showRunning: false, waiting: true, idleMs: 600 * min })).toBe('resting')
  expect(wakefulness({ showRunning: false, waiting: true, idleMs: min })).toBe('awake')
})

test('[F1] it asks every 2 s awake, every 30 s resting', () => {
  expect([pollEvery('awake'), pollEvery('resting')]).toEqual([2_000, 30_000])
})

test('[F3] back-off doubles, with full jitter, up to a most that is no longer than 5 s awake and 60 s resting', () => {
  const longest = (failures: number, wake: 'awake' | 'resting'): number => backOff(failures, { wake, random: 1 })
  expect([1, 2, 3, 4, 5, 1_000].map((n) => longest(n, 'awake'))).toEqual([500, 1_000, 2_000, 3_000, 3_000, 3_000])
  expect([1, 5, 8, 1_000].map((n) => longest(n, 'resting'))).toEqual([500, 8_000, 60_000, 60_000])
  expect([0, 0.25, 0.5].map((random) => backOff(9, { wake: 'awake', random }))).toEqual([0, 750, 1_500])
})
