import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { refusal, sessionsCore } from './support.ts'

test('a new session is a draft with its products in the given order, each once', () => {
  const { call, make } = sessionsCore()
  const [a, b] = [make.product({ name: 'A' }), make.product({ name: 'B' })]
  const session = call('sessions.create', {
    name: '  Freitag Größe & "Söhne" 💍 ',
    brandId: make.house,
    productIds: [b, a, b],
  })
  expect(session).toMatchObject({
    name: 'Freitag Größe & "Söhne" 💍',
    slug: 'freitag-grosse-sohne',
    status: 'draft',
    brand: { id: make.house, name: 'Aurora' },
    numbersFrozen: false,
    itemCount: 2,
  })
  expect(session.items.map((item) => [item.number, item.name])).toEqual([
    [1, 'B'],
    [2, 'A'],
  ])
})

test('slugs count up where the name is taken, and a name without letters has one too', () => {
  const { call } = sessionsCore()
  const slug = (name: string) => call('sessions.create', { name }).slug
  expect([slug('Friday'), slug('friday!'), slug('Friday'), slug('💍')]).toEqual([
    'friday',
    'friday-2',
    'friday-3',
    'session',
  ])
})

test('an unknown brand or product refuses the whole creation', () => {
  const { call, make } = sessionsCore()
  refusal(() => call('sessions.create', { name: 'X', brandId: uuid() }), 'not-found')
  refusal(() => call('sessions.create', { name: 'X', productIds: [make.product(), uuid()] }), 'not-found')
  expect(call('sessions.list', {}).items).toEqual([])
})

test('the list holds what is not archived, newest change first; an edit of the line-up is a change', () => {
  const { call, filled } = sessionsCore()
  const first = filled(2)
  const second = call('sessions.create', { name: 'Saturday' })
  const ids = () => call('sessions.list', {}).items.map((item) => item.id)
  expect(ids()).toEqual([second.id, first.id])
  call('lineup.move', { itemId: first.items[1] ?? '', after: null })
  expect(ids()).toEqual([first.id, second.id])
  call('sessions.update', { id: second.id, patch: { notes: 'x' } })
  expect(ids()).toEqual([second.id, first.id])
  call('history.undo', { scope: `session:${first.id}` })
  expect(ids()).toEqual([first.id, second.id])
  call('sessions.archive', { id: first.id })
  expect(ids()).toEqual([second.id])
  expect(call('sessions.list', { status: 'archived' }).items.map((item) => item.id)).toEqual([first.id])
})

test('search looks in name, notes and brand, whatever the case, and takes its signs literally', () => {
  const { call, make } = sessionsCore()
  const brandId = make.brand('Élan')
  call('sessions.create', { name: '100% <b>gold</b>', notes: 'Über alles', brandId })
  call('sessions.create', { name: 'Silver' })
  const found = (search: string) => call('sessions.list', { search }).items.map((item) => item.name)
  expect(found('GOLD')).toEqual(['100% <b>gold</b>'])
  expect(found('über ÉLAN')).toEqual(['100% <b>gold</b>'])
  expect(found('0% <b>')).toEqual(['100% <b>gold</b>'])
  expect(found('%')).toHaveLength(1)
  expect(found('_')).toEqual([])
  expect(found('  ')).toHaveLength(2)
})

test('a summary shows the pictures of the first six items that have one', () => {
  const { call, make } = sessionsCore()
  const productIds = Array.from({ length: 9 }, (_, index) => {
    const id = make.product()
    if (index === 1) return id
    make.image(id, { position: 1, file: `${index}-second.webp` })
    make.image(id, { position: 2, primary: true, ...(index !== 2 && { file: `${index}.webp` }) })
    return id
  })
  call('sessions.create', { name: 'X', productIds })
  expect(call('sessions.list', {}).items[0]).toMatchObject({
    itemCount: 9,
    thumbnails: ['0', '2-second', '3', '4', '5', '6'].map((name) => `/media/${name}.webp`),
  })
})

test('an update writes what is given, and one that changes nothing is no step', () => {
  const { call, undoLabels } = sessionsCore()
  const { id } = call('sessions.create', { name: 'A', notes: 'n' })
  const scope = `session:${id}`
  call('sessions.update', { id, patch: { name: 'A', notes: 'n' } })
  call('sessions.update', { id, patch: {} })
  expect(undoLabels(scope)).toEqual([])
  const at = '2026-12-01T18:00:00Z'
  expect(
    call('sessions.update', { id, patch: { name: 'B', scheduledAt: at, code: 'GOLD10', status: 'ready' } }),
  ).toMatchObject({
    name: 'B',
    notes: 'n',
    scheduledAt: at,
    code: 'GOLD10',
    status: 'ready',
  })
  call('sessions.update', { id, patch: { name: 'C' } })
  expect(undoLabels(scope)).toEqual(['Rename to "C"', 'Change the session'])
  call('history.undo', { scope })
  call('history.undo', { scope })
  expect(call('sessions.get', { id })).toMatchObject({ name: 'A', scheduledAt: null, code: '', status: 'draft' })
})

test('unknown ids are not found everywhere, and nothing is made', () => {
  const { call, snapshot } = sessionsCore()
  const id = uuid()
  refusal(() => call('sessions.get', { id }), 'not-found')
  refusal(() => call('sessions.update', { id, patch: { name: 'x' } }), 'not-found')
  refusal(() => call('sessions.duplicate', { id }), 'not-found')
  refusal(() => call('sessions.archive', { id }), 'not-found')
  refusal(() => call('sessions.unarchive', { id }), 'not-found')
  refusal(() => call('sessions.delete', { id }), 'not-found')
  refusal(() => call('lineup.renumber', { sessionId: id }), 'not-found')
  refusal(() => call('history.undo', { scope: 'sessions' }), 'not-found')
  expect(snapshot()).toEqual([[], [], []])
})

test('a copy takes order, sections, skips, overrides and notes along, with numbers free again', () => {
  const { call, filled, goLive, writer } = sessionsCore()
  const { id, items } = filled(3)
  call('sessions.update', { id, patch: { notes: 'bring water', code: 'GOLD', scheduledAt: '2026-12-01T18:00:00Z' } })
  call('lineup.update', {
    itemId: items[1] ?? '',
    patch: { section: 'Rings', skip: true, notes: 'slow', overrides: { priceCents: 5 } },
  })
  goLive(id)
  call('lineup.move', { itemId: items[2] ?? '', after: null })
  writer.transact((tx) => tx.update('session_products', items[0] ?? '', { order_key: '!!' }))
  const original = call('sessions.get', { id })
  const copy = call('sessions.duplicate', { id })
  expect(copy).toMatchObject({
    status: 'draft',
    numbersFrozen: false,
    notes: 'bring water',
    code: 'GOLD',
    scheduledAt: null,
  })
  const told = (item: (typeof copy.items)[number]) => [
    item.productId,
    item.section,
    item.skip,
    item.notes,
    item.overrides,
  ]
  expect(copy.items.map(told)).toEqual(original.items.map(told))
  expect(copy.items.map((item) => item.number)).toEqual([1, 2, 3])
  expect(copy.items.some((item) => items.includes(item.id))).toBe(false)
})

test('copies are numbered and never copies of copies', () => {
  const { call } = sessionsCore()
  const first = call('sessions.create', { name: 'Friday' })
  const second = call('sessions.duplicate', { id: first.id })
  const third = call('sessions.duplicate', { id: second.id })
  const fourth = call('sessions.duplicate', { id: first.id })
  expect([second, third, fourth].map((one) => one.name)).toEqual([
    'Copy of Friday',
    'Copy 2 of Friday',
    'Copy 3 of Friday',
  ])
  const long = call('sessions.create', { name: '💍'.repeat(100) })
  const names = [call('sessions.duplicate', { id: long.id }).name, call('sessions.duplicate', { id: long.id }).name]
  expect(new Set(names).size).toBe(2)
  expect(names.every((name) => name.length <= 200 && name.isWellFormed())).toBe(true)
})

test('archiving remembers the status, and both ways can be undone', () => {
  const { call, undoLabels } = sessionsCore()
  const { id } = call('sessions.create', { name: 'Friday' })
  call('sessions.update', { id, patch: { status: 'ready' } })
  expect(call('sessions.archive', { id }).status).toBe('archived')
  call('sessions.archive', { id })
  expect(undoLabels('sessions')).toEqual(['Archive "Friday"'])
  refusal(() => call('sessions.update', { id, patch: { status: 'draft' } }), 'conflict')
  expect(call('sessions.unarchive', { id }).status).toBe('ready')
  expect(call('sessions.unarchive', { id }).status).toBe('ready')
  call('history.undo', { scope: 'sessions' })
  expect(call('sessions.get', { id }).status).toBe('archived')
  call('history.undo', { scope: 'sessions' })
  expect(call('sessions.get', { id }).status).toBe('ready')
})

test('undoing a delete brings back the session, its line-up and its live state', () => {
  const { call, filled, writer, goLive, snapshot } = sessionsCore()
  const { id, items } = filled(5)
  call('lineup.update', { itemId: items[3] ?? '', patch: { section: 'Rings', overrides: { name: 'Other' } } })
  goLive(id)
  writer.transact((tx) => {
    tx.update('sessions', id, { status: 'ended' })
    tx.update('session_states', id, { mode: 'off' })
  })
  const before = snapshot()
  const { undoId } = call('sessions.delete', { id })
  refusal(() => call('sessions.get', { id }), 'not-found')
  expect(snapshot()).toEqual([[], [], []])
  call('history.undo', { scope: 'sessions', id: undoId })
  expect(snapshot()).toEqual(before)
  call('history.redo', { scope: 'sessions' })
  expect(snapshot()).toEqual([[], [], []])
})

test.each(['rehearsal', 'live'] as const)('a session in %s is neither deleted, archived nor made a draft', (mode) => {
  const { call, filled, goLive, snapshot } = sessionsCore()
  const { id } = filled(2)
  goLive(id, { mode })
  const before = snapshot()
  expect(refusal(() => call('sessions.delete', { id }), 'conflict')).toContain('End the')
  refusal(() => call('sessions.archive', { id }), 'conflict')
  refusal(() => call('sessions.update', { id, patch: { status: 'draft' } }), 'conflict')
  expect(snapshot()).toEqual(before)
  expect(call('sessions.update', { id, patch: { name: 'New name' } }).status).toBe(mode)
})

test('redoing a delete is refused once the session runs', () => {
  const { call, filled, goLive, names } = sessionsCore()
  const { id } = filled(2)
  call('sessions.delete', { id })
  call('history.undo', { scope: 'sessions' })
  goLive(id)
  refusal(() => call('history.redo', { scope: 'sessions' }), 'conflict')
  expect(names(id)).toEqual(['P1', 'P2'])
})

test('redoing a delete is stale once the session holds something new', () => {
  const { call, filled, make, names } = sessionsCore()
  const { id } = filled(2)
  call('sessions.delete', { id })
  call('history.undo', { scope: 'sessions' })
  call('lineup.add', { sessionId: id, productIds: [make.product({ name: 'New' })] })
  refusal(() => call('history.redo', { scope: 'sessions' }), 'stale')
  expect(names(id)).toEqual(['P1', 'P2', 'New'])
})

test('an edit without effect is no step and leaves the time of the session', () => {
  const { call, filled } = sessionsCore()
  const { items, id } = filled(2)
  const before = call('sessions.get', { id }).updatedAt
  call('lineup.update', { itemId: items[0] ?? '', patch: { skip: false, overrides: { name: null } } })
  call('lineup.update', { itemIds: items, patch: {} })
  expect(call('history.state', { scope: `session:${id}` })).toEqual({ undo: [], redo: [] })
  expect(call('sessions.get', { id }).updatedAt).toBe(before)
})

test('an edit of the line-up announces the sessions', () => {
  const { call, filled, changed } = sessionsCore()
  const { items } = filled(2)
  changed.length = 0
  call('lineup.remove', { itemId: items[0] ?? '' })
  expect(new Set(changed)).toEqual(new Set(['sessions', 'products', 'conflicts', 'points', 'shopify']))
})
