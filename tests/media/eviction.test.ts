import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planEviction } from '../../src/main/media/plan-eviction.ts'
import type { HeldFile } from '../../src/main/media/plan-eviction.ts'

const day = (n: number): string => new Date(Date.UTC(2026, 10, n)).toISOString()
const file = (name: string, at: Partial<HeldFile> = {}): HeldFile => ({
  name,
  bytes: 10,
  usedAt: null,
  fetchedAt: day(1),
  isPrimary: false,
  isKept: false,
  ...at,
})
const roomy = { capBytes: 1_000_000, before: day(1) }

describe('what goes', () => {
  test('is nothing while there is room and all is young', () => {
    expect(planEviction([file('a'), file('b', { usedAt: day(9) })], roomy)).toEqual([])
  })
  test('is what nobody looked at for so long, however much room there is', () => {
    const files = [
      file('old'),
      file('used', { usedAt: day(5) }),
      file('kept', { isKept: true }),
      file('new', { fetchedAt: day(5) }),
    ]
    expect(planEviction(files, { ...roomy, before: day(4) })).toEqual(['old'])
  })
  test('beyond the cap: what was never used first, further pictures before first ones, the longest untouched first', () => {
    const files = [
      file('first', { isPrimary: true }),
      file('further, new', { fetchedAt: day(3) }),
      file('further, old', { fetchedAt: day(2) }),
      file('used, old', { usedAt: day(2) }),
      file('used, new', { usedAt: day(3) }),
      file('kept', { isKept: true }),
    ]
    const order = ['further, old', 'further, new', 'first', 'used, old', 'used, new']
    for (let count = 0; count <= order.length; count += 1) {
      expect(planEviction(files, { capBytes: 60 - 10 * count, before: day(1) })).toEqual(order.slice(0, count))
    }
    expect(planEviction(files, { capBytes: 0, before: day(1) })).toEqual(order)
  })
})

describe('any plan', () => {
  const held: fc.Arbitrary<readonly HeldFile[]> = fc.uniqueArray(
    fc.record({
      name: fc.string({ minLength: 1, maxLength: 3 }),
      bytes: fc.integer({ min: 0, max: 50 }),
      usedAt: fc.option(fc.integer({ min: 1, max: 20 }).map(day)),
      fetchedAt: fc.integer({ min: 1, max: 20 }).map(day),
      isPrimary: fc.boolean(),
      isKept: fc.boolean(),
    }),
    { selector: ({ name }) => name, maxLength: 20 },
  )
  const limits = fc.record({
    capBytes: fc.integer({ min: 0, max: 400 }),
    before: fc.integer({ min: 1, max: 20 }).map(day),
  })
  const sum = (files: readonly HeldFile[]): number => files.reduce((so, { bytes }) => so + bytes, 0)
  const touched = ({ usedAt, fetchedAt }: HeldFile): string =>
    usedAt !== null && usedAt > fetchedAt ? usedAt : fetchedAt

  test('keeps what is kept and lets nothing stay that is too old', () => {
    fc.assert(
      fc.property(held, limits, (files, limit) => {
        const gone = new Set(planEviction(files, limit))
        expect(files.filter((one) => one.isKept && gone.has(one.name))).toEqual([])
        const stale = files.filter((one) => !one.isKept && touched(one) < limit.before)
        expect(stale.every(({ name }) => gone.has(name))).toBe(true)
      }),
    )
  })
  test('comes under the cap, or leaves only what is kept; and takes no more than that needs', () => {
    fc.assert(
      fc.property(held, limits, (files, limit) => {
        const plan = planEviction(files, limit)
        const gone = new Set(plan)
        const left = files.filter(({ name }) => !gone.has(name))
        expect(left.every(({ isKept }) => isKept) || sum(left) <= limit.capBytes).toBe(true)
        const last = files.find(({ name }) => name === plan.at(-1))
        // The last one that went for room was needed for it.
        const forRoom = last !== undefined && touched(last) >= limit.before
        expect(!forRoom || sum(left) + last.bytes > limit.capBytes).toBe(true)
      }),
    )
  })
  test('asked again at once, takes nothing more', () => {
    fc.assert(
      fc.property(held, limits, (files, limit) => {
        const gone = new Set(planEviction(files, limit))
        expect(
          planEviction(
            files.filter(({ name }) => !gone.has(name)),
            limit,
          ),
        ).toEqual([])
      }),
    )
  })
})
