import { describe, expect, test } from 'vitest'
import { commitEntry, emptyEntry, entryTimeout, numberRange, typeDigit } from '../../src/renderer/keys/number-entry.ts'

const numbers = Array.from({ length: 47 }, (_, index) => index + 1)
const auto = { numbers, ms: 500 }
const type = (digits: string, rules = auto) =>
  Array.from(digits).reduce((step, digit) => typeDigit(step.entry, Number(digit), rules), {
    entry: emptyEntry,
    commit: null as number | null,
  })

describe('typing a number', () => {
  test('commits at once when no longer number begins with it', () => {
    expect(type('5').commit).toBe(5)
    expect(type('47').commit).toBe(47)
  })
  test('waits while a longer number is possible', () => {
    expect(type('4')).toEqual({ entry: { digits: '4', unknown: null }, commit: null })
    expect(entryTimeout(type('4').entry, 500)).toBe(500)
    expect(commitEntry(type('4').entry, auto).commit).toBe(4)
  })
  test('goes by the real numbers, not by how many there are', () => {
    const frozen = { numbers: [1, 2, 5, 12, 51], ms: 500 }
    expect(type('5', frozen).commit).toBeNull()
    expect(type('2', frozen).commit).toBe(2)
  })
  test('that is not in the line-up moves nothing and says so', () => {
    expect(type('48')).toEqual({ entry: { digits: '', unknown: 48 }, commit: null })
    expect(entryTimeout(type('48').entry, 500)).toBe(1500)
    expect(numberRange(numbers)).toEqual({ from: 1, to: 47 })
  })
  test('begins anew after an unknown number', () => {
    expect(type('482').entry.digits).toBe('2')
  })
  test('waits for Enter only, where the setting says so', () => {
    const byEnter = { numbers, ms: 0 }
    expect(type('5', byEnter).commit).toBeNull()
    expect(entryTimeout(type('5', byEnter).entry, 0)).toBeNull()
    expect(commitEntry(type('5', byEnter).entry, byEnter).commit).toBe(5)
  })
  test('with Shift waits for a key, however clear the number is', () => {
    const shift = { ...auto, held: true }
    expect(type('5', shift)).toEqual({ entry: { digits: '5', unknown: null, held: true }, commit: null })
    expect(type('47', shift).commit).toBeNull()
    expect(entryTimeout(type('47', shift).entry, 500)).toBeNull()
    expect(commitEntry(type('47', shift).entry, auto)).toEqual({ entry: emptyEntry, commit: 47 })
    expect(commitEntry(type('48', shift).entry, auto)).toEqual({ entry: { digits: '', unknown: 48 }, commit: null })
  })
  test('stays waiting when Shift is let go between its digits, and begins anew with the next number', () => {
    const begun = typeDigit(emptyEntry, 4, { ...auto, held: true }).entry
    const whole = typeDigit(begun, 7, auto)
    expect(whole).toEqual({ entry: { digits: '47', unknown: null, held: true }, commit: null })
    expect(typeDigit(commitEntry(whole.entry, auto).entry, 5, auto).commit).toBe(5)
  })
  test('ignores zeros in front, and knows zero itself', () => {
    expect(type('07').commit).toBe(7)
    expect(type('0').commit).toBeNull()
    expect(type('0', { numbers: [0, 1], ms: 500 }).commit).toBe(0)
  })
  test('Enter on an empty buffer does nothing', () => {
    expect(commitEntry(emptyEntry, auto)).toEqual({ entry: emptyEntry, commit: null })
    expect(numberRange([])).toBeNull()
  })
})
