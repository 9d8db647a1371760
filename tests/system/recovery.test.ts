import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { RecoveryReport } from '#shared/recovery.ts'
import { unwrap } from '#shared/reply.ts'
import { SyncStatus } from '#shared/sync.ts'
import { seeded } from '../recovery/data-dir.ts'
import { openProxy } from '../support/tcp-proxy.ts'
import { hudson, serve, tempDir } from './hudson.ts'
import type { Server } from './hudson.ts'
import { serveTeam, teamOf } from './sync-team.ts'

const EDITS = 50

function garble(path: string): void {
  if (!existsSync(path)) return
  const random = seeded(9)
  writeFileSync(path, Buffer.from(Array.from({ length: statSync(path).size }, () => Math.floor(random() * 256))))
}

async function make(server: Server, name: string, input: object): Promise<string> {
  return (unwrap(await server.call(name, input)) as { id: string }).id
}

/** Edits of several kinds, all on rows that the team has already, but for ten new products. */
async function edit(server: Server, products: readonly string[]): Promise<string[]> {
  const made: string[] = []
  for (let n = 0; n < EDITS; n += 1) {
    const id = must(products[n % products.length], 'a product')
    if (n % 5 === 0)
      made.push(await make(server, 'products.create', { brand: 'Acme', name: `New ${n}`, priceCents: n }))
    else
      unwrap(
        await server.call('products.update', { id, patch: n % 2 === 0 ? { name: `Edit ${n}` } : { priceCents: n } }),
      )
  }
  return made
}

const status = async (server: Server): Promise<SyncStatus> => SyncStatus.parse(unwrap(await server.call('sync.status')))

test.each([
  ['the database', ['hudson.db']],
  ['the database and its log', ['hudson.db', 'hudson.db-wal']],
])(
  '[D3] garbage over %s while 50 edits wait: after a restart they wait again, and then all arrive',
  async (_what, names) => {
    using dir = tempDir()
    const { url, sql } = await teamOf()
    await using network = await openProxy({ host: new URL(url).hostname, port: Number(new URL(url).port) })
    const products: string[] = []
    {
      await using first = await serveTeam(network.url(url), dir.path)
      for (let n = 0; n < 10; n += 1) {
        products.push(await make(first, 'products.create', { brand: 'Acme', name: `P${n}`, priceCents: 0 }))
      }
      unwrap(await first.call('sync.now'))
      // What it wrote is in the database's own file after a clean end.
      await first.end('SIGTERM')
    }
    const server = await serveTeam(network.url(url), dir.path)
    unwrap(await server.call('sync.now'))
    network.cut()
    const made = await edit(server, products)
    const waiting = (await status(server)).pending
    expect(waiting).toBeGreaterThanOrEqual(EDITS)
    await server.end('SIGKILL')
    for (const name of names) garble(join(dir.path, name))
    const damaged = readFileSync(join(dir.path, 'hudson.db'))

    await using again = await serveTeam(network.url(url), dir.path)
    expect((await status(again)).pending).toBe(waiting)
    const report = RecoveryReport.parse(unwrap(await again.call('recovery.report')))
    expect(report.edits.fromDatabase + report.edits.fromJournal).toBe(waiting)
    expect(report.edits.lost).toBe(0)
    expect(report.words.join(' ')).toContain(`${waiting} edits that wait for the team: safe`)
    const kept = join(dir.path, 'quarantine', must(report.folder, 'a folder'))
    expect(readFileSync(join(kept, 'hudson.db')).equals(damaged)).toBe(true)
    // Without the network, what was made is there to work with.
    for (const id of made) expect(await again.call('products.get', { id })).toMatchObject({ ok: true })

    network.pass()
    for (let waited = 0; (await status(again)).pending > 0 && waited < 10_000; waited += 50) await sleep(50)
    expect(await status(again)).toMatchObject({ pending: 0, state: 'online', conflicts: 0 })
    const there = await sql('SELECT id, name, price_cents FROM products ORDER BY id')
    expect(there).toHaveLength(products.length + made.length)
    for (const { id, name, price_cents: priceCents } of there) {
      expect(unwrap(await again.call('products.get', { id }))).toMatchObject({ name, priceCents })
    }
    const last = (of: (n: number) => boolean, at: number): number | undefined =>
      Array.from({ length: EDITS }, (_, n) => n).findLast((n) => n % 5 !== 0 && of(n) && n % products.length === at)
    for (const [at, id] of products.entries()) {
      const [name, price] = [last((n) => n % 2 === 0, at), last((n) => n % 2 === 1, at)]
      expect(there.find((row) => row['id'] === id)).toMatchObject({
        name: name === undefined ? `P${at}` : `Edit ${name}`,
        price_cents: price ?? 0,
      })
    }
    expect(await sql(`SELECT count(*)::int AS n FROM conflict_log`)).toEqual([{ n: 0 }])
  },
)

test('hudson backup and hudson restore: a copy, a preview that changes nothing, and back again', async () => {
  using dir = tempDir()
  const data = join(dir.path, 'data')
  const file = join(dir.path, 'copy.db')
  const server = await serve(data)
  const id = await make(server, 'products.create', { brand: 'Acme', name: 'Ring', priceCents: 100 })
  // Through the instance that runs.
  const copied = await hudson(['backup', file, '--data-dir', data])
  expect([copied.code, copied.err]).toEqual([0, ''])
  expect(copied.out).toMatch(/^Backed up to .*copy\.db, \d+\.\d MB; checked\.\n$/)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const twice = await hudson(['backup', file, '--data-dir', data])
  expect([twice.code, twice.err]).toEqual([1, expect.stringMatching(/file of that name already/)])
  unwrap(await server.call('products.update', { id, patch: { name: 'Ring, wrong' } }))
  const preview = await hudson(['restore', file, '--data-dir', data])
  expect([preview.code, preview.err]).toEqual([1, ''])
  expect(preview.out).toMatch(/1 product goes back to what it was: Ring, wrong \(name\)/)
  expect(unwrap(await server.call('products.get', { id }))).toMatchObject({ name: 'Ring, wrong' })
  expect(await server.end('SIGTERM')).toBe(0)
  // And in this process, where none runs.
  const restored = await hudson(['restore', file, '--yes', '--data-dir', data])
  expect([restored.code, restored.err]).toEqual([0, ''])
  expect(restored.out).toMatch(/0 came back, 1 changed, 0 removed.*before-restore-/)
  const shown = await hudson(['call', 'products.get', JSON.stringify({ id }), '--data-dir', data])
  expect(JSON.parse(shown.out)).toMatchObject({ value: { name: 'Ring' } })
  expect(readdirSync(join(data, 'backups'))).toEqual([expect.stringMatching(/^before-restore-/)])
})

test.each([
  ['no such file', null, /no such backup/],
  ['a letter', 'Dear grandmother. '.repeat(100), /no backup of Hudson/],
])('hudson restore refuses %s in words, and changes nothing', async (...[_what, content, words]) => {
  using dir = tempDir()
  const file = join(dir.path, 'file.db')
  if (content !== null) writeFileSync(file, content)
  const { code, out, err } = await hudson(['restore', file, '--yes', '--data-dir', join(dir.path, 'data')])
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(words)
  expect(existsSync(join(dir.path, 'data', 'backups'))).toBe(false)
})

test('going live is not held up by the backup that it begins', async () => {
  using dir = tempDir()
  await using server = await serve(dir.path, '--demo')
  const { items } = unwrap(await server.call('sessions.list')) as { items: { id: string; status: string }[] }
  const sessionId = must(
    items.find(({ status: one }) => one === 'draft' || one === 'ready'),
    'a session',
  ).id
  const begun = performance.now()
  unwrap(await server.call('live.start', { sessionId, mode: 'live' }))
  const took = performance.now() - begun
  const kinds = async (): Promise<unknown[]> =>
    (unwrap(await server.call('backups.list')) as { items: { kind: string }[] }).items.map(({ kind }) => kind)
  for (let waited = 0; (await kinds()).length === 0 && waited < 10_000; waited += 50) await sleep(50)
  expect(await kinds()).toEqual(['before-live'])
  expect(took).toBeLessThan(1_000)
})
