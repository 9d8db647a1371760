import { expect, test } from 'vitest'
import { formatCents } from '#shared/money.ts'

test.each([
  [1299, '12.99'],
  [5, '0.05'],
  [0, '0.00'],
  [100_000, '1000.00'],
  [-1250, '-12.50'],
])('%i cents read %s', (cents, text) => {
  expect(formatCents(cents)).toBe(text)
})
