import { describe, expect, test } from 'vitest'
import { planDrop, planMoveTo, planStep } from '../../src/renderer/sessions/move-plan.ts'
import { extendTo, toggle } from '../../src/renderer/sessions/ordered-selection.ts'

const row = (id: string, section: string | null = null) => ({ id, number: 0, section })
const rows = [row('a'), row('b'), row('c', 'Rings'), row('d', 'Rings'), row('e', 'Bags')]

describe('a drop', () => {
  test('on the lower edge goes behind the row and into its section', () => {
    expect(planDrop(rows, ['a'], { over: 'd', edge: 'bottom' })).toEqual({ after: 'd', section: 'Rings' })
  })
  test('on the upper edge of a section’s first row joins that section', () => {
    expect(planDrop(rows, ['a'], { over: 'c', edge: 'top' })).toEqual({ after: 'b', section: 'Rings' })
  })
  test('counts places without the rows that move', () => {
    expect(planDrop(rows, ['b', 'c'], { over: 'd', edge: 'top' })).toEqual({ after: 'a', section: 'Rings' })
  })
  test('on itself does nothing', () => {
    expect(planDrop(rows, ['a', 'b'], { over: 'b', edge: 'top' })).toBeNull()
  })
})

describe('a step by keyboard', () => {
  test('within a section moves one place', () => {
    expect(planStep(rows, ['d'], 'up')).toEqual({ after: 'b', section: 'Rings' })
    expect(planStep(rows, ['a'], 'down')).toEqual({ after: 'b', section: null })
  })
  test('at a border changes the section before the place', () => {
    expect(planStep(rows, ['b'], 'down')).toEqual({ after: 'a', section: 'Rings' })
    expect(planStep(rows, ['c'], 'up')).toEqual({ after: 'b', section: null })
  })
  test('at an end does nothing', () => {
    expect(planStep(rows, ['a'], 'up')).toBeNull()
    expect(planStep(rows, ['e'], 'down')).toBeNull()
  })
})

describe('move to a number', () => {
  test('puts the block’s first item at that place', () => {
    expect(planMoveTo(rows, ['a'], 3)).toEqual({ after: 'c', section: 'Rings' })
    expect(planMoveTo(rows, ['e'], 1)).toEqual({ after: null, section: null })
  })
  test('beyond the end means the end', () => {
    expect(planMoveTo(rows, ['a'], 99)).toEqual({ after: 'e', section: 'Bags' })
  })
})

describe('a selection', () => {
  test('keeps the order of the clicks', () => {
    expect(['c', 'a', 'b', 'a'].reduce<readonly string[]>(toggle, [])).toEqual(['c', 'b'])
  })
  test('extends from the anchor towards the row, without doubles', () => {
    const ids = ['a', 'b', 'c', 'd']
    expect(extendTo(['c'], { rows: ids, anchor: 'd', id: 'a' })).toEqual(['c', 'd', 'b', 'a'])
    expect(extendTo([], { rows: ids, anchor: null, id: 'b' })).toEqual(['b'])
  })
})
