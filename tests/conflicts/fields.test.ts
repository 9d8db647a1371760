import { expect, test } from 'vitest'
import { addBrand, addSession } from '../sync/desk.ts'
import { apart, field, lineup, refusal, team } from './support.ts'

test('both see one conflict, swapped, in the names of the contract', async () => {
  const { anna, ben, session, item } = await apart()
  const hers = await anna.only()
  const his = await ben.only()
  expect(hers).toMatchObject({
    id: his.id,
    status: 'open',
    entity: 'session_products',
    entityId: item,
    sessionId: session,
    sessionName: 'Friday',
    kind: 'field',
    canKeepBoth: true,
    resolvedBy: null,
    mine: { device: 'Anna' },
    theirs: { device: 'Ben' },
    fields: [{ name: 'overrides.name', base: null, mine: 'Hoops of gold', theirs: 'Golden hoop' }],
    text: 'You and Ben changed the name of "Hoops of gold".',
    mineIsMe: true,
    standing: 'mine',
  })
  expect(his).toMatchObject({
    mine: { device: 'Ben', at: hers.theirs.at },
    theirs: { device: 'Anna', at: hers.mine.at },
    fields: [{ name: 'overrides.name', base: null, mine: 'Golden hoop', theirs: 'Hoops of gold' }],
    text: 'You and Anna changed the name of "Hoops of gold".',
    mineIsMe: true,
    standing: 'theirs',
  })
  expect(his.version).toBe(hers.version)
})

test('who had no part in it sees what stands as mine', async () => {
  const { join } = await apart()
  const cleo = await join('Cleo')
  expect(await cleo.only()).toMatchObject({
    mine: { device: 'Anna' },
    theirs: { device: 'Ben' },
    fields: [{ mine: 'Hoops of gold', theirs: 'Golden hoop' }],
    text: 'Anna and Ben changed the name of "Hoops of gold".',
    mineIsMe: false,
    standing: 'mine',
  })
})

test.each(['anna', 'ben'] as const)('%s keeps hers or his, and it is closed for both', async (who) => {
  const all = await apart()
  const conflict = await all[who].only()
  expect(await all[who].call('conflicts.resolve', { id: conflict.id, keep: 'mine' })).toEqual({ status: 'resolved' })
  await all.settle()
  for (const { desk, open } of [all.anna, all.ben]) {
    expect(desk.row('session_products', all.item)).toMatchObject({
      override_name: who === 'anna' ? 'Hoops of gold' : 'Golden hoop',
      notes: 'Ben was here',
    })
    expect(await open()).toEqual([])
  }
  const { items } = await all.anna.call('conflicts.list', {})
  expect(items).toMatchObject([
    { status: 'resolved', resolvedBy: who === 'anna' ? 'Anna' : 'Ben', resolvedAt: expect.any(String) as string },
  ])
})

test('theirs is the other one', async () => {
  const all = await apart()
  const { id } = await all.anna.only()
  await all.anna.call('conflicts.resolve', { id, keep: 'theirs' })
  await all.settle()
  for (const { desk } of [all.anna, all.ben]) {
    expect(desk.row('session_products', all.item)).toMatchObject({ override_name: 'Golden hoop' })
  }
})

test('field by field, with a third value', async () => {
  const { anna, ben, settle, item } = await lineup()
  const [ours, theirs] = [
    { notes: 'short', skip: 1, override_price_cents: 900, section: 'Rings' },
    { notes: 'long', skip: 0, override_price_cents: 800, section: 'Gold' },
  ] as const
  anna.set('session_products', item, { notes: 'x', skip: 1 })
  await settle()
  anna.set('session_products', item, { ...ours, skip: 0 })
  ben.set('session_products', item, { ...theirs, skip: 1, override_compare_at_price_cents: 1200 })
  await settle()
  const conflict = await anna.only()
  expect(conflict.fields.map(({ name }) => name).toSorted()).toEqual(['notes', 'overrides.priceCents', 'section'])
  expect(field(conflict, 'overrides.priceCents')).toEqual({
    name: 'overrides.priceCents',
    base: null,
    mine: 900,
    theirs: 800,
  })
  await anna.call('conflicts.resolve', {
    id: conflict.id,
    choices: { notes: { value: 'short and long' }, 'overrides.priceCents': 'theirs', section: 'mine' },
  })
  await settle()
  for (const { desk } of [anna, ben]) {
    expect(desk.row('session_products', item)).toMatchObject({
      notes: 'short and long',
      override_price_cents: 800,
      section: 'Rings',
      override_compare_at_price_cents: 1200,
    })
  }
})

test('times are as the contract has them', async () => {
  const { anna, ben, settle, session } = await lineup()
  anna.set('sessions', session, { scheduled_at: '2026-12-01T18:00:00.000Z' })
  ben.set('sessions', session, { scheduled_at: '2026-12-02T18:00:00.000Z', code: 'GLOW' })
  await settle()
  const conflict = await ben.only()
  expect(conflict).toMatchObject({
    entity: 'sessions',
    title: 'Friday',
    text: 'You and Anna changed the time of "Friday".',
  })
  expect(conflict.fields).toEqual([
    { name: 'scheduledAt', base: null, mine: '2026-12-02T18:00:00.000Z', theirs: '2026-12-01T18:00:00.000Z' },
  ])
  await ben.call('conflicts.resolve', { id: conflict.id, choices: { scheduledAt: { value: '2026-12-03T18:00:00Z' } } })
  await settle()
  expect(anna.desk.row('sessions', session)).toMatchObject({ scheduled_at: '2026-12-03T18:00:00.000Z' })
})

test('a brand is shown by its name', async () => {
  const { anna, ben, settle, session } = await lineup()
  anna.set('sessions', session, { brand_id: addBrand(anna.desk, 'Acme Two') })
  ben.set('sessions', session, { brand_id: addBrand(ben.desk, 'Bling') })
  await settle()
  expect(field(await anna.only(), 'brandId').labels).toEqual({ base: null, mine: 'Acme Two', theirs: 'Bling' })
  expect(field(await ben.only(), 'brandId').labels).toEqual({ base: null, mine: 'Bling', theirs: 'Acme Two' })
})

test('what stands is what the row says now', async () => {
  const { anna, ben, settle, item } = await apart()
  const before = await ben.only()
  anna.set('session_products', item, { override_name: 'Hoop' })
  await settle()
  const now = await ben.only()
  expect(field(now, 'overrides.name')).toMatchObject({ mine: 'Golden hoop', theirs: 'Hoop' })
  expect(now.version).not.toBe(before.version)
})

test('a decision about what is not so any more is stale', async () => {
  const { anna, ben, settle, item } = await apart()
  const shown = await ben.only()
  // Ben has not heard of this when he decides: the server tells.
  anna.set('session_products', item, { override_name: 'Hoop' })
  await anna.desk.sync()
  expect(await ben.call('conflicts.resolve', { id: shown.id, keep: 'mine' })).toEqual({ status: 'stale' })
  expect(ben.desk.row('session_products', item)).toMatchObject({ override_name: 'Hoop' })
  // It came by itself while the dialog was open: what was shown tells.
  expect(await ben.call('conflicts.resolve', { id: shown.id, keep: 'mine', version: shown.version })).toEqual({
    status: 'stale',
  })
  const { version } = await ben.only()
  expect(await ben.call('conflicts.resolve', { id: shown.id, keep: 'mine', version })).toEqual({ status: 'resolved' })
  await settle()
  expect(anna.desk.row('session_products', item)).toMatchObject({ override_name: 'Golden hoop' })
})

test('one that somebody else decided is resolved, and that decision stays', async () => {
  const { anna, ben, settle, item } = await apart()
  const { id } = await ben.only()
  await anna.call('conflicts.resolve', { id, keep: 'mine' })
  // Here it is still open: what Ben wanted is not what became of it.
  expect(await ben.call('conflicts.resolve', { id, keep: 'mine' })).toEqual({ status: 'stale' })
  expect(await ben.call('conflicts.resolve', { id, keep: 'mine' })).toEqual({ status: 'resolved' })
  await settle()
  expect(ben.desk.row('session_products', item)).toMatchObject({ override_name: 'Hoops of gold' })
})

test('offline nothing is decided, and everything stays readable', async () => {
  const { anna } = await apart()
  anna.cutOff = true
  const { id } = await anna.only()
  await refusal(anna.call('conflicts.resolve', { id, keep: 'mine' }), 'offline')
  await refusal(anna.call('conflicts.resolve', { id, keep: 'both' }), 'offline')
  expect(await anna.open()).toHaveLength(1)
  expect(anna.desk.all('session_products')).toHaveLength(1)
})

test('what does not fit is refused by name, and nothing is decided', async () => {
  const { anna, item } = await apart()
  const { id } = await anna.only()
  const resolve = (choices: Record<string, unknown>) =>
    refusal(anna.call('conflicts.resolve', { id, choices: choices as never }), 'bad-call')
  expect((await resolve({})).fields).toEqual({ 'choices.overrides.name': 'Choose for this field too' })
  expect((await resolve({ 'overrides.name': 'mine', notes: 'theirs' })).fields).toEqual({
    'choices.notes': 'is no field of this conflict',
  })
  expect((await resolve({ 'overrides.name': 'mine', constructor: 'theirs' })).fields).toHaveProperty(
    'choices.constructor',
  )
  expect((await resolve({ 'overrides.name': { value: 12 } })).fields).toHaveProperty('choices.overrides.name')
  expect((await resolve({ 'overrides.name': { value: 'x'.repeat(301) } })).fields).toHaveProperty(
    'choices.overrides.name',
  )
  expect(await anna.open()).toHaveLength(1)
  expect(anna.desk.row('session_products', item)).toMatchObject({ override_name: 'Hoops of gold' })
})

test('a conflict that nobody knows', async () => {
  const { anna } = await lineup()
  const id = '01920000-0000-7000-8000-000000000001'
  const { message } = await refusal(anna.call('conflicts.resolve', { id, keep: 'mine' }), 'not-found')
  expect(message).toContain('not there any more')
})

test('one that the server does not know any more', async () => {
  const { anna } = await apart()
  const conflict = await anna.only()
  const other = await team()
  // As after a restore of the server: the row is here, and nowhere else.
  const row = anna.desk.row('conflicts', conflict.id) ?? {}
  const columns = Object.keys(row)
  other.anna.desk.db
    .statement(`INSERT INTO conflicts (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
    .run(Object.values(row))
  await other.settle()
  const { message } = await refusal(
    other.anna.call('conflicts.resolve', { id: conflict.id, keep: 'mine' }),
    'not-found',
  )
  expect(message).toContain('not there any more')
})

test('the list: open ones first, by state, by session', async () => {
  const { anna, ben, settle, session, item } = await apart()
  await anna.call('conflicts.resolve', { id: (await anna.only()).id, keep: 'mine' })
  await settle()
  const other = addSession(anna.desk, 'Monday')
  await settle()
  for (const [id, name] of [
    [other, 'x'],
    [session, 'y'],
  ] as const) {
    anna.set('sessions', id, { name: `${name} a` })
    ben.set('sessions', id, { name: `${name} b` })
  }
  await settle()
  const list = async (input: object) => {
    const { items, total } = await anna.call('conflicts.list', input)
    return [total, ...items.map(({ status, entityId }) => `${status} ${entityId}`)]
  }
  const all = await list({})
  expect(all).toHaveLength(4)
  expect(all.at(-1)).toBe(`resolved ${item}`)
  expect(await list({ open: false })).toEqual([1, `resolved ${item}`])
  expect(await list({ open: true, sessionId: other })).toEqual([1, `open ${other}`])
  expect((await list({ sessionId: session }))[0]).toBe(2)
  expect(await list({ limit: 1 })).toHaveLength(2)
})

test('a running show is not ended by a choice of its status', async () => {
  const { anna, ben, settle, session } = await lineup()
  anna.set('sessions', session, { status: 'live' })
  anna.desk.writer.transact((tx) =>
    tx.insert('session_states', {
      id: session,
      mode: 'live',
      current_item_id: null,
      image_index: 0,
      card: null,
      next_item_id: null,
      blank: 0,
      notes_shown: 0,
      image_full: 0,
      guard: 1,
      message: null,
      timer: '{}',
      history: '[]',
      started_at: null,
      item_started_at: null,
      status_before: null,
    }),
  )
  ben.set('sessions', session, { status: 'ready' })
  await settle()
  const { id } = await ben.only()
  const { message } = await refusal(ben.call('conflicts.resolve', { id, keep: 'mine' }), 'conflict')
  expect(message).toContain('is live')
  await refusal(ben.call('conflicts.resolve', { id, choices: { status: { value: 'draft' } } }), 'conflict')
  expect(await ben.call('conflicts.resolve', { id, keep: 'theirs' })).toEqual({ status: 'resolved' })
})

test('what was parked first stays when a later edit is folded into the conflict', async () => {
  const { anna, ben, item } = await lineup()
  anna.set('session_products', item, { notes: 'hers', section: 'Rings' })
  await anna.desk.sync()
  ben.set('session_products', item, { notes: 'his' })
  // One push for each edit: the second is made without knowledge of the conflict.
  await ben.desk.exchange.greet()
  await ben.desk.exchange.push()
  ben.set('session_products', item, { section: 'Gold' })
  await ben.desk.sync()
  const conflict = await ben.only()
  expect(field(conflict, 'notes')).toMatchObject({ base: 'before', mine: 'his', theirs: 'hers' })
  expect(field(conflict, 'section')).toMatchObject({ base: null, mine: 'Gold', theirs: 'Rings' })
})
