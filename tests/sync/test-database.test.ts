import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TlsOptions } from 'node:tls'
import { v7 as uuid } from 'uuid'
import { describe, expect, onTestFinished, test } from 'vitest'
import { certificate, expiredCertificate, key } from '../support/certificates.ts'
import { openDesktop } from '../support/desktop.ts'
import { testDatabase } from '../support/test-database.ts'
import { openTlsProxy } from '../support/tls-proxy.ts'
import { connect, teamDatabase } from './team.ts'
import type { Sql } from './team.ts'
import { changed, looksOf, targetOf, told, wrong } from './told.ts'

const ADMIN = 'whoever looks after the database'

/** A login as whoever looks after the database makes it, or one that nobody gave any rights. */
async function login(url: string, sql: Sql, role: 'hudson_app' | null): Promise<string> {
  const name = `setup_${uuid().replaceAll('-', '')}`
  await sql(`CREATE ROLE ${name} LOGIN PASSWORD 'app' ${role === null ? '' : `IN ROLE ${role}`}`)
  onTestFinished(async () => void (await sql(`DROP ROLE ${name}`)))
  return changed(url, (one) => {
    one.username = name
    one.password = 'app'
  })
}

describe('a database that is right', () => {
  test('is told with its version, and nothing stays of the look', async () => {
    const url = await teamDatabase()
    const sql = await connect(url)
    const as = await login(url, sql, 'hudson_app')
    expect(await told(as)).toEqual({
      ok: true,
      detail: expect.stringMatching(/^PostgreSQL \d+\.\d+, reached in \d+ ms, ready for the team\.$/),
      looks: '+reached +encrypted +rights +version',
    })
    expect(await sql('SELECT * FROM sync_clients')).toEqual([])
  })

  test('may be used by its owner, who is told of the better login', async () => {
    const { checks } = await openDesktop({}).call('setup.testDatabase', { url: await teamDatabase() })
    expect(looksOf(checks)).toBe('+reached +encrypted ~rights +version')
    expect(checks[2]?.detail).toContain('may change everything in the database')
  })

  test('is the one that is stored, where none is given', async () => {
    const desk = openDesktop({ HUDSON_DATABASE_URL: await teamDatabase() })
    expect(await desk.call('setup.testDatabase', {})).toMatchObject({ ok: true })
    expect(await openDesktop({}).call('setup.testDatabase', {})).toMatchObject({
      ok: false,
      detail: 'Paste the address of the database first.',
    })
  })
})

describe('what is wrong with the database', () => {
  test('it is empty', async () => {
    expect(await told(await testDatabase())).toEqual({
      ok: false,
      detail: `The database answers, and is not set up for Hudson yet. Ask ${ADMIN} to run "hudson migrate" on it.`,
      looks: '+reached +encrypted -rights !version',
    })
  })

  test('its login has no rights', async () => {
    const url = await teamDatabase()
    expect(await told(await login(url, await connect(url), null))).toEqual({
      ok: false,
      detail: `This login may not use Hudson's functions. Ask ${ADMIN} for one made by "hudson migrate --create-login".`,
      looks: '+reached +encrypted !rights -version',
    })
  })

  test('it was set up by an older Hudson', async () => {
    const url = await teamDatabase()
    const sql = await connect(url)
    const words = `The database was set up by an older Hudson. Ask ${ADMIN} to run "hudson migrate" on it again.`
    await sql('UPDATE sync_clock SET schema_version = 0, min_client_schema = 0')
    expect(await told(url)).toMatchObject({ ok: false, detail: words })
    await sql('DROP FUNCTION team_lease_look')
    expect(await told(url)).toEqual({ ok: false, detail: words, looks: '+reached +encrypted +rights !version' })
  })

  test('it was updated for a newer Hudson', async () => {
    const url = await teamDatabase()
    await (
      await connect(url)
    )('UPDATE sync_clock SET schema_version = 9, min_client_schema = 9')
    expect(await told(url)).toEqual({
      ok: false,
      detail:
        'The team database has been updated for a newer Hudson. Update Hudson on this computer; then everything is sent.',
      looks: '+reached +encrypted +rights !version',
    })
  })

  test('it is another team`s', async () => {
    const [own, other] = [await teamDatabase(), await teamDatabase()]
    await (
      await connect(other)
    )('UPDATE sync_clock SET database_id = gen_random_uuid()')
    const desk = openDesktop({ HUDSON_DATABASE_URL: own })
    await desk.call('sync.now', {})
    expect(await told(other, desk)).toEqual({
      ok: false,
      detail:
        'This is the database of another team. Enter the address of your own team, or start with another data folder.',
      looks: '+reached +encrypted +rights +version !team',
    })
  })
})

describe('what is wrong with the address', () => {
  const nowhere = '!reached -encrypted -rights -version'
  const strange = '+reached +encrypted !rights -version'
  const rows: readonly (readonly [string, (url: URL) => void, ReturnType<typeof wrong>])[] = [
    [
      'a wrong password',
      (url) => (url.password = 'wrong'),
      wrong(
        `The database does not accept the user name or the password. Enter the database address again, as ${ADMIN} gave it to you.`,
        strange,
      ),
    ],
    [
      'an unknown user',
      (url) => (url.username = 'nobody_here'),
      wrong(
        `The database does not accept the user name or the password. Enter the database address again, as ${ADMIN} gave it to you.`,
        strange,
      ),
    ],
    [
      'no such database',
      (url) => (url.pathname = '/nothing_here'),
      wrong(
        `The server has no database of this name. Compare the name at the end of the database address with the one that ${ADMIN} gave you.`,
        nowhere,
      ),
    ],
    [
      'an unknown host',
      (url) => {
        url.hostname = 'nowhere.invalid'
        url.password = 'x'
      },
      wrong(
        'There is no internet connection, or the host in the database address is wrong. Check the network; if other pages open, check the database address.',
        nowhere,
      ),
    ],
    [
      'nobody listens',
      (url) => (url.port = '1'),
      wrong(
        `The team database cannot be reached. Its computer answers, and no database at this port: compare host and port with those that ${ADMIN} gave you.`,
        nowhere,
      ),
    ],
    [
      'TLS where there is none',
      (url) => (url.search = '?sslmode=verify-full'),
      wrong(
        `The database offers no encrypted connection, and without one Hudson sends nothing over a network. Ask ${ADMIN} to switch TLS on.`,
        '+reached !encrypted -rights -version',
      ),
    ],
  ]
  test.each(rows)('%s', async (_name, change, answer) => {
    expect(await told(changed(await teamDatabase(), change))).toEqual(answer)
  })

  test.each([
    ['mysql://a@b/c', /starts with "postgresql:"/],
    ['postgresql://db.example/team', /it names no user/],
    ['postgresql://u:p@db.example/team?sslmode=disable', /without checking who reads it/],
    ['postgresql://u:p@db.example', /it names no database/],
    ['not an address', /it cannot be read/],
  ])('%s cannot be used', async (url, words) => {
    expect(await told(url)).toEqual({ ok: false, detail: expect.stringMatching(words), looks: '' })
  })

  test('comes into no log', async () => {
    const desk = openDesktop({})
    await told('postgresql://hudson:hunter2-canary@127.0.0.1:1/team', desk)
    expect(JSON.stringify(desk.log)).not.toContain('hunter2-canary')
  })
})

describe('its certificate', () => {
  /** The team's database behind this TLS, as a computer that trusts these certificates sees it. */
  async function behind(tls: TlsOptions, { ca, host = 'localhost' }: { ca?: string; host?: string } = {}) {
    const url = await teamDatabase()
    const proxy = await openTlsProxy(targetOf(url), tls)
    const folder = mkdtempSync(join(tmpdir(), 'hudson-ca-'))
    onTestFinished(async () => {
      rmSync(folder, { recursive: true })
      await proxy[Symbol.asyncDispose]()
    })
    const desk = openDesktop({})
    if (ca !== undefined) {
      writeFileSync(join(folder, 'ca.pem'), ca)
      await desk.call('settings.update', { patch: { team: { caFile: join(folder, 'ca.pem') } } })
    }
    const through = changed(url, (one) => {
      one.hostname = host
      one.port = String(proxy.port)
      one.search = '?sslmode=verify-full'
    })
    return await told(through, desk)
  }
  const bad = '+reached !encrypted -rights -version'

  test('is right', async () => {
    expect(await behind({ key, cert: certificate }, { ca: certificate })).toMatchObject({ ok: true })
  })

  const cases: readonly (readonly [string, { tls: TlsOptions; ca?: string; host?: string }, RegExp])[] = [
    ['is nobody`s', { tls: { cert: certificate } }, /certificate cannot be trusted: something between here/],
    [
      'is another host`s',
      { tls: { cert: certificate }, ca: certificate, host: '127.0.0.1' },
      /is for another host name/,
    ],
    [
      'has expired',
      { tls: { cert: expiredCertificate }, ca: expiredCertificate },
      /not valid today\. Check the date and time of this computer first/,
    ],
    [
      'is used for an old kind of encryption',
      { tls: { cert: certificate, maxVersion: 'TLSv1.2' }, ca: certificate },
      /only an older kind of encryption/,
    ],
  ]
  test.each(cases)('%s', async (_name, { tls, ...trust }, words) => {
    expect(await behind({ key, ...tls }, trust)).toEqual(wrong(words, bad))
  })
})
