import { expect, onTestFinished, test } from 'vitest'
import { noJournal } from '../../src/main/sync/journal.ts'
import type { Chunk } from '../../src/main/sync/remote.ts'
import { brandChunk, FakeRemote, errorOf, MIN, rig } from './engine-rig.ts'

// What a producer reads of it, word for word.

const kept = 'Your work goes on here; edits are kept on this computer and sent later.'

test('without a team database there is nothing to say', async () => {
  const r = await rig({ team: false })
  r.edit()
  expect(r.status()).toMatchObject({ state: 'unconfigured', pending: 0, breaker: 'closed', warnings: [] })
  expect(r.status().reason).toBeUndefined()
  await expect(r.sync.now()).rejects.toMatchObject({
    code: 'offline',
    message: 'No team database is set up on this computer. Everything is saved here.',
  })
})

test('one that was set up before, and is not any more, leaves edits behind', async () => {
  const r = await rig()
  r.remote.failure = errorOf('ECONNREFUSED')
  r.edit()
  await r.restart({ team: false })
  expect(r.status()).toMatchObject({
    state: 'unconfigured',
    pending: 1,
    reason: 'No team database is set up any more. 1 edit waits; nothing is lost.',
  })
})

test('online: no reason, no warning', async () => {
  const r = await rig()
  expect(r.status()).toEqual({
    state: 'online',
    since: null,
    stuck: false,
    pending: 0,
    oldestPendingAt: null,
    conflicts: 0,
    lastPushAt: null,
    lastPullAt: r.clock.now(),
    breaker: 'closed',
    schema: { local: 1, remote: 1 },
    nextTryAt: null,
    latencyMs: 0,
    clockSkewMs: 0,
    progress: null,
    held: 0,
    setAside: 0,
    warnings: [],
  })
})

test.each([
  ['ECONNREFUSED', `The team database cannot be reached. ${kept} Check the network. Hudson tries again by itself.`],
  [
    'ENOTFOUND',
    `There is no internet connection, or the host in the database address is wrong. ${kept} ` +
      'Check the network; if other pages open, check the database address.',
  ],
  ['57P03', `The team database is waking up. ${kept} This takes a moment; there is nothing to do.`],
  [
    '53300',
    `Too many programs use the team database at once. ${kept} Hudson tries again by itself. If this lasts, close Hudson ` +
      'where nobody needs it, or ask whoever looks after the database for more connections.',
  ],
])('offline by %s: why, what it means, what to do, and how many edits wait', async (code, words) => {
  const r = await rig()
  await r.pass(500)
  r.remote.failure = errorOf(code)
  r.edit()
  const at = r.clock.now()
  await r.pass(60)
  const { state, reason, pending, oldestPendingAt } = r.status()
  expect({ state, reason, pending, oldestPendingAt }).toEqual({
    state: 'offline',
    reason: `${words} 1 edit waits for the network; nothing is lost.`,
    pending: 1,
    oldestPendingAt: at,
  })
  for (let n = 0; n < 2; n += 1) r.edit()
  expect(r.status().reason).toBe(`${words} 3 edits wait for the network; nothing is lost.`)
  expect(Date.parse(r.status().nextTryAt ?? '') - Date.parse(r.clock.now())).toBeLessThanOrEqual(5_000)
})

test('blocked: the edits do not wait for the network', async () => {
  const r = await rig()
  await r.pass(500)
  r.remote.failure = errorOf('28P01')
  for (let n = 0; n < 2; n += 1) r.edit()
  await r.pass(60)
  const since = r.clock.now()
  await r.pass(90_000)
  expect(r.status()).toMatchObject({
    state: 'blocked',
    since,
    reason:
      `The database does not accept the user name or the password. ${kept} Enter the database address again, ` +
      'as whoever looks after the database gave it to you. 2 edits wait; nothing is lost.',
  })
})

test('paused', async () => {
  const r = await rig()
  await r.sync.handlers['sync.pause']({})
  expect(r.status()).toMatchObject({ state: 'paused', reason: 'Paused on this computer.', nextTryAt: null })
  r.edit()
  r.edit()
  expect(r.status().reason).toBe('Paused on this computer. 2 edits wait until you resume; nothing is lost.')
})

test('a journal that cannot be written is told of until it can be again; the edit itself is safe', async () => {
  const disk = { full: false }
  const refuse = (): void => {
    if (disk.full) throw errorOf('ENOSPC')
  }
  const append = (): (() => void) => {
    refuse()
    return () => {}
  }
  const r = await rig({ journal: { ...noJournal, size: 1, append, rewrite: refuse } })
  await r.pass(500)
  disk.full = true
  r.changed.length = 0
  r.edit()
  expect(r.status().warnings).toEqual([
    'The second copy of the edits that wait cannot be written. Is the disk full? The edits themselves are safe.',
  ])
  await r.pass(400)
  expect(r.changed).toContain('sync')
  expect(r.remote.pushed).toHaveLength(1)
  disk.full = false
  r.edit()
  expect(r.status().warnings).toEqual([])
  disk.full = true
  r.edit()
  disk.full = false
  // Nothing waits any more: nothing is to be copied.
  await r.pass(400)
  expect(r.status()).toMatchObject({ pending: 0, warnings: [] })
})

test('rows that do not fit, and deletions that wait: one and several', async () => {
  const r = await rig()
  const aside = (id: string): void => {
    r.db
      .statement(`INSERT INTO sync_aside (entity, row_id, body, problem, at) VALUES ('products', ?, '{}', 'x', 'y')`)
      .run(id)
  }
  r.db.sqlite.pragma('foreign_keys = OFF')
  const held = (id: string): void => {
    r.db
      .statement(
        `INSERT INTO products (id, brand_id, name, status, source, created_at, updated_at)
         VALUES (?, 'b', 'Ring', 'active', 'manual', 'y', 'y')`,
      )
      .run(id)
    r.db.statement(`INSERT INTO sync_held (entity, row_id, at) VALUES ('products', ?, 'y')`).run(id)
  }
  aside('1')
  held('1')
  expect(r.status()).toMatchObject({
    held: 1,
    setAside: 1,
    warnings: [
      'Others deleted 1 product or session at once. They are kept here until you say so.',
      '1 row of the team does not fit this version and is not shown. Update Hudson.',
    ],
  })
  aside('2')
  held('2')
  expect(r.status().warnings).toEqual([
    'Others deleted 2 products or sessions at once. They are kept here until you say so.',
    '2 rows of the team do not fit this version and are not shown. Update Hudson.',
  ])
})

test('a first sync says how far it is, and the team counts as reached meanwhile', async () => {
  const r = await rig({ start: false })
  const page = Promise.withResolvers<void>()
  const { pull } = r.remote
  r.remote.rev = 1_000
  let pages = 0
  r.remote.pull = async (request) => {
    const answer = await pull.apply(r.remote, [request])
    pages += 1
    if (pages > 1) {
      await page.promise
      return answer
    }
    const gone = Array.from({ length: 250 }, (_, n) => `0190000c-0000-7000-8000-${String(n).padStart(12, '0')}`)
    const chunks: Chunk[] = [{ entity: 'message_presets', body: JSON.stringify({ gone }) }]
    return { ...answer, complete: false, cursor: { rev: 250, token: 'a' }, count: 250, chunks }
  }
  onTestFinished(() => page.resolve())
  r.sync.start()
  await r.pass(500)
  expect(r.status()).toMatchObject({ state: 'online', progress: { done: 250, total: 1_000 } })
  expect(r.changed).toContain('sync')
  page.resolve()
  await r.pass(0)
  expect(r.status().progress).toBeNull()
})

test('fetch on miss: while a first sync is slow, a row that is asked for is here at once', async () => {
  const r = await rig({ start: false })
  const page = Promise.withResolvers<void>()
  const { pull } = r.remote
  r.remote.pull = async (request) => {
    await page.promise
    return await pull.apply(r.remote, [request])
  }
  onTestFinished(() => page.resolve())
  r.sync.start()
  await r.pass(0)
  const id = '0190000a-0000-7000-8000-00000000abcd'
  r.remote.fetchable.set(id, brandChunk(id, 'Acme'))
  expect(await r.sync.fetchMissing('products', id)).toBe(true)
  expect(r.db.statement('SELECT name FROM brands').pluck(true).all()).toEqual(['Acme'])
  expect(await r.sync.fetchMissing('products', '0190000a-0000-7000-8000-00000000ffff')).toBe(false)
})

test('fetch on miss: what a pull brought meanwhile is not undone by an answer from before', async () => {
  const r = await rig()
  await r.pass(500)
  const id = '0190000a-0000-7000-8000-00000000abcd'
  const answer = Promise.withResolvers<void>()
  const { fetch } = r.remote
  r.remote.fetch = async (...args) => {
    const rows = await fetch.apply(r.remote, args)
    await answer.promise
    return rows
  }
  r.remote.fetchable.set(id, brandChunk(id, 'Old'))
  const fetching = r.sync.fetchMissing('products', id)
  await r.pass(0)
  r.remote.fetchable.set(id, brandChunk(id, 'New'))
  r.remote.chunks = [brandChunk(id, 'New')]
  await r.now()
  answer.resolve()
  expect(await fetching).toBe(true)
  expect(r.db.statement('SELECT name FROM brands').pluck(true).all()).toEqual(['New'])
  expect(r.remote.count('fetch')).toBe(2)
})

test('where the team cannot be reached, a row that is missing is missing', async () => {
  const r = await rig({ remote: (clock) => Object.assign(new FakeRemote(clock), { failure: errorOf('ECONNREFUSED') }) })
  await r.pass(MIN)
  const before = r.remote.count()
  expect(await r.sync.fetchMissing('sessions', 'x')).toBe(false)
  expect(r.remote.count()).toBe(before)
})

test('what was written at once counts as one edit', async () => {
  const r = await rig({ remote: (clock) => Object.assign(new FakeRemote(clock), { failure: errorOf('ECONNREFUSED') }) })
  r.goLive()
  r.goLive('off')
  expect(r.db.statement('SELECT count(*) FROM sync_outbox').pluck(true).get()).toBe(3)
  expect(r.status().pending).toBe(2)
  // The first mutation of a transaction that was too large for one push is confirmed, its others wait.
  r.db.statement(`UPDATE sync_outbox SET acked_at = 'now' WHERE id = 1`).run()
  expect(r.status().pending).toBe(2)
})
