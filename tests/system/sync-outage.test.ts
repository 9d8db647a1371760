import { expect, test } from 'vitest'
import type { SyncStatus } from '#shared/sync.ts'
import { networkBefore } from '../support/network-before.ts'
import { openDesktop, serveTeam, teamOf } from './sync-team.ts'
import { tempDir } from './hudson.ts'

// The real command where the team's database does not answer.

const seconds = (since: number): number => (performance.now() - since) / 1_000

test.each(['halfOpen', 'hang', 'cut'] as const)(
  'a start while the network is %s: usable at once, offline in words within 10 s, ended at once',
  async (fault) => {
    const { url } = await teamOf()
    const network = await networkBefore(url)
    network[fault]()
    const desktop = await openDesktop(network.url(url))
    const started = performance.now()
    const made = await desktop.call('sessions.create', { name: 'Friday' })
    expect(await desktop.call('sessions.get', { id: made['id'] })).toMatchObject({ name: 'Friday', pending: true })
    expect(seconds(started)).toBeLessThan(2)
    expect(await desktop.call('sync.status')).toMatchObject({ state: 'offline', pending: 1 })
    await expect
      .poll(async () => (await desktop.call<SyncStatus>('sync.status')).reason, { timeout: 12_000, interval: 100 })
      .toMatch(/^The team database cannot be reached\. .* 1 edit waits for the network; nothing is lost\.$/)
    expect(seconds(started)).toBeLessThan(11)
    const ending = performance.now()
    expect(await desktop.server.end('SIGTERM')).toBe(0)
    expect(seconds(ending)).toBeLessThan(5)
  },
)

test('SIGTERM in the middle of a large pull ends it at once; the next start goes on and has everything', async () => {
  const { url, sql } = await teamOf()
  await sql(`INSERT INTO brands (name) VALUES ('Acme')`)
  for (let n = 0; n < 6; n += 1) {
    await sql(
      `INSERT INTO products (brand_id, name, description_html) SELECT (SELECT id FROM brands), 'Ring ' || n, repeat('x', 500)
       FROM generate_series($1::int, $2::int) n`,
      [n * 3_000, n * 3_000 + 2_999],
    )
  }
  const network = await networkBefore(url)
  using dir = tempDir()
  // The first two pages come, the third does not.
  const pulls = { count: 0 }
  void network.dropRequest((request) => {
    if (request.includes('sync_pull') && (pulls.count += 1) === 3) setImmediate(() => network.hang())
    return false
  })
  await using first = await serveTeam(network.url(url), dir.path)
  await expect.poll(() => pulls.count, { timeout: 20_000 }).toBe(3)
  expect(await first.call('sync.status')).toMatchObject({
    ok: true,
    value: { state: 'online', progress: { total: expect.any(Number) } },
  })
  const ending = performance.now()
  expect(await first.end('SIGTERM')).toBe(0)
  expect(seconds(ending)).toBeLessThan(5)
  network.pass()
  await using again = await serveTeam(network.url(url), dir.path)
  await expect
    .poll(() => again.call('products.list', { limit: 1 }), { timeout: 30_000, interval: 200 })
    .toMatchObject({ value: { total: 18_000 } })
  expect(await again.call('sync.now')).toMatchObject({ ok: true, value: { state: 'online', progress: null } })
})
