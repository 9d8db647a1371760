import { describe, expect, test } from 'vitest'
import { keepOrder } from '../../src/renderer/sessions/list/keep-order.ts'
import {
  extendRows,
  keepSelection,
  noSelection,
  rowAt,
  selectMany,
  selectOne,
  toggleRow,
} from '../../src/renderer/sessions/line-up/line-selection.ts'

const order = ['a', 'b', 'c', 'd', 'e']

describe('the selection of a line-up', () => {
  test('extends from the anchor, both ways, and shrinks again', () => {
    const three = extendRows(selectOne('c'), order, 'e')
    expect(three.ids).toEqual(['c', 'd', 'e'])
    expect(extendRows(three, order, 'd').ids).toEqual(['c', 'd'])
    expect(extendRows(three, order, 'b').ids).toEqual(['b', 'c'])
  })
  test('toggles single rows', () => {
    const two = toggleRow(selectOne('a'), 'd')
    expect(two).toEqual({ ids: ['a', 'd'], active: 'd', anchor: 'd' })
    expect(toggleRow(two, 'a').ids).toEqual(['d'])
  })
  test('begins at the end that the key comes from, and stops at the ends', () => {
    expect(rowAt(noSelection, order, 'down')).toBe('a')
    expect(rowAt(noSelection, order, 'up')).toBe('e')
    expect(rowAt(selectOne('e'), order, 'down')).toBe('e')
    expect(rowAt(selectOne('a'), order, 'up')).toBe('a')
    expect(rowAt(selectOne('b'), order, 'page-down')).toBe('e')
    expect(rowAt(noSelection, [], 'down')).toBeNull()
  })
  test('goes to the row behind a gap when its rows are removed, or to the one before it at the end', () => {
    const gone = (ids: readonly string[]) => order.filter((id) => !ids.includes(id))
    const removed = (ids: readonly string[]) =>
      keepSelection(selectMany(ids, ids[0] ?? null), { before: order, after: gone(ids) })
    expect(removed(['b', 'c'])).toEqual(selectOne('d'))
    expect(removed(['d', 'e'])).toEqual(selectOne('c'))
    expect(removed(order)).toEqual(noSelection)
  })
  test('stays the same object where nothing of it is gone', () => {
    const one = selectOne('b')
    expect(keepSelection(one, { before: order, after: order.toReversed() })).toBe(one)
  })
})

describe('rows under a pointer', () => {
  test('keep their places, what is new stands on top, what is gone leaves', () => {
    const rows = ['e', 'x', 'a', 'c'].map((id) => ({ id }))
    expect(keepOrder(['a', 'b', 'c', 'e'], rows).map(({ id }) => id)).toEqual(['x', 'a', 'c', 'e'])
  })
})
