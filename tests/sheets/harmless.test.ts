import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asWritten, harmless, markedAsText } from '../../src/main/sheets/harmless.ts'

test.each(['=1+1', '+49 30', '- Gold plated', '@me', '\t=1', '\r=1'])('%j gets an apostrophe', (text) => {
  expect(harmless(text)).toBe(`'${text}`)
  expect(asWritten(`'${text}`)).toBe(text)
})

test.each(['', 'Gold', "'tis", 'a=1', '1-2', ' =1'])('%j stays as it is', (text) => {
  expect(harmless(text)).toBe(text)
  expect(asWritten(text)).toBe(text)
})

test('whatever a text is, it comes back, and no cell begins a formula', () => {
  const text = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', 'a', ' ', '\n') })
  fc.assert(
    fc.property(text, (one) => {
      expect(asWritten(harmless(one))).toBe(one)
      expect(asWritten(markedAsText(one))).toBe(one)
      expect(harmless(one)).not.toMatch(/^[=+\-@\t\r]/)
    }),
  )
})
