import { expect, test } from 'vitest'
import { readAmount } from '../../src/main/sheets/amount.ts'

test.each([
  ['12', 1_200],
  ['12.5', 1_250],
  ['12,50', 1_250],
  ['€ 12,50', 1_250],
  ['12.50 $', 1_250],
  ['EUR 1.299,00', 129_900],
  ['1,299.00', 129_900],
  ["1'299.00", 129_900],
  ['1 299,00', 129_900],
  ['1,299', 129_900],
  ['1,234,567', 123_456_700],
  ['19.9000', 1_990],
  ['0', 0],
  [' ', null],
])('%j is %s cents', (text, cents) => {
  expect(readAmount(text)).toEqual({ cents })
})

test.each([
  ['1.299', 'unclear'],
  ['twelve', 'not-money'],
  ['-5', 'not-money'],
  ['1,2,3', 'not-money'],
  ['1.299.00', 'not-money'],
  ['12.505', 'unclear'],
  ['12.5055', 'not-money'],
  ['$', 'not-money'],
  ['99999999.99', 'too-large'],
])('%j is no amount: %s', (text, problem) => {
  expect(readAmount(text)).toEqual({ problem })
})
