import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeTexts } from '../../src/renderer/conflicts/merge-texts.ts'

test.each<[string, [string, string], string | null]>([
  // Each changed something else.
  ['Say that it is 14 carat.', ['Show that it is 14 carat.', 'Say that it is 18 carat.'], 'Show that it is 18 carat.'],
  ['one two three', ['zero one two three', 'one two three four'], 'zero one two three four'],
  ['one two three', ['one three', 'one two three four'], 'one three four'],
  // The same place: no machine knows.
  ['Start with the gold.', ['Start with the pearls.', 'Start with the silver.'], null],
  ['one two', ['one and two', 'one or two'], null],
])('%j as %j is %j', (base, [mine, theirs], merged) => {
  expect(mergeTexts(base, mine, theirs)).toBe(merged)
  expect(mergeTexts(base, theirs, mine)).toBe(merged)
})

test('who changed nothing has nothing to add', () => {
  const text = fc
    .array(fc.constantFrom('ring', 'gold', ' ', '\n', '.'), { maxLength: 12 })
    .map((words) => words.join(''))
  fc.assert(
    fc.property(text, text, (base, changed) => {
      expect([mergeTexts(base, changed, base), mergeTexts(base, base, changed)]).toEqual([changed, changed])
    }),
  )
})
