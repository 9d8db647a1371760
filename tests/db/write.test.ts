import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { testCore } from '../support/core.ts'

const brand = (name: string) => ({ id: uuid(), name, slug: name.toLowerCase(), notes: '' })

test('a write that throws leaves nothing and announces nothing', () => {
  const { db, writer, changed } = testCore()
  expect(() =>
    writer.transact((tx) => {
      tx.insert('brands', brand('A'))
      throw new Error('half way')
    }),
  ).toThrow('half way')
  expect(db.statement('SELECT count(*) AS n FROM brands').get()).toEqual({ n: 0 })
  expect(changed).toEqual([])
})

test('an observer that throws before the commit undoes the write', () => {
  const { db, writer } = testCore()
  writer.observe({
    beforeCommit: () => {
      throw new Error('no outbox')
    },
  })
  expect(() => writer.transact((tx) => tx.insert('brands', brand('A')))).toThrow('no outbox')
  expect(db.statement('SELECT count(*) AS n FROM brands').get()).toEqual({ n: 0 })
})

test('several writes to one row are one change with the first before and the last after', () => {
  const { writer } = testCore()
  const seen: unknown[] = []
  writer.observe({ beforeCommit: (changes) => seen.push(changes) })
  const one = brand('A')
  writer.transact((tx) => {
    tx.insert('brands', one)
    tx.update('brands', one.id, { name: 'B' })
  })
  expect(seen).toEqual([
    [{ entity: 'brands', id: one.id, before: null, after: expect.objectContaining({ name: 'B' }) }],
  ])
})

test('an update that changes nothing is no change and keeps its time', () => {
  const { db, writer, clock, changed } = testCore()
  const one = brand('A')
  writer.transact((tx) => tx.insert('brands', one))
  changed.length = 0
  clock.advance(1000)
  expect(writer.transact((tx) => tx.update('brands', one.id, { name: 'A' }))).toBe(false)
  expect(changed).toEqual([])
  expect(db.statement('SELECT created_at = updated_at AS same FROM brands').get()).toEqual({ same: 1 })
})

test('a promise is refused, and so is a write inside a write', () => {
  const { writer } = testCore()
  expect(() => writer.transact(() => Promise.resolve())).toThrow('synchronous')
  expect(() => writer.transact(() => writer.transact(() => 1))).toThrow('write inside a write')
})

test('undo restores what it can and never overwrites a later change', () => {
  const { db, writer, history } = testCore()
  const one = brand('A')
  writer.transact((tx) => tx.insert('brands', one))
  const name = () => db.statement('SELECT name FROM brands').get()
  history.transact('products', 'Rename', (tx) => tx.update('brands', one.id, { name: 'B' }))
  history.undo('products')
  expect(name()).toEqual({ name: 'A' })
  history.redo('products')
  expect(name()).toEqual({ name: 'B' })
  writer.transact((tx) => tx.update('brands', one.id, { name: 'C' }))
  expect(() => history.undo('products')).toThrow('changed again since')
  expect(name()).toEqual({ name: 'C' })
})

test('undo of a delete brings the row back with its id; of an insert takes it away', () => {
  const { db, history } = testCore()
  const one = brand('A')
  history.transact('products', 'Add', (tx) => tx.insert('brands', one))
  const { undoId } = history.transact('products', 'Delete', (tx) => tx.remove('brands', one.id))
  history.undo('products', undoId)
  expect(db.statement('SELECT id FROM brands').get()).toEqual({ id: one.id })
  history.undo('products')
  expect(db.statement('SELECT id FROM brands').get()).toBeUndefined()
})
