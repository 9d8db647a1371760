import { AppError } from '#shared/app-error.ts'
import pg from 'pg'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TlsOptions } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { migrate } from '../../src/main/cli/migrate.ts'
import type { MigrateOptions } from '../../src/main/cli/migrate.ts'
import { orderMigrations } from '../../src/main/db/migrate.ts'
import { remoteStatus } from '../../src/main/sync/remote-migrate.ts'
import { certificate, expiredCertificate, key } from '../support/certificates.ts'
import { openTlsProxy } from '../support/tls-proxy.ts'
import { testDatabase } from '../support/test-database.ts'

const files = {
  '0001-first.sql': 'CREATE TABLE first (n int); INSERT INTO first VALUES (1);',
  '0002-second.sql': 'CREATE TABLE second (n int);\nINSERT INTO first VALUES (2);',
}
const broken = { ...files, '0003-third.sql': 'CREATE TABLE third (n int); INSERT INTO first VALUES (3); SELECT 1 / 0;' }

interface Run {
  readonly lines: readonly string[]
  readonly notes: readonly string[]
}

async function run(
  url: string,
  options: Partial<MigrateOptions> & { files?: Record<string, string> } = {},
): Promise<Run> {
  const lines: string[] = []
  const notes: string[] = []
  await migrate({
    url,
    status: false,
    allowTls12: false,
    migrations: orderMigrations(options.files ?? files),
    print: (line) => lines.push(line),
    tell: (line) => notes.push(line),
    ...options,
  })
  return { lines, notes }
}

/** The words of the refusal. */
async function refusal(url: string, options: Parameters<typeof run>[1] = {}): Promise<string> {
  const error: unknown = await run(url, options).then(
    () => new Error('it was accepted'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AppError)) throw error
  expect(error.message).not.toContain(new URL(url).password || '::')
  return error.message
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

async function query(url: string, sql: string): Promise<unknown[]> {
  return (await (await connect(url)).query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0])
}

const tables = (url: string): Promise<unknown[]> =>
  query(url, `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`)

/** A login of its own, dropped afterwards, as roles outlive databases. */
async function login(url: string, options = ''): Promise<string> {
  const name = `hudson_test_${crypto.randomUUID().replaceAll('-', '')}`
  await query(url, `CREATE ROLE ${name} LOGIN PASSWORD 'pw' ${options}`)
  // After the database, which may hold what it owns.
  onTestFinished(async () => void (await query(new URL('/postgres', url).href, `DROP ROLE IF EXISTS ${name}`)))
  const changed = new URL(url)
  changed.username = name
  changed.password = 'pw'
  return changed.href
}

describe('migrations', () => {
  test('are applied in order, told, and not applied again', async () => {
    const url = await testDatabase()
    expect((await run(url)).lines).toEqual(['applied 0001-first', 'applied 0002-second', 'up to date: schema 2'])
    expect((await run(url)).lines).toEqual(['already up to date: schema 2'])
    expect(await query(url, 'SELECT n FROM first ORDER BY n')).toEqual([1, 2])
    expect(await query(url, `SELECT version || ' ' || name FROM schema_migrations ORDER BY version`)).toEqual([
      '1 0001-first',
      '2 0002-second',
    ])
  })

  test('the status changes nothing', async () => {
    const url = await testDatabase()
    expect((await run(url, { status: true })).lines).toEqual(['pending 0001-first', 'pending 0002-second'])
    expect(await tables(url)).toEqual([])
    await run(url, { files: { '0001-first.sql': files['0001-first.sql'] } })
    const { lines } = await run(url, { status: true })
    expect(lines).toEqual([expect.stringMatching(/^applied 0001-first \(\d{4}-.*Z\)$/), 'pending 0002-second'])
  })

  test('one that fails leaves nothing; those before it stay, and a mended one goes on from there', async () => {
    const url = await testDatabase()
    expect(await refusal(url, { files: broken })).toMatch(
      /: 0003-third failed, and nothing of it was kept: division by zero$/,
    )
    expect(await tables(url)).toEqual(['first', 'schema_migrations', 'second'])
    expect(await query(url, 'SELECT n FROM first ORDER BY n')).toEqual([1, 2])
    const mended = { ...files, '0003-third.sql': 'CREATE TABLE third (n int)' }
    expect((await run(url, { files: mended })).lines).toEqual(['applied 0003-third', 'up to date: schema 3'])
  })

  test('several at once apply each one once', async () => {
    const url = await testDatabase()
    const slow = { ...files, '0003-third.sql': 'SELECT pg_sleep(0.2); INSERT INTO first VALUES (3);' }
    const runs = await Promise.all([1, 2, 3, 4].map(() => run(url, { files: slow })))
    const applied = runs.flatMap(({ lines }) => lines.filter((line) => line.startsWith('applied')))
    expect(applied.toSorted()).toEqual(['applied 0001-first', 'applied 0002-second', 'applied 0003-third'])
    expect(await query(url, 'SELECT n FROM first ORDER BY n')).toEqual([1, 2, 3])
  })

  test('may have other line ends in another checkout', async () => {
    const url = await testDatabase()
    await run(url)
    const turned = { ...files, '0002-second.sql': files['0002-second.sql'].replaceAll('\n', '\r\n') }
    expect((await run(url, { files: turned })).lines).toEqual(['already up to date: schema 2'])
  })

  test('of this version set up an empty database, each time the same', async () => {
    const [one, two] = await Promise.all([testDatabase(), testDatabase()])
    const { remoteMigrations: migrations } = await import('../../src/main/sync/remote-migrations.ts')
    for (const url of [one, two]) await run(url, { migrations })
    expect((await run(one, { migrations })).lines).toEqual([`already up to date: schema ${migrations.length}`])
    expect(await tables(one)).toEqual(
      expect.arrayContaining(['products', 'schema_migrations', 'sessions', 'sync_clock']),
    )
    expect(await tables(one)).toEqual(await tables(two))
  })
})

describe('a database that does not fit is refused and left as it is:', () => {
  test('tables of something else', async () => {
    const url = await testDatabase()
    await query(url, 'CREATE TABLE products (id int)')
    expect(await refusal(url)).toContain('The database holds tables of something else (products).')
    expect(await refusal(url, { status: true })).toContain('tables of something else')
    expect(await tables(url)).toEqual(['products'])
  })

  test('the schema_migrations of another program', async () => {
    const url = await testDatabase()
    await query(url, 'CREATE TABLE schema_migrations (version varchar PRIMARY KEY)')
    expect(await refusal(url)).toContain('tables of something else (schema_migrations)')
    expect(await tables(url)).toEqual(['schema_migrations'])
  })

  test('a newer schema', async () => {
    const url = await testDatabase()
    await run(url)
    const older = { '0001-first.sql': files['0001-first.sql'] }
    for (const status of [false, true]) {
      expect(await refusal(url, { files: older, status })).toContain(
        'The database was set up by a newer version of Hudson (database 2, this version 1). Nothing was changed.',
      )
    }
  })

  test('an applied migration of another text', async () => {
    const url = await testDatabase()
    await run(url)
    const changed = { ...broken, '0001-first.sql': 'CREATE TABLE other ()' }
    expect(await refusal(url, { files: changed })).toContain('The database was set up with another text of 0001-first')
    expect(await tables(url)).toEqual(['first', 'schema_migrations', 'second'])
  })

  test('a server before PostgreSQL 15', async () => {
    // No such server can be had here: this one answers the question of its version.
    const old = { query: async () => ({ rows: [{ number: 140_012, version: '14.12' }] }) }
    await expect(remoteStatus(old as unknown as pg.Client, [])).rejects.toThrow(
      'The server is PostgreSQL 14.12; Hudson needs 15 or newer.',
    )
  })
})

describe('what is wrong with the way to it is told:', () => {
  const changed = async (change: (url: URL) => void): Promise<string> => {
    const url = new URL(await testDatabase())
    change(url)
    return url.href
  }

  test('the URL', async () => {
    expect(await refusal('mysql://u:s3cret@db.example/x')).toContain('it starts with "mysql:"')
    expect(await refusal('postgres://u:s3cret@db.example/x?sslmode=disable')).toContain('sslmode=disable would send')
  })

  test('the host', async () => {
    expect(await refusal('postgres://u:s3cret@nowhere.invalid/x')).toMatch(/^nowhere\.invalid\/x: There is no internet/)
    expect(await refusal(await changed((url) => (url.port = '1')))).toContain('The team database cannot be reached.')
  })

  test('the password', async () => {
    expect(await refusal(await changed((url) => (url.password = 'wr0ng')))).toContain(
      'does not accept the user name or the password',
    )
  })

  test('the name of the database', async () => {
    expect(await refusal(await changed((url) => (url.pathname = '/not_here')))).toContain(
      'has no database of this name',
    )
  })

  test('a login without rights', async () => {
    const url = await testDatabase()
    const words = 'This login may not set up the database. Nothing was changed. Use the URL of its owner'
    const stranger = await login(url)
    expect(await refusal(stranger)).toContain(words)
    expect(await tables(url)).toEqual([])
    await run(url)
    expect(await refusal(stranger)).toContain(words)
    expect(await refusal(stranger, { status: true })).toContain(words)
  })

  test('somebody who keeps a lock', async () => {
    const url = await testDatabase()
    await run(url)
    const holder = await connect(url)
    await holder.query('BEGIN; LOCK TABLE first')
    const impatient = { ...files, '0003-third.sql': `SET LOCAL lock_timeout = '100ms'; ALTER TABLE first ADD m int` }
    expect(await refusal(url, { files: impatient })).toContain('Another program keeps something open in it.')
  })
})

describe('TLS', () => {
  /** The URL of an empty database behind this TLS, by the name or the number of this machine. */
  async function behind(tls: TlsOptions | null, host = 'localhost'): Promise<string> {
    const url = new URL(await testDatabase())
    const proxy = await openTlsProxy({ host: url.hostname, port: Number(url.port) }, tls)
    onTestFinished(() => proxy[Symbol.asyncDispose]())
    url.hostname = host
    url.port = String(proxy.port)
    url.search = '?sslmode=verify-full'
    return url.href
  }

  function caFile(): string {
    const folder = mkdtempSync(join(tmpdir(), 'hudson-ca-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'ca.pem'), certificate)
    return join(folder, 'ca.pem')
  }

  test('of a certificate whose CA is named', async () => {
    const url = await behind({ key, cert: certificate })
    expect((await run(url, { caFile: caFile() })).lines).toContain('up to date: schema 2')
  })

  test('missing', async () => {
    expect(await refusal(await behind(null))).toContain('The database offers no encrypted connection')
  })

  test('of a certificate that nobody vouches for', async () => {
    expect(await refusal(await behind({ key, cert: certificate }))).toContain('certificate cannot be trusted')
  })

  test('of a certificate for another host', async () => {
    const url = await behind({ key, cert: certificate }, '127.0.0.1')
    expect(await refusal(url, { caFile: caFile() })).toContain('certificate is for another host name')
  })

  test('of a certificate that has expired', async () => {
    const url = await behind({ key, cert: expiredCertificate })
    const folder = caFile()
    writeFileSync(folder, expiredCertificate)
    expect(await refusal(url, { caFile: folder })).toContain('certificate is not valid today. Check the date and time')
  })

  test('before 1.3, unless that is allowed', async () => {
    const url = await behind({ key, cert: certificate, maxVersion: 'TLSv1.2' })
    expect(await refusal(url, { caFile: caFile() })).toContain('only an older kind of encryption (before TLS 1.3)')
    expect((await run(url, { caFile: caFile(), allowTls12: true })).lines).toContain('up to date: schema 2')
  })

  test('with a CA file that is none', async () => {
    const url = await behind({ key, cert: certificate })
    expect(await refusal(url, { caFile: '/nowhere/ca.pem' })).toBe('The CA file /nowhere/ca.pem cannot be read.')
    expect(await refusal(url, { caFile: import.meta.filename })).toContain('The CA file holds no certificate')
  })
})

describe('a login', () => {
  const app = {
    '0001-app.sql': `
      DO $$ BEGIN CREATE ROLE hudson_app NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
      CREATE TABLE t (n int);
      CREATE FUNCTION sync_count() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM t';
      REVOKE ALL ON FUNCTION sync_count FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION sync_count TO hudson_app`,
  }

  function newName(url: string): string {
    const name = `hudson_test_${crypto.randomUUID().replaceAll('-', '')}`
    onTestFinished(async () => void (await query(new URL('/postgres', url).href, `DROP ROLE IF EXISTS ${name}`)))
    return name
  }

  test('may execute what the app executes and select from no table; its URL is all that is printed', async () => {
    const url = await testDatabase()
    const name = newName(url)
    const { lines, notes } = await run(url, { files: app, createLogin: name })
    expect(notes).toEqual(['applied 0001-app', 'up to date: schema 1'])
    expect(lines).toEqual([expect.stringMatching(`^postgresql://${name}:[\\w-]{32}@`)])
    const handedOut = String(lines[0])
    expect(new URL(handedOut).pathname).toBe(new URL(url).pathname)
    expect(await query(handedOut, 'SELECT sync_count()')).toEqual(['0'])
    await expect(query(handedOut, 'SELECT * FROM t')).rejects.toThrow('permission denied for table t')
    expect(await query(handedOut, 'SHOW lock_timeout')).toEqual(['5s'])
    expect(await query(handedOut, 'SHOW statement_timeout')).toEqual(['20s'])
    expect(await query(handedOut, 'SHOW idle_in_transaction_session_timeout')).toEqual(['15s'])
  })

  test('of a name that is taken is refused, and nothing else is done', async () => {
    const url = await testDatabase()
    const taken = new URL(await login(url)).username
    expect(await refusal(url, { files: app, createLogin: taken })).toContain(`already has a login "${taken}"`)
    expect(await tables(url)).toEqual([])
  })

  test.each(['Anna', 'a b', '1a', '', 'a"; DROP ROLE x', 'pg_anna', 'public', 'hudson_app', 'a'.repeat(64)])(
    'of the name "%s" is refused before anything is done',
    async (createLogin) => {
      expect(await refusal('postgres://u:s3cret@nowhere.invalid/x', { createLogin })).toContain(
        'cannot be the name of a login',
      )
    },
  )
})
