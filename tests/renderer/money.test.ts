import { expect, test } from 'vitest'
import { moneyText, parseMoney } from '../../src/renderer/ui/money.ts'

test.each([
  ['12', 1200],
  ['12.5', 1250],
  ['12,50', 1250],
  ['1.299,00', 129900],
  ['1,299.00', 129900],
  ['1.299', 129900],
  ['1,234,567.89', 123456789],
  ['€ 12,50', 1250],
  ['12.50 $', 1250],
  ['$0.99', 99],
  ['0', 0],
])('reads %s as a price', (text, cents) => {
  expect(parseMoney(text)).toEqual({ cents })
})

test('takes an empty field as no price', () => {
  expect(parseMoney('  ')).toEqual({ cents: null })
})

test.each(['abc', '-5', '12.345,6.7', '1,2,3', '12.3.4', '€', '1.23.456', '1,234,5'])('refuses %s', (text) => {
  expect(parseMoney(text)).toEqual({ problem: 'not-a-price' })
})

test('refuses what the catalogue cannot hold', () => {
  expect(parseMoney('10000001')).toEqual({ problem: 'too-large' })
})

test('shows cents so that they read back the same', () => {
  for (const cents of [0, 1, 99, 100, 1250, 129900, 999_999_999])
    expect(parseMoney(moneyText(cents))).toEqual({ cents })
  expect(moneyText(null)).toBe('')
})
