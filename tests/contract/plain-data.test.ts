import { describe, expect, it } from 'vitest'
import { isPlainData } from '../../src/main/plain-data.ts'
import { heavy } from '../electron/hostile.ts'

const lists = (depth: number): unknown => (depth === 0 ? 1 : [lists(depth - 1)])
const knot: unknown[] = []
knot.push(knot, knot)

describe('plain data', () => {
  it.each<unknown>([
    undefined,
    null,
    1,
    Number.NaN,
    'text',
    true,
    [],
    {},
    [undefined],
    { a: [{ b: null }] },
    lists(64),
  ])('is %j', (value) => {
    expect(isPlainData(value)).toBe(true)
  })

  it('is what came as JSON, whatever its keys are called, and what has no prototype', () => {
    expect(isPlainData(JSON.parse('{"__proto__":{"a":1},"constructor":1}'))).toBe(true)
    expect(isPlainData(Object.assign(Object.create(null), { a: 1 }))).toBe(true)
  })

  it.each<readonly [string, unknown]>([
    ['a cycle', knot],
    ['more than 64 levels', lists(65)],
    ['a big integer', { a: 1n }],
    ['a function', { a: () => 1 }],
    ['a symbol', { a: Symbol('a') }],
    ['a map', new Map()],
    ['a date', { at: new Date(0) }],
    ['an error', new Error('x')],
    ['bytes', [new Uint8Array(1)]],
    ['a boxed text', { a: Object('x') }],
    ['an object of a class', new URL('https://example.test/')],
  ])('is not %s', (_what, value) => {
    expect(isPlainData(value)).toBe(false)
  })

  it('weighs texts, keys, entries and holes', () => {
    expect(isPlainData('x'.repeat(99), 100)).toBe(true)
    expect(isPlainData('x'.repeat(100), 100)).toBe(false)
    expect(isPlainData({ ['x'.repeat(100)]: 1 }, 100)).toBe(false)
    expect(isPlainData(Array.from({ length: 101 }), 100)).toBe(false)
    expect(isPlainData(Object.assign([], { length: 2 ** 32 - 1 }), 100)).toBe(false)
  })

  it.each(heavy.filter((value) => typeof value !== 'string' || value.length > 2 ** 20))(
    'that would be more than a call may hold is refused without being written out: case %#',
    (value) => {
      expect(isPlainData(value, 2 ** 14)).toBe(false)
    },
  )
})
