import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, encode } from '../support/electron-runtime/clone.ts'

// https://www.electronjs.org/docs/latest/tutorial/ipc#object-serialization: IPC clones by the structured clone algorithm.
describe('what IPC carries', () => {
  it('is what a structured clone would be', () => {
    const values = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: false,
      withNullPrototype: false,
    })
    fc.assert(
      fc.property(values, (value) => {
        expect(decode(encode(value))).toEqual(structuredClone(value))
      }),
      { numRuns: 300 },
    )
  })

  it('keeps cycles, and one object that is named twice', () => {
    const shared = { a: 1 }
    const value: { self?: object; list: object[] } = { list: [shared, shared] }
    value.self = value
    const copy = decode(encode(value)) as typeof value
    expect(copy.self).toBe(copy)
    expect(copy.list[0]).toBe(copy.list[1])
  })

  it('drops prototypes, and keeps errors', () => {
    class Point {
      readonly x = 1
      norm(): number {
        return this.x
      }
    }
    expect(Object.getPrototypeOf(decode(encode(new Point())))).toBe(Object.prototype)
    const error = decode(encode(new RangeError('far')))
    expect(error).toBeInstanceOf(RangeError)
    expect(error).toMatchObject({ message: 'far' })
  })

  it.each([() => 1, Symbol('s'), Promise.resolve(), new WeakMap(), { deep: [() => 1] }])('refuses %s', (value) => {
    expect(() => encode(value)).toThrow('An object could not be cloned')
  })
})
