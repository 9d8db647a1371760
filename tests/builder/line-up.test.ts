import { describe, expect, test } from 'vitest'
import { moved, patched, without } from '../../src/renderer/sessions/line-up/apply-edit.ts'
import { marksOf } from '../../src/renderer/sessions/line-up/item-marks.ts'
import { targetOfDrop } from '../../src/renderer/sessions/line-up/line-drag.ts'
import { lineRows, sectionsOf } from '../../src/renderer/sessions/line-up/line-rows.ts'
import { placeOfNumber } from '../../src/renderer/sessions/line-up/place-of-number.ts'
import { planSection } from '../../src/renderer/sessions/line-up/plan-section.ts'
import { itemOf, sessionOf } from './item.ts'

const items = [
  itemOf('a'),
  itemOf('b'),
  itemOf('c', { section: 'Rings' }),
  itemOf('d', { section: 'Rings' }),
  itemOf('e'),
]
const session = sessionOf(items)
const order = (shown: typeof session) => shown.items.map(({ id, number }) => `${id}${String(number)}`).join(' ')

describe('a change that shows before it is answered', () => {
  test('moves a block into its new place and section, and renumbers', () => {
    const after = moved(session, ['d', 'a'], { after: 'e', section: null })
    expect(order(after)).toBe('b1 c2 e3 a4 d5')
    expect(after.items.at(-1)?.section).toBeNull()
  })
  test('leaves frozen numbers alone', () => {
    expect(order(moved({ ...session, numbersFrozen: true }, ['a'], { after: 'e', section: null }))).toBe(
      'b2 c3 d4 e5 a1',
    )
    expect(order(without({ ...session, numbersFrozen: true }, ['b']))).toBe('a1 c3 d4 e5')
  })
  test('takes items out', () => {
    const after = without(session, ['a', 'c'])
    expect(order(after)).toBe('b1 d2 e3')
    expect(after.itemCount).toBe(3)
  })
  test('sets and reverts overrides, one by one', () => {
    const once = patched(session, ['a'], { overrides: { name: 'Other', priceCents: 100 } })
    expect(once.items[0]).toMatchObject({
      name: 'Other',
      priceCents: 100,
      overrides: { name: 'Other', priceCents: 100 },
    })
    const twice = patched(once, ['a'], { overrides: { name: null } })
    expect(twice.items[0]).toMatchObject({ name: 'Name a', priceCents: 100, overrides: { priceCents: 100 } })
  })
  test('keeps the items that it does not touch as they are', () => {
    expect(patched(session, ['a'], { skip: true }).items[1]).toBe(session.items[1])
  })
})

describe('the lines of a list', () => {
  test('have a heading where a section begins, and one where it ends without another', () => {
    const kinds = lineRows(items).map((row) => (row.kind === 'item' ? row.item.id : `[${row.title ?? ''}]`))
    expect(kinds).toEqual(['a', 'b', '[Rings]', 'c', 'd', '[]', 'e'])
  })
  test('know the items under a heading', () => {
    expect(lineRows(items).find((row) => row.kind === 'section')).toMatchObject({ itemIds: ['c', 'd'] })
  })
  test('name every section once', () => {
    expect(sectionsOf([...items, itemOf('f', { section: 'Rings' })])).toEqual(['Rings'])
  })
})

describe('a drop on the list', () => {
  const heading = { kind: 'section', title: 'Rings', itemIds: ['c', 'd'] } as const
  test('on a heading comes first in its section', () => {
    expect(targetOfDrop(items, ['a'], heading)).toEqual({ after: 'b', section: 'Rings' })
    expect(targetOfDrop(items, ['c'], heading)).toEqual({ after: 'b', section: 'Rings' })
  })
  test('of a whole section on its own heading moves nothing', () => {
    expect(targetOfDrop(items, ['c', 'd'], heading)).toBeNull()
  })
  test('below the last row comes last', () => {
    expect(targetOfDrop(items, ['a', 'b'], { kind: 'end' })).toEqual({ after: 'e', section: null })
  })
})

describe('putting items into a section', () => {
  test('that is there already puts them at its end', () => {
    expect(planSection(items, ['a', 'e'], 'Rings')).toEqual({ after: 'd', section: 'Rings' })
  })
  test('that is new keeps them where the first of them stands', () => {
    expect(planSection(items, ['b', 'e'], 'Bags')).toEqual({ after: 'a', section: 'Bags' })
    expect(planSection(items, ['a'], 'Bags')).toEqual({ after: null, section: 'Bags' })
  })
})

describe('move to a number', () => {
  test('means the place while numbers follow the order, beyond the end too', () => {
    expect(placeOfNumber(session.items, 99, false)).toBe(99)
  })
  test('means the item with that number once they are frozen', () => {
    const frozen = [{ number: 7 }, { number: 2 }]
    expect(placeOfNumber(frozen, 2, true)).toBe(2)
    expect(placeOfNumber(frozen, 1, true)).toBeNull()
  })
})

describe('the marks of an item', () => {
  test('name all that is missing or different', () => {
    const item = itemOf('a', { priceCents: null, talkingPointsMd: ' ', imageCount: 0, overrides: { name: 'x' } })
    expect(marksOf(item)).toEqual(['noPrice', 'noPoints', 'noPicture', 'override'])
    expect(marksOf(itemOf('b'))).toEqual([])
  })
  test('do not call a picture missing that is only on its way', () => {
    expect(marksOf(itemOf('a', { imageCount: 2, images: [] }))).toEqual([])
  })
})
