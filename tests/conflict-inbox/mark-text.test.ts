import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markOwn, markText } from '../../src/renderer/conflicts/mark-text.ts'
import type { Mark } from '../../src/renderer/conflicts/mark-text.ts'

const short = (marks: readonly Mark[]): string =>
  marks.map(({ kind, text }) => ({ same: text, added: `[+${text}]`, removed: `[-${text}]` })[kind]).join('')

test.each([
  ['Gold hoop with pearls', 'Silver hoop with two pearls', '[-Gold][+Silver] hoop with [+two ]pearls'],
  ['12 carat', '14 carat', '[-12][+14] carat'],
  // Words side by side are one change.
  ['red gold ring', 'blue silver ring', '[-red gold][+blue silver] ring'],
  ['- one\n- two', '- one\n- three\n- two', '- one\n- [+three\n- ]two'],
  ['same', 'same', 'same'],
  ['', 'all new', '[+all new]'],
  ['all gone', '', '[-all gone]'],
  ['', '', ''],
])('%j became %j', (from, to, marked) => {
  expect(short(markText(from, to))).toBe(marked)
})

test('nothing is lost and nothing is made up, whatever the texts', () => {
  const text = fc.array(fc.constantFrom('ring', 'gold', ' ', '  ', '\n', '.', 'é', '日', '-'), { maxLength: 12 })
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [from, to] = [a.join(''), b.join('')]
      const marks = markText(from, to)
      const without = (kind: Mark['kind']): string =>
        marks
          .filter((one) => one.kind !== kind)
          .map((one) => one.text)
          .join('')
      expect([without('added'), without('removed')]).toEqual([from, to])
      expect(marks.every((one) => one.text !== '')).toBe(true)
    }),
  )
})

test('texts that have nothing in common are one that replaced the other, at once', () => {
  const words = (letter: string): string => Array.from({ length: 3_000 }, (_, n) => `${letter}${n}`).join(' ')
  const [from, to] = [words('a'), words('b')]
  expect(markText(from, to)).toEqual([
    { kind: 'removed', text: from },
    { kind: 'added', text: to },
  ])
})

test('two texts that nothing came before: each is marked where the other one differs', () => {
  expect(short(markOwn('Golden hoop', 'Gold hoop'))).toBe('[+Golden] hoop')
  expect(short(markOwn('Gold hoop', 'Golden hoop'))).toBe('[+Gold] hoop')
})
