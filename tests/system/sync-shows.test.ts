import pg from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { must } from '#shared/must.ts'
import type { SyncStatus } from '#shared/sync.ts'
import { networkBefore } from '../support/network-before.ts'
import { testDatabase } from '../support/test-database.ts'
import { hudson } from './hudson.ts'
import { openDesktop, teamOf } from './sync-team.ts'
import type { Desktop, Row } from './sync-team.ts'

// What a team sees, with the real command: two desktops, one database, and a network in between.

interface Item {
  readonly id: string
  readonly productId: string
  readonly number: number
  readonly name: string
  readonly notes: string
  readonly overrides: Row
}
type Session = Row & { readonly id: string; readonly items: readonly Item[] }

const until = (look: () => Promise<unknown>): ReturnType<typeof expect.poll> =>
  expect.poll(look, { timeout: 10_000, interval: 50 })

const status = (desktop: Desktop): Promise<SyncStatus> => desktop.call<SyncStatus>('sync.status')

async function settled(...desktops: readonly Desktop[]): Promise<void> {
  for (const desktop of desktops) expect(await desktop.call('sync.now')).toMatchObject({ state: 'online', pending: 0 })
}

async function products(desktop: Desktop, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let n = 1; n <= count; n += 1) {
    const made = await desktop.call<{ id: string }>('products.create', {
      brand: 'Acme',
      name: `Ring ${n}`,
      priceCents: n,
    })
    ids.push(made.id)
  }
  return ids
}

test('[Show 1] a login of hudson migrate runs the whole app, and cannot look into a table', async () => {
  const url = await testDatabase()
  const migrate = (...args: string[]): ReturnType<typeof hudson> => hudson(['migrate', '--database-url', url, ...args])
  const first = await migrate()
  expect([first.code, first.out]).toEqual([
    0,
    expect.stringMatching(/^(applied \d{4}-[\w-]+\n)+up to date: schema \d+\n$/),
  ])
  const second = await migrate()
  expect([second.code, second.err, second.out]).toEqual([
    0,
    '',
    expect.stringMatching(/^already up to date: schema \d+\n$/),
  ])
  const listed = await migrate('--status')
  expect(listed.code).toBe(0)
  expect(listed.out).not.toContain('pending')
  const name = `hudson_test_${process.pid}_show`
  onTestFinished(async () => {
    const admin = new pg.Client({ connectionString: new URL('/postgres', url).href })
    await admin.connect()
    await admin.query(`DROP ROLE IF EXISTS ${name}`)
    await admin.end()
  })
  const login = (await migrate('--create-login', name)).out.trim()

  const [anna, ben] = await Promise.all([openDesktop(login), openDesktop(login)])
  const ids = await products(anna, 3)
  const session = await anna.call<Session>('sessions.create', { name: 'Friday', productIds: ids })
  const item = must(session.items[1], 'an item')
  await anna.call('points.save', { productId: ids[0], text: '- shines' })
  await anna.call('lineup.update', { itemId: item.id, patch: { notes: 'slowly' } })
  await anna.call('lineup.move', { itemId: item.id, after: null })
  await anna.call('presets.create', { text: 'Two minutes left', color: 'red' })
  await settled(anna, ben)
  const there = await ben.call<Session>('sessions.get', { id: session.id })
  expect(there.items).toEqual((await anna.call<Session>('sessions.get', { id: session.id })).items)
  await ben.call('live.start', { sessionId: session.id, mode: 'live' })
  await ben.call('live.goto', { sessionId: session.id, number: 3 })
  await until(() => anna.call('live.state', { sessionId: session.id })).toMatchObject({ mode: 'live', number: 3 })
  await ben.call('products.archive', { id: ids[2] })
  await ben.call('sessions.update', { id: session.id, patch: { notes: 'from Ben' } })
  await until(() => anna.call('sessions.get', { id: session.id })).toMatchObject({ notes: 'from Ben' })

  const looking = new pg.Client({ connectionString: login })
  await looking.connect()
  onTestFinished(() => looking.end())
  for (const table of ['products', 'sessions', 'session_products', 'sync_clock', 'sync_clients', 'conflicts']) {
    await expect(looking.query(`SELECT * FROM ${table}`), table).rejects.toThrow('permission denied')
    await expect(looking.query(`DELETE FROM ${table}`), table).rejects.toThrow('permission denied')
  }
})

test('[Show 2] two desktops that were both offline: what is apart merges, what overlaps is one conflict, decided once for both', async () => {
  const { url } = await teamOf()
  const network = await networkBefore(url)
  const [anna, ben] = await Promise.all([openDesktop(network.url(url)), openDesktop(network.url(url))])
  const ids = await products(anna, 2)
  const session = await anna.call<Session>('sessions.create', { name: 'Friday', productIds: ids })
  await until(() => ben.call('sessions.list')).toMatchObject({
    items: [{ id: session.id, name: 'Friday', itemCount: 2 }],
  })
  const itemId = must(session.items[0], 'an item').id
  const itemOf = async (desktop: Desktop): Promise<Item> =>
    must(
      (await desktop.call<Session>('sessions.get', { id: session.id })).items.find(({ id }) => id === itemId),
      'the item',
    )

  await settled(anna, ben)
  network.cut()
  const points = (text: string): object => ({ itemId, patch: { overrides: { talkingPointsMd: text } } })
  await anna.call('lineup.update', points('From Anna'))
  await anna.call('lineup.update', { itemId, patch: { notes: 'Slowly' } })
  await ben.call('lineup.update', points('From Ben'))
  await ben.call('lineup.update', { itemId, patch: { overrides: { priceCents: 990 } } })
  for (const desktop of [anna, ben]) {
    await until(() => status(desktop)).toMatchObject({ state: 'offline', pending: 2 })
    expect((await status(desktop)).reason).toMatch(/2 edits wait for the network; nothing is lost\.$/)
    expect(await desktop.call('sessions.get', { id: session.id })).toMatchObject({ pending: true })
  }

  network.pass()
  for (const desktop of [anna, ben]) {
    await until(() => status(desktop)).toMatchObject({ state: 'online', pending: 0, conflicts: 1 })
    await until(() => itemOf(desktop)).toMatchObject({ notes: 'Slowly', overrides: { priceCents: 990 } })
  }
  type Listed = { items: { id: string; kind: string; fields: Row[] }[] }
  const [at, atBen] = await Promise.all([anna, ben].map((one) => one.call<Listed>('conflicts.list', { open: true })))
  const conflict = must(at?.items[0], 'a conflict')
  expect([at?.items.length, atBen?.items.length]).toEqual([1, 1])
  expect(atBen?.items[0]?.id).toBe(conflict.id)
  expect(conflict).toMatchObject({
    kind: 'field',
    fields: [{ name: 'overrides.talkingPointsMd', base: null, mine: 'From Anna', theirs: 'From Ben' }],
  })
  expect(atBen?.items[0]).toMatchObject({ fields: [{ base: null, mine: 'From Ben', theirs: 'From Anna' }] })

  expect(await anna.call('conflicts.resolve', { id: conflict.id, keep: 'theirs' })).toEqual({ status: 'resolved' })
  await until(() => ben.call('conflicts.list', { open: true })).toMatchObject({ items: [] })
  for (const desktop of [anna, ben]) {
    await until(() => itemOf(desktop)).toMatchObject({ overrides: { talkingPointsMd: 'From Ben' } })
    await until(() => status(desktop)).toMatchObject({ conflicts: 0 })
  }
})

test('[Show 3] a reply that is lost after the commit has no second effect, and the queue drains', async () => {
  const { url, sql } = await teamOf()
  const network = await networkBefore(url)
  const desktop = await openDesktop(network.url(url))
  const [id] = await products(desktop, 1)
  await settled(desktop)
  for (let n = 1; n <= 5; n += 1) {
    const lost = network.dropReplyAfter((request) => request.includes('sync_push'))
    await desktop.call('points.save', { productId: id, text: `Point ${n}` })
    await desktop.call('brands.create', { name: `Brand ${n}` })
    await lost
    await until(() => status(desktop)).toMatchObject({ pending: 0, state: 'online' })
  }
  expect(await sql('SELECT text FROM talking_points ORDER BY created_at, id')).toHaveLength(5)
  expect(await sql(`SELECT name FROM brands WHERE name LIKE 'Brand %'`)).toHaveLength(5)
  expect(await sql('SELECT * FROM conflict_log')).toEqual([])
})

test('[Show 4] psql reaches every desktop, and a mass deletion waits for consent, either way', async () => {
  const { url, sql } = await teamOf()
  const [anna, ben] = await Promise.all([openDesktop(url), openDesktop(url)])
  const ids = await products(anna, 20)
  await settled(anna, ben)
  await sql('UPDATE products SET name = $1, price_cents = 1 WHERE id = $2', ['Gold ring', ids[0]])
  for (const desktop of [anna, ben]) {
    await until(() => desktop.call('products.get', { id: ids[0] })).toMatchObject({ name: 'Gold ring', priceCents: 1 })
  }

  const total = async (desktop: Desktop): Promise<number> =>
    (await desktop.call<{ total: number }>('products.list')).total
  const gone = ids.slice(0, 6)
  await sql('DELETE FROM products WHERE id = ANY ($1)', [gone])
  for (const desktop of [anna, ben]) {
    await until(() => status(desktop)).toMatchObject({
      held: 6,
      warnings: ['Others deleted 6 products or sessions at once. They are kept here until you say so.'],
    })
    expect(await total(desktop)).toBe(20)
    const { deletions } = await desktop.call<{ deletions: Row[] }>('sync.held')
    expect(deletions.map(({ id }) => id)).toEqual(expect.arrayContaining(gone))
    expect(deletions).toHaveLength(6)
    expect(deletions[0]).toMatchObject({ entity: 'products', name: 'Gold ring' })
  }
  // Ben agrees for himself: they go there, and nowhere else.
  expect(await ben.call('sync.consent', { accept: true })).toMatchObject({ held: 0, warnings: [] })
  expect(await total(ben)).toBe(14)
  await settled(anna, ben)
  expect([await total(anna), (await status(anna)).held]).toEqual([20, 6])
  // Anna does not: they come back for everyone.
  expect(await anna.call('sync.consent', { accept: false })).toMatchObject({ held: 0 })
  await settled(anna)
  await until(() => total(ben)).toBe(20)
  expect(await sql('SELECT count(*)::int AS n FROM products')).toEqual([{ n: 20 }])
  expect(await total(anna)).toBe(20)
  await settled(anna, ben)
  for (const desktop of [anna, ben]) expect(await status(desktop)).toMatchObject({ held: 0, conflicts: 0, pending: 0 })
})

test('the position of a show is on the other desktop within a moment', async () => {
  const { url } = await teamOf()
  const [anna, ben] = await Promise.all([openDesktop(url), openDesktop(url)])
  const ids = await products(anna, 10)
  const { id: sessionId } = await anna.call<Session>('sessions.create', { name: 'Friday', productIds: ids })
  await anna.call('live.start', { sessionId, mode: 'live' })
  await until(() => ben.call('sessions.list')).toMatchObject({ items: [{ id: sessionId }] })
  await until(() => ben.call('live.state', { sessionId })).toMatchObject({ mode: 'live' })
  // LISTEN is made right after the first exchange.
  await sleep(1_000)
  const took: number[] = []
  for (const number of [7, 3, 9, 1, 10]) {
    const started = performance.now()
    await anna.call('live.goto', { sessionId, number })
    await expect
      .poll(() => ben.call('live.state', { sessionId }), { interval: 5, timeout: 5_000 })
      .toMatchObject({ number })
    took.push(performance.now() - started)
  }
  console.log(`#N on A to #N on B, over HTTP: ${took.map((ms) => Math.round(ms)).join(', ')} ms`)
  // Far less than the 2 s of asking alone.
  expect(took.toSorted((a, b) => a - b)[2]).toBeLessThan(1_000)
})

test('pending: on products and sessions while an edit waits, and off with a word to all pages when the team has it', async () => {
  const { url } = await teamOf()
  const network = await networkBefore(url)
  const desktop = await openDesktop(network.url(url))
  const [id] = await products(desktop, 1)
  const session = await desktop.call<Session>('sessions.create', { name: 'Friday', productIds: [id] })
  await settled(desktop)
  const pending = async (): Promise<unknown[]> => [
    (await desktop.call('products.get', { id }))['pending'],
    (await desktop.call('sessions.get', { id: session.id }))['pending'],
  ]
  expect(await pending()).toEqual([false, false])
  network.cut()
  await desktop.call('products.update', { id, patch: { priceCents: 5 } })
  expect(await pending()).toEqual([true, false])
  await desktop.call('lineup.update', { itemId: must(session.items[0], 'an item').id, patch: { notes: 'x' } })
  expect(await pending()).toEqual([true, true])
  network.pass()
  await until(pending).toEqual([false, false])
})
