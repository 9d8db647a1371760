import { expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { addItem } from '../sync/desk.ts'
import { field, lineup, refusal } from './support.ts'
import type { Lineup } from './support.ts'

/** Anna removes the item while Ben edits it. */
async function editOfRemoved(): Promise<Lineup> {
  const all = await lineup()
  all.anna.remove('session_products', all.item)
  all.ben.set('session_products', all.item, { override_name: 'Golden hoop', skip: 1 })
  await all.settle()
  return all
}

/** Anna edits the item while Ben removes it. */
async function removalOfEdited(): Promise<Lineup> {
  const all = await lineup()
  all.anna.set('session_products', all.item, { notes: 'edited' })
  all.ben.remove('session_products', all.item)
  await all.settle()
  return all
}

test('an edit that met a removal: whether it stays, and what was edited', async () => {
  const { anna, ben, item } = await editOfRemoved()
  const hers = await anna.only()
  const his = await ben.only()
  expect(his).toMatchObject({
    kind: 'delete',
    entityId: item,
    title: 'Golden hoop',
    canKeepBoth: true,
    edits: [],
    text: 'Anna removed "Golden hoop" while you changed it.',
  })
  expect(his.fields).toEqual([
    { name: 'deleted', base: false, mine: false, theirs: true },
    { name: 'overrides.name', base: null, mine: 'Golden hoop', theirs: null },
    { name: 'skip', base: false, mine: true, theirs: null },
  ])
  expect(hers.text).toBe('You removed "Golden hoop" while Ben changed it.')
  expect(field(hers, 'deleted')).toEqual({ name: 'deleted', base: false, mine: true, theirs: false })
  expect(field(hers, 'skip')).toEqual({ name: 'skip', base: false, mine: null, theirs: true })
})

test.each([
  ['anna', 'theirs'],
  ['ben', 'mine'],
  ['ben', 'both'],
] as const)('%s decides %s: it comes back with the edits', async (who, keep) => {
  const all = await editOfRemoved()
  const { id } = await all[who].only()
  expect(await all[who].call('conflicts.resolve', { id, keep })).toEqual({ status: 'resolved' })
  await all.settle()
  for (const { desk, open } of [all.anna, all.ben]) {
    expect(desk.all('session_products')).toMatchObject([
      { id: all.item, override_name: 'Golden hoop', skip: 1, notes: 'before' },
    ])
    expect(await open()).toEqual([])
  }
})

test('what was removed keeps its name for everybody', async () => {
  const { anna, ben, settle, session, item } = await lineup()
  anna.remove('session_products', item)
  ben.set('session_products', item, { notes: 'pin it' })
  await settle()
  for (const { only } of [anna, ben]) expect(await only()).toMatchObject({ title: 'Gold hoop', sessionName: 'Friday' })
  expect(session).toBeDefined()
})

test('the removal stays', async () => {
  const { anna, ben, settle } = await editOfRemoved()
  const { id } = await ben.only()
  await ben.call('conflicts.resolve', { id, keep: 'theirs' })
  await settle()
  for (const { desk, open } of [anna, ben]) {
    expect(desk.all('session_products')).toEqual([])
    expect(await open()).toEqual([])
  }
})

test('field by field: it comes back with some of the edits, and one that is new', async () => {
  const { anna, ben, settle, item } = await editOfRemoved()
  const { id } = await ben.only()
  await ben.call('conflicts.resolve', {
    id,
    choices: { deleted: 'mine', skip: 'theirs', 'overrides.name': { value: 'Hoop' } },
  })
  await settle()
  for (const { desk } of [anna, ben]) {
    expect(desk.row('session_products', item)).toMatchObject({ override_name: 'Hoop', skip: 0 })
  }
})

test('whether it stays must be said', async () => {
  const { ben } = await editOfRemoved()
  const { id } = await ben.only()
  const { fields } = await refusal(ben.call('conflicts.resolve', { id, choices: { skip: 'mine' } }), 'bad-call')
  expect(fields).toEqual({ 'choices.deleted': 'Choose whether it stays' })
  const third = { deleted: { value: true } }
  expect((await refusal(ben.call('conflicts.resolve', { id, choices: third }), 'bad-call')).fields).toEqual({
    'choices.deleted': 'Choose mine or theirs',
  })
})

test('it was put back meanwhile: the edits are made, nothing is removed', async () => {
  const { anna, ben, settle, item, session } = await editOfRemoved()
  const shown = await ben.only()
  // Anna's undo.
  anna.desk.writer.transact((tx) =>
    tx.insert('session_products', {
      id: item,
      session_id: session,
      product_id: String(anna.desk.all('products')[0]?.['id']),
      order_key: 'a0',
      number: null,
      section: null,
      skip: 0,
      notes: 'before',
      override_name: null,
      override_talking_points_md: null,
      override_price_cents: null,
      override_compare_at_price_cents: null,
    }),
  )
  await anna.desk.sync()
  // Ben still sees it gone.
  expect(await ben.call('conflicts.resolve', { id: shown.id, keep: 'mine' })).toEqual({ status: 'stale' })
  const now = await ben.only()
  expect(field(now, 'deleted')).toMatchObject({ mine: false, theirs: false })
  expect(field(now, 'skip')).toMatchObject({ mine: true, theirs: false })
  expect(await ben.call('conflicts.resolve', { id: now.id, keep: 'mine', version: now.version })).toEqual({
    status: 'resolved',
  })
  await settle()
  for (const { desk, open } of [anna, ben]) {
    expect(desk.row('session_products', item)).toMatchObject({ override_name: 'Golden hoop', skip: 1, notes: 'before' })
    expect(await open()).toEqual([])
  }
})

test('a removal that met an edit', async () => {
  const { anna, ben, item } = await removalOfEdited()
  const his = await ben.only()
  expect(his).toMatchObject({ kind: 'delete', text: 'You removed "Gold hoop" while Anna changed it.' })
  expect(his.fields).toEqual([{ name: 'deleted', base: false, mine: true, theirs: false }])
  expect((await anna.only()).fields).toEqual([{ name: 'deleted', base: false, mine: false, theirs: true }])
  // Nothing was removed before somebody decides.
  for (const { desk } of [anna, ben]) expect(desk.row('session_products', item)).toMatchObject({ notes: 'edited' })
})

test.each([
  ['ben', 'mine', 0],
  ['ben', 'theirs', 1],
  ['anna', 'mine', 1],
  ['anna', 'theirs', 0],
  ['anna', 'both', 1],
] as const)('the removal by Ben: %s decides %s', async (who, keep, left) => {
  const all = await removalOfEdited()
  const { id } = await all[who].only()
  await all[who].call('conflicts.resolve', { id, keep })
  await all.settle()
  for (const { desk, open } of [all.anna, all.ben]) {
    expect(desk.all('session_products')).toHaveLength(left)
    expect(await open()).toEqual([])
  }
})

test('a session deleted while its line-up was edited: everything that waits is told, and comes back', async () => {
  const { anna, ben, settle, session, item, product } = await lineup()
  anna.remove('session_products', item)
  anna.remove('sessions', session)
  ben.set('sessions', session, { notes: 'for tonight' })
  ben.set('session_products', item, { notes: 'pin it' })
  const added = addItem(ben.desk, { session, product }, { order_key: 'a1', notes: 'new' })
  await settle()
  const his = await ben.only()
  expect(his).toMatchObject({
    kind: 'delete',
    title: 'Friday',
    entity: 'sessions',
    entityId: session,
    sessionId: session,
    canKeepBoth: false,
  })
  expect(his.fields).toEqual([
    { name: 'deleted', base: false, mine: false, theirs: true },
    { name: 'notes', base: '', mine: 'for tonight', theirs: null },
  ])
  const edits = must(his.edits, 'the edits')
  expect(edits).toHaveLength(2)
  expect(edits).toContainEqual(
    expect.objectContaining({
      entityId: item,
      what: 'changed',
      fields: [{ name: 'notes', base: 'before', value: 'pin it' }],
    }),
  )
  expect(edits).toContainEqual(expect.objectContaining({ entityId: added, what: 'added', title: 'Gold hoop' }))
  await refusal(ben.call('conflicts.resolve', { id: his.id, keep: 'both' }), 'bad-call')
  await anna.call('conflicts.resolve', { id: (await anna.only()).id, keep: 'theirs' })
  await settle()
  for (const { desk, open } of [anna, ben]) {
    expect(desk.row('sessions', session)).toMatchObject({ name: 'Friday', notes: 'for tonight' })
    expect(desk.row('session_products', item)).toMatchObject({ notes: 'pin it' })
    expect(desk.row('session_products', added)).toMatchObject({ notes: 'new' })
    expect(await open()).toEqual([])
  }
})
