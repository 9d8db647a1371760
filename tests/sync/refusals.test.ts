import { expect, onTestFinished, test, vi } from 'vitest'
import { AppError } from '#shared/app-error.ts'
import { certificate, key } from '../support/certificates.ts'
import { dropDatabase, createDatabase } from '../support/postgres.ts'
import { testDatabase, testServer } from '../support/test-database.ts'
import { openTlsProxy } from '../support/tls-proxy.ts'
import { openAppDesk } from './app-desk.ts'
import type { AppDesk } from './app-desk.ts'
import { migrateRemote } from './desk.ts'
import { login, query } from './migrating.ts'
import { connect, teamDatabase } from './team.ts'

// Everything that can be wrong with the address of a team's database, on a real server: each says what to do, work goes on,
// nothing is half-done, and once it is mended everything is sent.

/** An edit is made, and sync.now is refused. Answers what people are told of it. */
async function refusal(desk: AppDesk): Promise<{ state: string; code: string; words: string; pending: number }> {
  const made = await desk.call('brands.create', { name: 'Acme' })
  const error = await desk.call('sync.now', {}).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AppError)) throw new Error('it was accepted', { cause: error })
  const { state, pending, reason, breaker } = await desk.status()
  expect(breaker).toBe('closed')
  expect(reason).toContain(error.message)
  expect(reason).toMatch(/1 edit waits( for the network)?; nothing is lost\.$/)
  // No host, no user, no password, no SQL, no stack.
  expect(reason).not.toMatch(/s3cret|127\.0\.0\.1|localhost|hudson_test|sync_|\n/)
  expect(await desk.call('brands.list', {})).toMatchObject({ items: [{ id: made.id }] })
  return { state, code: error.code, words: error.message, pending }
}

const refused = (code: string, words: string, state = 'blocked'): object => ({
  state,
  code,
  words: expect.stringContaining(words) as string,
  pending: 1,
})

/** It comes back by itself, at the latest when somebody looks. Answers what the team has then. */
async function mended(desk: AppDesk, url: string): Promise<unknown[]> {
  await desk.call('sync.focus', {})
  await vi.waitFor(async () => expect(await desk.status()).toMatchObject({ state: 'online', pending: 0 }), 5_000)
  return await query(url, 'SELECT name FROM brands')
}

function changed(url: string, change: (url: URL) => void): string {
  const other = new URL(url)
  change(other)
  return other.href
}

test('an address that is none', async () => {
  const desk = openAppDesk('mysql://u:s3cret@db.example/x')
  expect(await refusal(desk)).toEqual(
    refused('bad-call', 'The database address cannot be used: it starts with "mysql:"'),
  )
})

test('an address that would send everything in the open', async () => {
  const desk = openAppDesk('postgres://u:s3cret@db.example/x?sslmode=disable')
  expect(await refusal(desk)).toEqual(refused('bad-call', 'without checking who reads it'))
})

test('a server that is not there', async () => {
  const desk = openAppDesk('postgres://u:s3cret@127.0.0.1:1/x')
  expect(await refusal(desk)).toEqual(refused('offline', 'The team database cannot be reached.', 'offline'))
})

test('a wrong password, until it is right', async () => {
  const url = await teamDatabase()
  const stranger = await login(url, 'SUPERUSER')
  const desk = openAppDesk(changed(stranger, (one) => (one.password = 's3cret')))
  expect(await refusal(desk)).toEqual(refused('unauthorized', 'does not accept the user name or the password'))
  await query(url, `ALTER ROLE ${new URL(stranger).username} PASSWORD 's3cret'`)
  expect(await mended(desk, url)).toEqual(['Acme'])
})

test('no database of this name, until there is one', async () => {
  const server = await testServer()
  const url = await createDatabase(server)
  await dropDatabase(url)
  const desk = openAppDesk(url)
  expect(await refusal(desk)).toEqual(refused('offline', 'has no database of this name'))
  await query(server, `CREATE DATABASE ${new URL(url).pathname.slice(1)}`)
  onTestFinished(() => dropDatabase(url))
  await migrateRemote(url)
  expect(await mended(desk, url)).toEqual(['Acme'])
})

test('an empty database, until it is migrated', async () => {
  const url = await testDatabase()
  const desk = openAppDesk(url)
  expect(await refusal(desk)).toEqual(
    refused('offline', 'Ask whoever looks after the database to run "hudson migrate" on it.'),
  )
  expect(await query(url, `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`)).toEqual([])
  await migrateRemote(url)
  expect(await mended(desk, url)).toEqual(['Acme'])
})

test('the database of another program', async () => {
  const url = await testDatabase()
  await query(url, 'CREATE TABLE products (price text)')
  const desk = openAppDesk(url)
  expect(await refusal(desk)).toEqual(refused('offline', 'The database is not set up for this version of Hudson.'))
  expect(await query(url, 'SELECT * FROM products')).toEqual([])
})

test('[F5] a database for a newer Hudson, until this one is new enough', async () => {
  const url = await teamDatabase()
  await query(url, 'UPDATE sync_clock SET min_client_schema = 99')
  const desk = openAppDesk(url)
  expect(await refusal(desk)).toEqual(
    refused('update-required', 'Update Hudson on this computer; then everything is sent.'),
  )
  await query(url, 'UPDATE sync_clock SET min_client_schema = 1')
  expect(await mended(desk, url)).toEqual(['Acme'])
})

test('[F5] one that becomes newer in the middle of a day', async () => {
  const url = await teamDatabase()
  const desk = openAppDesk(url)
  await desk.call('sync.now', {})
  await query(url, 'UPDATE sync_clock SET min_client_schema = 99')
  expect(await refusal(desk)).toEqual(
    refused('update-required', 'The team database has been updated for a newer Hudson.'),
  )
  expect(await query(url, 'SELECT name FROM brands')).toEqual([])
  await query(url, 'UPDATE sync_clock SET min_client_schema = 1')
  expect(await mended(desk, url)).toEqual(['Acme'])
})

test('[S5] a login without rights', async () => {
  const url = await teamDatabase()
  const desk = openAppDesk(await login(url))
  expect(await refusal(desk)).toEqual(refused('unauthorized', 'a login made with "hudson migrate --create-login"'))
})

test('[I3] the database of another team: neither gets the other one’s work, and back at its own everything is sent', async () => {
  const [own, other] = [await teamDatabase(), await teamDatabase()]
  await query(other, `UPDATE sync_clock SET database_id = gen_random_uuid()`).catch(() => {})
  const first = openAppDesk(own)
  await first.call('sync.now', {})
  await first[Symbol.asyncDispose]()
  await query(other, `INSERT INTO brands (name) VALUES ('Theirs')`)
  const lost = openAppDesk(other, { dataDir: first.dataDir })
  expect(await refusal(lost)).toEqual(refused('conflict', 'This is the database of another team.'))
  expect(await query(other, 'SELECT name FROM brands')).toEqual(['Theirs'])
  await lost[Symbol.asyncDispose]()
  expect(await mended(openAppDesk(own, { dataDir: first.dataDir }), own)).toEqual(['Acme'])
})

test.each([
  ['no TLS where it is asked for', null, 'The database offers no encrypted connection'],
  ['a certificate that nobody vouches for', { key, cert: certificate }, 'certificate cannot be trusted'],
])('%s', async (_name, tls, words) => {
  const url = await teamDatabase()
  const proxy = await openTlsProxy({ host: new URL(url).hostname, port: Number(new URL(url).port) }, tls)
  onTestFinished(() => proxy[Symbol.asyncDispose]())
  const desk = openAppDesk(
    changed(url, (one) => {
      one.hostname = 'localhost'
      one.port = String(proxy.port)
      one.search = '?sslmode=verify-full'
    }),
  )
  expect(await refusal(desk)).toEqual(refused('offline', words))
  const sql = await connect(url)
  expect(await sql('SELECT * FROM sync_clients')).toEqual([])
})
