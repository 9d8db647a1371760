import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOrderKey, keysBetween, planPlaces } from '../../src/main/db/order-key.ts'
import type { Keyed, Random } from '../../src/main/db/order-key.ts'

/** A repeatable random source. */
function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const sortRows = (rows: readonly Keyed[]): Keyed[] =>
  rows.toSorted((a, b) => Buffer.compare(Buffer.from(a.order_key), Buffer.from(b.order_key)) || (a.id < b.id ? -1 : 1))

function place(
  rows: readonly Keyed[],
  ids: readonly string[],
  { at, random }: { at: number; random: Random },
): Keyed[] {
  const { keys, rewritten } = planPlaces(rows, { at, count: ids.length, random })
  const moved = ids.map((id, index) => ({ id, order_key: keys[index] ?? '' }))
  return sortRows([...rows.map((row) => ({ ...row, order_key: rewritten.get(row.id) ?? row.order_key })), ...moved])
}

test('thousands of random moves and insertions keep the order of a plain array', () => {
  const step = fc.record({ from: fc.nat(), to: fc.nat(), size: fc.integer({ min: 1, max: 4 }), fresh: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { minLength: 150, maxLength: 300 }), fc.integer(), (steps, seed) => {
      const random = seeded(seed)
      let rows: Keyed[] = []
      let model: string[] = []
      for (const [index, { from, to, size, fresh }] of steps.entries()) {
        const start = model.length === 0 ? 0 : from % model.length
        const ids =
          fresh && model.length < 60
            ? Array.from({ length: size }, (_, part) => `n${index}.${part}`)
            : model.slice(start, start + size)
        const rest = model.filter((id) => !ids.includes(id))
        const at = to % (rest.length + 1)
        rows = place(
          rows.filter((row) => !ids.includes(row.id)),
          ids,
          { at, random },
        )
        model = rest.toSpliced(at, 0, ...ids)
      }
      expect(rows.map((row) => row.id)).toEqual(model)
      expect(rows.every((row) => isOrderKey(row.order_key) && row.order_key.length <= 40)).toBe(true)
      expect(new Set(rows.map((row) => row.order_key)).size).toBe(rows.length)
    }),
    { numRuns: 30 },
  )
})

test('a thousand insertions at one place never make a key longer than 40 characters', () => {
  const random = seeded(1)
  let rows = place([], ['first', 'last'], { at: 0, random })
  let rewrites = 0
  const expected = ['first', 'last']
  for (let index = 0; index < 1_000; index++) {
    rewrites += planPlaces(rows, { at: 1, count: 1, random: seeded(index) }).rewritten.size > 0 ? 1 : 0
    rows = place(rows, [`n${index}`], { at: 1, random })
    expected.splice(1, 0, `n${index}`)
  }
  expect(rows.map((row) => row.id)).toEqual(expected)
  expect(Math.max(...rows.map((row) => row.order_key.length))).toBeLessThanOrEqual(40)
  expect(rewrites).toBeGreaterThan(0)
  expect(rewrites).toBeLessThan(100)
})

test('adding at either end keeps keys short without rewriting', () => {
  const random = seeded(7)
  let rows: Keyed[] = []
  for (let index = 0; index < 2_000; index++) {
    const at = index % 2 === 0 ? 0 : rows.length
    const { keys, rewritten } = planPlaces(rows, { at, count: 1, random })
    expect(rewritten.size).toBe(0)
    rows = rows.toSpliced(at, 0, { id: `n${index}`, order_key: keys[0] ?? '' })
  }
  expect(sortRows(rows)).toEqual(rows)
  expect(Math.max(...rows.map((row) => row.order_key.length))).toBeLessThan(10)
})

test.each([
  ['equal', ['a1', 'a1']],
  ['malformed', ['a1', 'not a key']],
  ['empty', ['', 'a1']],
  ['non-ASCII', ['a1', 'é']],
  ['with a trailing zero', ['a1', 'a10']],
])('between neighbours whose keys are %s, all rows take fresh keys in the same order', (_what, keys) => {
  const rows = keys.map((order_key, index) => ({ id: `r${index}`, order_key }))
  const placed = place(rows, ['new'], { at: 1, random: seeded(3) })
  expect(placed.map((row) => row.id)).toEqual(['r0', 'new', 'r1'])
  expect(placed.every((row) => isOrderKey(row.order_key))).toBe(true)
})

test('a bad key elsewhere is left alone', () => {
  const rows = ['a1', 'a2', 'bad key'].map((order_key, index) => ({ id: `r${index}`, order_key }))
  expect(planPlaces(rows, { at: 1, count: 1, random: seeded(1) }).rewritten.size).toBe(0)
})

test('two desktops that insert at one place rarely choose the same key', () => {
  const keys = Array.from(
    { length: 200 },
    (_, seed) => keysBetween('a0', 'a1', { count: 1, random: seeded(seed * 7_919) })[0],
  )
  expect(new Set(keys).size).toBeGreaterThan(80)
})
