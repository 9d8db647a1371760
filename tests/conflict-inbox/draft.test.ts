import { expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import * as drafts from '../../src/renderer/conflicts/draft.ts'
import type { Draft } from '../../src/renderer/conflicts/draft.ts'
import { conflictOf } from './conflict.ts'

const conflict = conflictOf()
const empty = drafts.emptyDraft(conflict)

test('nothing is decided before each field has an answer', () => {
  expect(drafts.decisionOf(empty, conflict)).toBeNull()
  const half = drafts.chosen(empty, 'notes', 'theirs')
  expect(drafts.decisionOf(half, conflict)).toBeNull()
  expect(drafts.missing(half, conflict)).toEqual(['overrides.name'])
  const all = drafts.chosen(half, 'overrides.name', 'mine')
  expect(drafts.decisionOf(all, conflict)).toEqual({ choices: { notes: 'theirs', 'overrides.name': 'mine' } })
})

test('one side for everything is told as one', () => {
  expect(drafts.decisionOf(drafts.chosenAll(empty, conflict, 'mine'), conflict)).toEqual({ keep: 'mine' })
  expect(drafts.decisionOf({ ...empty, both: true }, conflict)).toEqual({ keep: 'both' })
  // A choice of a single field takes "both" back.
  expect(drafts.chosen({ ...empty, both: true }, 'notes', 'mine').both).toBe(false)
})

test('a third value starts with the side that was chosen, and is kept while another one is looked at', () => {
  const notes = must(conflict.fields[1], 'the notes')
  const began = drafts.withOwn(drafts.chosen(empty, 'notes', 'theirs'), notes)
  expect(began.own).toEqual({ notes: 'hers' })
  const typed = drafts.written(began, 'notes', 'hers and mine')
  const away = drafts.chosen(typed, 'notes', 'mine')
  expect(drafts.withOwn(away, notes)).toEqual(typed)
  expect(drafts.decisionOf(drafts.chosen(typed, 'overrides.name', 'mine'), conflict)).toEqual({
    choices: { notes: { value: 'hers and mine' }, 'overrides.name': 'mine' },
  })
})

test('a third value starts with both changes together where they do not touch', () => {
  const text = { name: 'notes', base: 'Gold, 14 carat', mine: 'Silver, 14 carat', theirs: 'Gold, 18 carat' }
  expect(drafts.withOwn(empty, text).own).toEqual({ notes: 'Silver, 18 carat' })
  const price = { name: 'overrides.priceCents', base: 1000, mine: 900, theirs: 800 }
  expect(drafts.withOwn(empty, price).own).toEqual({ 'overrides.priceCents': 900 })
})

test('an empty name of its own is none; empty notes are empty', () => {
  const typed = drafts.written(drafts.written(empty, 'overrides.name', '  '), 'notes', '')
  expect(drafts.decisionOf(typed, conflict)).toEqual({
    choices: { 'overrides.name': { value: null }, notes: { value: '' } },
  })
  expect(drafts.hasTyped(typed)).toBe(true)
  expect(drafts.hasTyped(drafts.written(empty, 'notes', ''))).toBe(false)
})

const [name, notes] = conflict.fields
const changed = (value: string, version: string) =>
  conflictOf({ ...conflict, version, fields: [must(name, 'a field'), { ...must(notes, 'a field'), theirs: value }] })

test('what changed since is told, and only its choice is taken back', () => {
  const draft = drafts.written(drafts.chosen(empty, 'overrides.name', 'theirs'), 'notes', 'typed')
  const now = drafts.followed(draft, changed('hers, again', 'two'))
  expect(now.news).toEqual([{ name: 'notes', side: 'theirs', old: 'hers', now: 'hers, again' }])
  expect(now.choices).toEqual({ 'overrides.name': 'theirs' })
  // What was typed is not lost.
  expect(now.own).toEqual({ notes: 'typed' })
  // Once more: from the first value to the last; and back again is no news.
  const again = drafts.followed(now, changed('third', 'three'))
  expect(again.news).toEqual([{ name: 'notes', side: 'theirs', old: 'hers', now: 'third' }])
  expect(drafts.followed(again, changed('hers', 'four')).news).toEqual([])
  expect(drafts.followed(now, changed('whatever', 'two'))).toBe(now)
})

test('a question that is one is asked again as a whole', () => {
  const deleted = { name: 'deleted', base: false, mine: false, theirs: true }
  const before = conflictOf({
    kind: 'delete',
    fields: [deleted, { name: 'skip', base: false, mine: true, theirs: null }],
  })
  const draft = drafts.chosenAll(drafts.emptyDraft(before), before, 'mine')
  expect(drafts.decisionOf(draft, before)).toEqual({ keep: 'mine' })
  const back = { ...before, version: 'two', fields: [{ ...deleted, theirs: false }, ...before.fields.slice(1)] }
  expect(drafts.decisionOf(drafts.followed(draft, back), back)).toBeNull()
})

test('a draft is what it was after it was kept', () => {
  const draft: Draft = { ...drafts.written(empty, 'overrides.priceCents', 1299), both: false }
  expect(drafts.Draft.parse(JSON.parse(JSON.stringify(draft)))).toEqual(draft)
  expect(drafts.Draft.safeParse({ version: 'of an older app' }).success).toBe(false)
})
