import { expect, onTestFinished, test, vi } from 'vitest'
import { unwrap } from '#shared/reply.ts'
import type { SecretState } from '#shared/secrets.ts'
import type { SyncStatus } from '#shared/sync.ts'
import { createApp } from '../../src/main/app.ts'
import type { App } from '../../src/main/app.ts'
import { systemClock } from '../../src/main/clock.ts'
import { readConfig } from '../../src/main/config.ts'
import { silentLog } from '../../src/main/log.ts'
import { KeychainBackend } from '../../src/main/secrets/keychain-backend.ts'
import { FakeKeychain } from '../secrets/support.ts'
import { tempDir } from '../support/temp-dir.ts'
import { connect, teamDatabase } from './team.ts'

/** A desktop whose keychain is `fake`, as it starts without anything in the environment. */
function open(dataDir: string, fake: FakeKeychain): App {
  const config = readConfig({ env: {}, runtime: 'studio', dataDir })
  const app = createApp(config, {
    log: silentLog,
    clock: systemClock,
    fetch,
    secretBackends: ({ owner }) => [new KeychainBackend({ owner, clock: systemClock, load: async () => fake })],
  })
  const closing: { done?: Promise<void> } = {}
  onTestFinished(() => (closing.done ??= Promise.resolve(app[Symbol.asyncDispose]())))
  return app
}

const status = async (app: App): Promise<SyncStatus> => unwrap(await app.dispatch('sync.status', {})) as SyncStatus
const setUrl = (app: App, value: string) => app.dispatch('secrets.set', { name: 'databaseUrl', value })

test('an address that is stored joins the team at once, and again at the next start; cleared, it leaves it', async () => {
  const [url, dir, fake] = [await teamDatabase(), tempDir(), new FakeKeychain()]
  const sql = await connect(url)
  const app = open(dir, fake)
  expect(await status(app)).toMatchObject({ state: 'unconfigured' })
  // Made before there was a team: it goes there too.
  unwrap(await app.dispatch('brands.create', { name: 'Before' }))
  expect((unwrap(await setUrl(app, url)) as SecretState).protectedBy).toBe('keychain')
  await vi.waitFor(async () => expect(await status(app)).toMatchObject({ state: 'online', pending: 0 }), 20_000)
  expect(await sql('SELECT name FROM brands')).toEqual([{ name: 'Before' }])
  await app[Symbol.asyncDispose]()

  const again = open(dir, fake)
  // The first call that asks for the team waits until the keychain was read.
  unwrap(await again.dispatch('sync.now', {}))
  expect(await status(again)).toMatchObject({ state: 'online' })
  unwrap(await again.dispatch('secrets.clear', { name: 'databaseUrl' }))
  await vi.waitFor(async () => expect(await status(again)).toMatchObject({ state: 'unconfigured' }), 20_000)
  // What is here stays, and what is made now waits.
  unwrap(await again.dispatch('brands.create', { name: 'Waits' }))
  expect((await status(again)).pending).toBe(1)
  unwrap(await setUrl(again, url))
  await vi.waitFor(async () => expect(await status(again)).toMatchObject({ state: 'online', pending: 0 }), 20_000)
  expect(await sql('SELECT name FROM brands ORDER BY name')).toEqual([{ name: 'Before' }, { name: 'Waits' }])
})

test("another team's address gets nothing of this one's work", async () => {
  const [url, other, fake] = [await teamDatabase(), await teamDatabase(), new FakeKeychain()]
  const [ours, theirs] = [await connect(url), await connect(other)]
  await theirs('UPDATE sync_clock SET database_id = gen_random_uuid()')
  const app = open(tempDir(), fake)
  unwrap(await setUrl(app, url))
  unwrap(await app.dispatch('brands.create', { name: 'Ours' }))
  await vi.waitFor(async () => expect(await status(app)).toMatchObject({ state: 'online', pending: 0 }), 20_000)
  unwrap(await setUrl(app, other))
  unwrap(await app.dispatch('brands.create', { name: 'Still ours' }))
  await vi.waitFor(async () => expect(await status(app)).toMatchObject({ state: 'blocked', pending: 1 }), 20_000)
  expect(await theirs('SELECT name FROM brands')).toEqual([])
  unwrap(await setUrl(app, url))
  await vi.waitFor(async () => expect(await status(app)).toMatchObject({ state: 'online', pending: 0 }), 20_000)
  expect(await ours('SELECT name FROM brands ORDER BY name')).toEqual([{ name: 'Ours' }, { name: 'Still ours' }])
})

test('an address that cannot be one is refused with its field, and changes nothing', async () => {
  const app = open(tempDir(), new FakeKeychain())
  const reply = await setUrl(app, 'postgresql://hudson:s3cret@db.example/team?sslmode=disable')
  expect(reply).toMatchObject({
    ok: false,
    error: { code: 'bad-call', fields: { value: expect.any(String) as string } },
  })
  expect(JSON.stringify(reply)).not.toContain('s3cret')
  expect(await status(app)).toMatchObject({ state: 'unconfigured' })
})
