import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import type { Handlers } from '#shared/contract.ts'
import type { Preset, presets } from '#shared/presets.ts'
import { createPresets } from '../../src/main/live/presets.ts'
import { testCore } from '../support/core.ts'

type Names = keyof typeof presets
type Presets = {
  [N in Names]: (input: Parameters<Handlers<typeof presets>[N]>[0]) => Awaited<ReturnType<Handlers<typeof presets>[N]>>
}

function setUp() {
  const core = testCore()
  const handlers = createPresets({ db: core.db, writer: core.writer, random: () => 0.3 }) as Presets
  const make = (text: string): Preset => handlers['presets.create']({ text, color: 'blue' })
  return { ...core, handlers, make, texts: () => handlers['presets.list']({}).items.map(({ text }) => text) }
}

test('presets stand in the order in which they were made', () => {
  const { handlers, make, texts } = setUp()
  expect(make('One')).toEqual({ id: expect.any(String), text: 'One', color: 'blue', clearAfterSeconds: null })
  make('Two')
  expect(handlers['presets.create']({ text: 'Three', color: 'red', clearAfterSeconds: 20 }).clearAfterSeconds).toBe(20)
  expect(texts()).toEqual(['One', 'Two', 'Three'])
})

test('a preset changes field by field and keeps its place', () => {
  const { handlers, make, texts } = setUp()
  const one = make('One')
  make('Two')
  const changed = handlers['presets.update']({ id: one.id, patch: { text: 'Uno', clearAfterSeconds: 9 } })
  expect(changed).toEqual({ ...one, text: 'Uno', clearAfterSeconds: 9 })
  expect(handlers['presets.update']({ id: one.id, patch: { clearAfterSeconds: null } }).clearAfterSeconds).toBeNull()
  expect(texts()).toEqual(['Uno', 'Two'])
})

test('a preset moves to the front, behind another one, and behind itself means that it stays', () => {
  const { handlers, make, texts } = setUp()
  const [a, b, c] = [make('A'), make('B'), make('C')]
  handlers['presets.update']({ id: c.id, patch: {}, after: null })
  expect(texts()).toEqual(['C', 'A', 'B'])
  handlers['presets.update']({ id: c.id, patch: {}, after: a.id })
  expect(texts()).toEqual(['A', 'C', 'B'])
  handlers['presets.update']({ id: a.id, patch: {}, after: b.id })
  handlers['presets.update']({ id: a.id, patch: {}, after: a.id })
  expect(texts()).toEqual(['C', 'B', 'A'])
})

test('presets whose places came out equal elsewhere are told apart when one moves between them', () => {
  const { handlers, make, texts, db } = setUp()
  const [a, , c] = [make('A'), make('B'), make('C')]
  db.run(db.build.updateTable('message_presets').set({ order_key: 'a0' }))
  handlers['presets.update']({ id: c.id, patch: {}, after: a.id })
  expect(texts()).toEqual(['A', 'C', 'B'])
})

test('a preset that is deleted is gone, and cannot be changed or moved behind', () => {
  const { handlers, make, texts, changed } = setUp()
  const [one, two] = [make('One'), make('Two')]
  handlers['presets.delete']({ id: one.id })
  expect(texts()).toEqual(['Two'])
  expect(changed).toEqual(['presets', 'presets', 'presets'])
  const gone = expect.objectContaining({ code: 'not-found' })
  expect(() => handlers['presets.update']({ id: one.id, patch: { text: 'x' } })).toThrow(gone)
  expect(() => handlers['presets.delete']({ id: uuid() })).toThrow(gone)
  expect(() => handlers['presets.update']({ id: two.id, patch: { text: 'x' }, after: one.id })).toThrow(gone)
  expect(texts()).toEqual(['Two'])
})
