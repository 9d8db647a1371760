import { expect, test } from 'vitest'
import { decide } from '../../src/renderer/conflicts/decide.ts'
import type { Asked } from '../../src/renderer/conflicts/decide.ts'
import { chosen, chosenAll, emptyDraft } from '../../src/renderer/conflicts/draft.ts'
import { alikeOf } from '../../src/renderer/conflicts/group-conflicts.ts'
import { contract } from '#shared/contract.ts'
import type { Name } from '#shared/contract.ts'
import { must } from '#shared/must.ts'
import { diskWork } from '../../src/main/disk-work.ts'
import { createSessions } from '../../src/main/sessions/sessions.ts'
import { SheetFiles } from '../../src/main/sheets/sheet-files.ts'
import { addItem } from '../sync/desk.ts'
import { apart, lineup } from './support.ts'
import type { Lineup, Member } from './support.ts'

type Way = Parameters<typeof decide>[1]

/** What the screens do, on a real core. */
function wayOf({ call, desk }: Member, { stopAfter = Infinity } = {}): Way & { readonly told: number[] } {
  const told: number[] = []
  const unused = (): never => {
    throw new Error('there are no files here')
  }
  const sheets = new SheetFiles({ pathOf: unused, runDiskJob: diskWork(undefined) })
  const { db, writer, history } = desk
  const sessions = createSessions({ db, writer, history, random: Math.random, sheets, documents: { save: unused } })
  const asked = async (name: Name, input: unknown): Promise<unknown> => {
    const handler = new Map<string, unknown>(Object.entries(sessions)).get(name)
    if (handler === undefined) return await call(name as never, input as never)
    return (handler as (parsed: unknown) => unknown)(contract[name].input.parse(input))
  }
  return {
    call: asked as Way['call'],
    isStopped: () => told.length >= stopAfter,
    onDone: (count) => told.push(count),
    told,
  }
}

const everything = async (member: Member, side: 'mine' | 'theirs'): Promise<Asked> => {
  const [conflict, ...others] = await member.open()
  const one = must(conflict, 'a conflict')
  return { conflict: one, draft: chosenAll(emptyDraft(one), one, side), others: alikeOf(one, [one, ...others]) }
}

/** Five items whose notes both wrote. */
async function five(): Promise<Lineup> {
  const all = await lineup()
  const { anna, ben, session, product } = all
  const items = Array.from({ length: 4 }, (_, n) =>
    addItem(anna.desk, { session, product }, { order_key: `b${n}`, notes: 'before' }),
  )
  await all.settle()
  for (const id of [all.item, ...items]) {
    anna.set('session_products', id, { notes: 'hers' })
    ben.set('session_products', id, { notes: 'his' })
  }
  await all.settle()
  return all
}

const notesOf = ({ desk }: Member): unknown[] => desk.all('session_products').map((row) => row['notes'])

test('one answer for all of a kind, one by one, and one way back', async () => {
  const { anna, ben, settle } = await five()
  const way = wayOf(ben)
  const decided = await decide(await everything(ben, 'mine'), way)
  expect(decided).toMatchObject({ status: 'resolved', alike: { left: 0, error: null } })
  expect(way.told).toEqual([1, 2, 3, 4])
  await settle()
  for (const one of [anna, ben]) expect(notesOf(one)).toEqual(Array.from({ length: 5 }, () => 'his'))
  if (decided.status !== 'resolved') throw new Error('not resolved')
  for (const undo of decided.undos) await must(undo, 'a way back')()
  await settle()
  for (const one of [anna, ben]) expect(notesOf(one)).toEqual(Array.from({ length: 5 }, () => 'hers'))
})

test('one that changed meanwhile stays open; the others are decided', async () => {
  const { anna, ben, settle } = await five()
  const asked = await everything(ben, 'mine')
  const second = must(asked.others[0], 'another one')
  anna.set('session_products', second.entityId, { notes: 'hers, again' })
  await settle()
  const decided = await decide(asked, wayOf(ben))
  expect(decided).toMatchObject({ alike: { left: 1, error: null } })
  expect((await ben.open()).map(({ id }) => id)).toEqual([second.id])
})

test('stopping leaves the rest open, and so does a lost network, which is said', async () => {
  const { ben } = await five()
  await decide(await everything(ben, 'theirs'), wayOf(ben, { stopAfter: 1 }))
  expect(await ben.open()).toHaveLength(3)
  const way = wayOf(ben)
  const cut = { ...way, onDone: () => (ben.cutOff = true) }
  const decided = await decide(await everything(ben, 'theirs'), cut)
  expect(decided).toMatchObject({ alike: { left: 0, error: { code: 'offline' } } })
  ben.cutOff = false
  expect(await ben.open()).toHaveLength(1)
})

test('what is not shown any more is not decided', async () => {
  const { anna, ben, settle, item } = await apart()
  const asked = await everything(ben, 'mine')
  anna.set('session_products', item, { override_name: 'Hoops, gold' })
  await settle()
  expect(await decide(asked, wayOf(ben))).toEqual({ status: 'stale' })
  expect(await ben.open()).toHaveLength(1)
})

test('the way back from a side is the other one, and from both the second version goes away', async () => {
  const first = await apart()
  const taken = await decide(await everything(first.ben, 'theirs'), wayOf(first.ben))
  if (taken.status !== 'resolved') throw new Error('not resolved')
  await must(taken.undos[0], 'a way back')()
  expect(first.ben.desk.row('session_products', first.item)).toMatchObject({ override_name: 'Golden hoop' })

  const second = await apart()
  const { conflict, others } = await everything(second.ben, 'mine')
  const kept = await decide({ conflict, others, draft: { ...emptyDraft(conflict), both: true } }, wayOf(second.ben))
  expect(second.ben.desk.all('session_products')).toHaveLength(2)
  if (kept.status !== 'resolved') throw new Error('not resolved')
  await must(kept.undos[0], 'a way back')()
  expect(second.ben.desk.all('session_products')).toMatchObject([{ override_name: 'Hoops of gold' }])
})

test('the way back is to what was shown, not to what the log remembers of the beginning', async () => {
  const { anna, ben, settle, item } = await apart()
  anna.set('session_products', item, { override_name: 'Hoops, gold' })
  await settle()
  const decided = await decide(await everything(ben, 'mine'), wayOf(ben))
  if (decided.status !== 'resolved') throw new Error('not resolved')
  await must(decided.undos[0], 'a way back')()
  expect(ben.desk.row('session_products', item)).toMatchObject({ override_name: 'Hoops, gold' })
})

test('the way back from one of each is what everybody had before', async () => {
  const { anna, ben, settle, item } = await lineup()
  anna.set('session_products', item, { override_name: 'Hoops of gold', section: 'Ears' })
  ben.set('session_products', item, { override_name: 'Golden hoop', section: 'Rings' })
  await settle()
  const conflict = await ben.only()
  const draft = chosen(chosen(emptyDraft(conflict), 'overrides.name', 'mine'), 'section', 'theirs')
  const decided = await decide({ conflict, draft, others: [] }, wayOf(ben))
  expect(ben.desk.row('session_products', item)).toMatchObject({ override_name: 'Golden hoop', section: 'Ears' })
  if (decided.status !== 'resolved') throw new Error('not resolved')
  await must(decided.undos[0], 'a way back')()
  expect(ben.desk.row('session_products', item)).toMatchObject({ override_name: 'Hoops of gold', section: 'Ears' })
})

test('a row that was removed comes back; one that was kept is not removed again', async () => {
  const { anna, ben, settle, item } = await lineup()
  anna.remove('session_products', item)
  ben.set('session_products', item, { notes: 'his' })
  await settle()
  const removed = await decide(await everything(ben, 'theirs'), wayOf(ben))
  if (removed.status !== 'resolved') throw new Error('not resolved')
  expect(ben.desk.all('session_products')).toEqual([])
  await must(removed.undos[0], 'a way back')()
  expect(ben.desk.all('session_products')).toHaveLength(1)

  const other = await lineup()
  other.anna.remove('session_products', other.item)
  other.ben.set('session_products', other.item, { notes: 'his' })
  await other.settle()
  expect(await decide(await everything(other.ben, 'mine'), wayOf(other.ben))).toMatchObject({ undos: [null] })
})

test('a block that was moved is decided at one go, although each move changes the places of the others', async () => {
  const all = await lineup()
  const { anna, ben, session, product, settle } = all
  const items = Array.from({ length: 6 }, (_, n) => addItem(anna.desk, { session, product }, { order_key: `b${n}` }))
  await settle()
  const block = items.slice(0, 3)
  for (const [n, id] of block.entries()) anna.set('session_products', id, { order_key: `d${n}` })
  for (const [n, id] of block.entries()) ben.set('session_products', id, { order_key: `c${n}` })
  await settle()
  const asked = await everything(ben, 'mine')
  expect(asked.others).toHaveLength(2)
  expect(await decide(asked, wayOf(ben))).toMatchObject({ alike: { left: 0, error: null } })
  await settle()
  expect(await ben.open()).toEqual([])
  const keys = (member: Member) => block.map((id) => member.desk.row('session_products', id)?.['order_key'])
  for (const one of [anna, ben]) expect(keys(one)).toEqual(['c0', 'c1', 'c2'])
})
