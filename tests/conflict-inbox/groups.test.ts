import { expect, test } from 'vitest'
import { alikeOf, groupConflicts, isBlock } from '../../src/renderer/conflicts/group-conflicts.ts'
import { conflictOf } from './conflict.ts'

const other = '019a0000-0000-7000-8000-000000000002'

test('by session in the order of the list, and what belongs to none last', () => {
  const none = conflictOf({ sessionId: null, sessionName: null })
  const [a, b, c] = [conflictOf(), conflictOf({ sessionId: other, sessionName: 'Monday' }), conflictOf()]
  expect(groupConflicts([none, a, b, c])).toEqual([
    { sessionId: a.sessionId, name: 'Friday', conflicts: [a, c] },
    { sessionId: other, name: 'Monday', conflicts: [b] },
    { sessionId: null, name: null, conflicts: [none] },
  ])
})

test('a session that is gone is named by the conflict about it', () => {
  const item = conflictOf({ sessionName: null })
  const session = conflictOf({ entity: 'sessions', kind: 'delete', sessionName: null, title: 'Last Friday' })
  expect(groupConflicts([item, session])).toMatchObject([{ name: 'Last Friday' }])
})

test('alike are those of the same kind in the same session', () => {
  const one = conflictOf()
  const same = conflictOf()
  const all = [one, same, conflictOf({ kind: 'delete' }), conflictOf({ sessionId: other })]
  expect(alikeOf(one, all)).toEqual([same])
  expect(isBlock(one, [same])).toBe(false)
})

test('the rows of a block that was moved go together, and without the other moves', () => {
  const moved = (group: string) => conflictOf({ kind: 'order', order: { mine: [], theirs: [], group } })
  const [one, two, three, alone] = [moved('a'), moved('a'), moved('a'), moved('b')]
  expect(alikeOf(one, [one, two, alone, three])).toEqual([two, three])
  expect(isBlock(one, [two, three])).toBe(true)
  expect(alikeOf(alone, [one, two, alone])).toEqual([one, two])
  expect(isBlock(alone, [one, two])).toBe(false)
})

test('of removals those are alike that the same side made', () => {
  const removed = (mine: boolean) =>
    conflictOf({ kind: 'delete', fields: [{ name: 'deleted', base: false, mine, theirs: !mine }] })
  const [one, same, edited] = [removed(true), removed(true), removed(false)]
  expect(alikeOf(one, [one, same, edited])).toEqual([same])
})
