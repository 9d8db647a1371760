import pg from 'pg'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TlsOptions } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { certificate, expiredCertificate, key } from '../support/certificates.ts'
import { testDatabase } from '../support/test-database.ts'
import { openTlsProxy } from '../support/tls-proxy.ts'
import { files, login, refusal, run, tables } from './migrating.ts'

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
    const holder = new pg.Client({ connectionString: url })
    await holder.connect()
    onTestFinished(() => holder.end())
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
