import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { History } from '../../src/main/db/history.ts'
import { catalogue } from '../sessions/catalogue.ts'
import { testCore } from '../support/core.ts'

const brand = (name: string) => ({ id: uuid(), name, slug: name.toLowerCase(), notes: '' })

test('every change of a stack is announced once, after its write; a write without effect is not', () => {
  const { db, writer } = testCore()
  const heard: string[] = []
  const history = new History(writer, (scope) => heard.push(`${scope} ${db.sqlite.inTransaction}`))
  const one = brand('A')
  history.transact('products', 'Add', (tx) => tx.insert('brands', one))
  history.transact('products', 'Nothing', (tx) => tx.update('brands', one.id, { name: 'A' }))
  history.undo('products')
  history.redo('products')
  expect(heard).toEqual(['products false', 'products false', 'products false'])
})

test('a step that cannot be undone announces nothing and stays', () => {
  const { writer } = testCore()
  const heard: string[] = []
  const history = new History(writer, (scope) => heard.push(scope))
  const one = brand('A')
  history.transact('products', 'Add', (tx) => tx.insert('brands', one))
  history.transact('products', 'Rename', (tx) => tx.update('brands', one.id, { name: 'B' }))
  writer.transact((tx) => tx.update('brands', one.id, { name: 'C' }))
  heard.length = 0
  expect(() => history.undo('products')).toThrow('changed again since')
  expect(heard).toEqual([])
  expect(history.state('products').undo.map((step) => step.label)).toEqual(['Rename', 'Add'])
})

test('undoing what others now depend on is stale and changes nothing', () => {
  const core = testCore()
  const { db, history, writer } = core
  const make = catalogue(core)
  const one = brand('B')
  history.transact('products', 'Add', (tx) => tx.insert('brands', one))
  make.product({ brand_id: one.id })
  expect(() => history.undo('products')).toThrow('cannot be undone any more')
  expect(db.get(db.build.selectFrom('brands').select('id').where('id', '=', one.id))).toEqual({ id: one.id })
  expect(writer.transact((tx) => tx.row('brands', one.id)?.name)).toBe('B')
})

test('a look at a step shows its changes and changes nothing', () => {
  const { history } = testCore()
  const one = brand('A')
  const { undoId } = history.transact('products', 'Add', (tx) => tx.insert('brands', one))
  expect(history.peek('products', 'undo', undoId)).toMatchObject([{ entity: 'brands', id: one.id, before: null }])
  expect(history.peek('products', 'redo')).toEqual([])
  expect(history.peek('nowhere', 'undo')).toEqual([])
  expect(history.state('products').undo).toHaveLength(1)
})

test('what a step only touched is touched again by its undo and redo', () => {
  const { db, history, writer, clock } = testCore()
  const [whole, part] = [brand('Whole'), brand('Part')]
  writer.transact((tx) => {
    tx.insert('brands', whole)
    tx.insert('brands', part)
  })
  const time = () => db.get(db.build.selectFrom('brands').select('updated_at').where('id', '=', whole.id))?.updated_at
  const times = [time() ?? '']
  const later = (work: () => unknown) => {
    clock.advance(1_000)
    work()
    times.push(time() ?? '')
  }
  later(() =>
    history.transact('products', 'Rename', (tx) => {
      tx.update('brands', part.id, { name: 'New' })
      tx.touch('brands', whole.id)
    }),
  )
  later(() => history.undo('products'))
  later(() => history.redo('products'))
  expect(new Set(times).size).toBe(4)
  expect(times).toEqual(times.toSorted((a, b) => (a < b ? -1 : 1)))
})

test('what undo brings back is as old as it was', () => {
  const { db, writer, history, clock } = testCore()
  const id = uuid()
  writer.transact((tx) => tx.insert('brands', { id, name: 'A', slug: 'a', notes: '' }))
  const born = db.statement('SELECT created_at FROM brands').pluck().get()
  clock.advance(60_000)
  history.transact('products', 'Delete', (tx) => tx.remove('brands', id))
  clock.advance(60_000)
  history.undo('products')
  expect(db.statement('SELECT created_at, updated_at FROM brands').get()).toEqual({
    created_at: born,
    updated_at: clock.now(),
  })
})
