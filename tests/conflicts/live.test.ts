import { expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import type { Schema } from '../../src/main/db/schema.ts'
import { addBrand, addItem, addProduct, addSession } from '../sync/desk.ts'
import { field, refusal, team } from './support.ts'
import type { Member, Team } from './support.ts'

interface Show extends Team {
  readonly session: string
  readonly items: readonly string[]
  /** Shows an item, as the producer console does. */
  take(member: Member, place: number, more?: Partial<Schema['session_states']>): void
}

/** A show of three items that is live on both desktops, at the first. */
async function show(): Promise<Show> {
  const all = await team()
  const { desk } = all.anna
  const brand = addBrand(desk)
  const session = addSession(desk)
  const names = ['Gold hoop', 'Silver ring', 'Pearl']
  const items = names.map((name, index) =>
    addItem(
      desk,
      { session, product: addProduct(desk, brand, { name }) },
      { order_key: `a${index}`, number: index + 1 },
    ),
  )
  const position = (place: number): Partial<Schema['session_states']> => ({
    current_item_id: items[place - 1] ?? null,
    card: JSON.stringify({ itemId: items[place - 1], number: place, name: names[place - 1] }),
    image_index: 0,
    mode: 'live',
  })
  const take = ({ desk: one }: Member, place: number, more: Partial<Schema['session_states']> = {}): void => {
    one.clock.advance(1_000)
    one.writer.transact((tx) => tx.update('session_states', session, { ...position(place), ...more }))
  }
  all.anna.set('sessions', session, { status: 'live', numbers_frozen_at: '2026-11-22T10:00:00.000Z' })
  desk.writer.transact((tx) =>
    tx.insert('session_states', {
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
      timer: '{"running":false,"elapsedMs":0,"targetSeconds":null,"at":"2026-11-22T10:00:00.000Z"}',
      history: '[]',
      started_at: null,
      item_started_at: null,
      status_before: null,
      ...position(1),
      id: session,
    }),
  )
  await all.settle()
  return { ...all, session, items, take }
}

/** Ben drives on while offline, Anna while online. */
async function apart(): Promise<Show> {
  const all = await show()
  all.ben.desk.outbox.offline = true
  all.take(all.ben, 3, { image_index: 2 })
  all.ben.desk.outbox.offline = false
  all.take(all.anna, 2)
  await all.anna.desk.sync()
  await all.settle()
  return all
}

test('both see where the other one stood: number and name', async () => {
  const { anna, ben, session, items } = await apart()
  const his = await ben.only()
  expect(his).toMatchObject({
    kind: 'live',
    entity: 'session_states',
    entityId: session,
    sessionId: session,
    title: 'Friday',
    canKeepBoth: false,
    text: 'You and Anna took the show "Friday" to different places while apart.',
  })
  expect(his.fields).toEqual([
    {
      name: 'itemId',
      base: items[0],
      mine: items[2],
      theirs: items[1],
      labels: { base: '1 · Gold hoop', mine: '3 · Pearl', theirs: '2 · Silver ring' },
    },
    { name: 'number', base: 1, mine: 3, theirs: 2 },
    { name: 'imageIndex', base: 0, mine: 2, theirs: 0 },
  ])
  const hers = await anna.only()
  expect(field(hers, 'number')).toEqual({ name: 'number', base: 1, mine: 2, theirs: 3 })
  expect(field(hers, 'itemId').labels).toEqual({ base: '1 · Gold hoop', mine: '2 · Silver ring', theirs: '3 · Pearl' })
})

test.each([
  ['anna', 'mine', 2],
  ['anna', 'theirs', 3],
  ['ben', 'mine', 3],
  ['ben', 'theirs', 2],
] as const)('%s decides %s', async (who, keep, number) => {
  const all = await apart()
  const { id, version } = await all[who].only()
  // The show goes on meanwhile: that is no other question.
  if (number === 3) {
    all.take(all.anna, 1)
    await all.settle()
  }
  expect(await all[who].call('conflicts.resolve', { id, keep, version })).toEqual({ status: 'resolved' })
  await all.settle()
  for (const { desk, open } of [all.anna, all.ben]) {
    expect(desk.row('session_states', all.session)).toMatchObject({
      current_item_id: all.items[number - 1],
      mode: 'live',
    })
    expect(await open()).toEqual([])
  }
})

test('a place is taken as a whole', async () => {
  const { ben, anna, settle, session, items } = await apart()
  const { id } = await ben.only()
  const resolve = (choices: Record<string, unknown>) =>
    refusal(ben.call('conflicts.resolve', { id, choices: choices as never }), 'bad-call')
  for (const choices of [{}, { number: { value: 1 } }, { number: 'mine', itemId: 'theirs' }]) {
    expect((await resolve(choices)).fields).toHaveProperty('choices')
  }
  await refusal(ben.call('conflicts.resolve', { id, keep: 'both' }), 'bad-call')
  await ben.call('conflicts.resolve', { id, choices: { number: 'mine', itemId: 'mine' } })
  await settle()
  expect(anna.desk.row('session_states', session)).toMatchObject({ current_item_id: items[2], image_index: 2 })
})

test('one ended the show while the other went on: the session says what the show does', async () => {
  const all = await show()
  const { anna, ben, session, settle, take } = all
  ben.desk.outbox.offline = true
  take(ben, 3)
  ben.desk.outbox.offline = false
  take(anna, 1, { mode: 'off', current_item_id: null, card: null })
  anna.set('sessions', session, { status: 'ended' })
  await anna.desk.sync()
  await settle()
  const { id, fields } = await ben.only()
  expect(fields.find(({ name }) => name === 'mode')).toMatchObject({ mine: 'live', theirs: 'off' })
  expect(fields.find(({ name }) => name === 'itemId')?.labels).toMatchObject({ mine: '3 · Pearl', theirs: null })
  await ben.call('conflicts.resolve', { id, keep: 'mine' })
  await settle()
  for (const { desk } of [anna, ben]) {
    expect(desk.row('session_states', session)).toMatchObject({ mode: 'live' })
    expect(desk.row('sessions', session)).toMatchObject({ status: 'live' })
  }
})

test('the log of a decided place', async () => {
  const { ben, anna, settle } = await apart()
  await ben.call('conflicts.resolve', { id: (await ben.only()).id, keep: 'mine' })
  await settle()
  const { items } = await anna.call('conflicts.log', { decision: 'resolved' })
  const entry = must(items[0], 'the entry')
  expect(entry).toMatchObject({
    title: 'Friday',
    text: 'Ben decided about the place of "Friday": Ben\'s stays.',
    restorable: false,
  })
  expect(entry.fields.find(({ name }) => name === 'number')).toMatchObject({ mine: 2, theirs: 3, kept: 'theirs' })
  await refusal(anna.call('conflicts.restore', { logId: entry.id }), 'conflict')
})
