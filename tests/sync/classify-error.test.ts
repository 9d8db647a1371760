import { AppError } from '#shared/app-error.ts'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { classifyError } from '../../src/main/sync/classify-error.ts'
import { testDatabase } from '../support/test-database.ts'

/** An error as the driver or Node throws it. */
function failing(code: string, message: string): Error {
  return Object.assign(new Error(message), code === '' ? {} : { code })
}

// The table of errors that Neon, Postgres, node-postgres and Node are known for.
test.each([
  ['57P01', 'terminating connection due to administrator command', 'retry', 'now'],
  ['SQLITE_FULL', 'database or disk is full', 'here', 'slow'],
  ['SQLITE_BUSY', 'database is locked', 'here', 'slow'],
  ['ENOSPC', 'ENOSPC: no space left on device, write', 'here', 'slow'],
  ['57P02', 'terminating connection because of crash of another server process', 'waking', 'soon'],
  ['57P03', 'the database system is starting up', 'waking', 'soon'],
  ['08000', 'connection exception', 'network', 'soon'],
  ['08001', 'could not establish connection', 'network', 'soon'],
  ['08003', 'connection does not exist', 'network', 'soon'],
  ['08006', 'connection failure', 'network', 'soon'],
  ['ECONNRESET', 'read ECONNRESET', 'network', 'soon'],
  ['EPIPE', 'write EPIPE', 'network', 'soon'],
  ['ETIMEDOUT', 'connect ETIMEDOUT', 'network', 'soon'],
  ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1', 'network', 'soon'],
  ['EHOSTUNREACH', 'connect EHOSTUNREACH', 'network', 'soon'],
  ['ENETUNREACH', 'connect ENETUNREACH', 'network', 'soon'],
  ['', 'Connection terminated unexpectedly', 'network', 'soon'],
  ['', 'Connection terminated due to connection timeout', 'network', 'soon'],
  ['', 'timeout exceeded when trying to connect', 'network', 'soon'],
  ['', 'Query read timeout', 'network', 'soon'],
  ['', 'Client has encountered a connection error and is not queryable', 'network', 'soon'],
  ['ENOTFOUND', 'getaddrinfo ENOTFOUND db.example', 'network', 'soon'],
  ['EAI_AGAIN', 'getaddrinfo EAI_AGAIN db.example', 'network', 'soon'],
  ['53300', 'remaining connection slots are reserved for roles with the SUPERUSER attribute', 'limit', 'slow'],
  ['53300', 'sorry, too many clients already', 'limit', 'slow'],
  ['08P01', 'no more connections allowed (max_client_conn)', 'limit', 'slow'],
  ['XX000', "Couldn't connect to compute node", 'waking', 'soon'],
  ['XX000', 'Control plane request failed', 'waking', 'soon'],
  [
    'XX000',
    "The requested endpoint could not be found, or you don't have access to it. Please check the provided ID and try again.",
    'refused',
    'never',
  ],
  ['XX000', 'The endpoint is disabled. Enable it using Neon API and retry.', 'refused', 'never'],
  [
    'XX000',
    'Your account or project has exceeded the compute time quota. Upgrade your plan to increase limits.',
    'quota',
    'never',
  ],
  [
    '53300',
    'Your account or project has exceeded the compute time quota. Upgrade your plan to increase limits.',
    'quota',
    'never',
  ],
  [
    'XX000',
    'You have exceeded the limit of concurrently active endpoints. Please suspend some endpoints and retry.',
    'limit',
    'slow',
  ],
  [
    'XX000',
    'Endpoint ID is not specified. Either please upgrade the postgres client library (libpq) for SNI support…',
    'refused',
    'never',
  ],
  ['XX000', 'This IP address 203.0.113.7 is not allowed to connect to this endpoint.', 'refused', 'never'],
  ['28000', 'no pg_hba.conf entry for host "203.0.113.7", user "u", database "d", no encryption', 'refused', 'never'],
  ['28P01', 'password authentication failed for user "u"', 'unauthorized', 'never'],
  ['28000', 'role "u" is not permitted to log in', 'unauthorized', 'never'],
  ['', 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'unauthorized', 'never'],
  ['3D000', 'database "d" does not exist', 'refused', 'never'],
  ['08P01', 'unsupported startup parameter: options', 'refused', 'never'],
  ['40001', 'could not serialize access due to concurrent update', 'retry', 'now'],
  ['40P01', 'deadlock detected', 'retry', 'now'],
  ['55P03', 'canceling statement due to lock timeout', 'retry', 'soon'],
  ['57014', 'canceling statement due to statement timeout', 'retry', 'soon'],
  ['25006', 'cannot execute INSERT in a read-only transaction', 'refused', 'never'],
  ['42P01', 'relation "sync_clock" does not exist', 'unmigrated', 'never'],
  ['42883', 'function sync_push(text) does not exist', 'unmigrated', 'never'],
  ['3F000', 'schema "public" does not exist', 'unmigrated', 'never'],
  ['42501', 'permission denied for function sync_push', 'rights', 'never'],
  ['CERT_NOT_YET_VALID', 'certificate is not yet valid', 'certificate', 'slow'],
  ['CERT_HAS_EXPIRED', 'certificate has expired', 'certificate', 'slow'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain', 'certificate', 'never'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', 'certificate', 'never'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate', 'certificate', 'never'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unable to get local issuer certificate', 'certificate', 'never'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', "Hostname/IP does not match certificate's altnames", 'certificate', 'never'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tlsv1 alert protocol version', 'certificate', 'never'],
  [
    'EPROTO',
    'write EPROTO 40BD:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:',
    'certificate',
    'never',
  ],
  [
    'EPROTO',
    'write EPROTO 40BD:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:',
    'network',
    'soon',
  ],
  ['', 'The server does not support SSL connections', 'certificate', 'never'],
  ['53100', 'could not extend file because project size limit (512 MB) has been exceeded', 'server', 'slow'],
  ['HU426', 'update required', 'update-required', 'never'],
  ['HU409', 'another team', 'other-database', 'never'],
  ['23505', 'duplicate key value violates unique constraint', 'server', 'slow'],
  ['XX000', 'something new', 'server', 'slow'],
])('%s %s → %s, %s', (...[code, message, kind, retry]) => {
  const failure = classifyError(failing(code, message))
  expect(failure).toMatchObject({ kind, retry })
  for (const words of [failure.message, failure.problem]) {
    // Nothing of the error's own text: it may name a host, a user or SQL.
    expect(words).not.toMatch(/203\.0|example|"u"|sync_|SQL\b|undefined|[A-Z]{2}\d{3}/)
    expect(words).toMatch(/^[A-Z].*\.$/)
  }
  expect(failure.message).toContain('edits are kept on this computer')
})

describe('errors of another form', () => {
  test('one for each address tried, as Node bundles them', () => {
    const bundled = Object.assign(new AggregateError([failing('ECONNREFUSED', 'connect ECONNREFUSED ::1:1')], ''), {
      code: 'ECONNREFUSED',
    })
    expect(classifyError(bundled).kind).toBe('network')
    expect(classifyError(new AggregateError([failing('ENOTFOUND', 'x')], '')).kind).toBe('network')
  })

  test('a deadline, by its name', () => {
    const error = new Error('no answer within 15000 ms')
    error.name = 'DeadlineError'
    expect(classifyError(error).kind).toBe('network')
  })

  test('what was already told in words keeps them', () => {
    const words = 'The database address cannot be used: it names no host.'
    expect(classifyError(new AppError('bad-call', words))).toMatchObject({
      code: 'bad-call',
      message: words,
      retry: 'never',
    })
  })

  test.each([[null], [undefined], ['text'], [new TypeError('x is not a function')]])('anything else: %s', (error) => {
    expect(classifyError(error)).toMatchObject({ kind: 'server', retry: 'slow', code: 'offline' })
  })
})

describe('as they really come', () => {
  async function failureOf(change: (url: URL) => void): Promise<string> {
    const url = new URL(await testDatabase())
    change(url)
    const client = new pg.Client({ connectionString: url.href })
    const error: unknown = await client.connect().then(
      () => client.end(),
      (failed: unknown) => failed,
    )
    return classifyError(error).kind
  }

  test('a wrong password', async () => {
    expect(await failureOf((url) => (url.password = 'wrong'))).toBe('unauthorized')
  })

  test('an unknown role', async () => {
    expect(await failureOf((url) => (url.username = 'nobody_here'))).toBe('unauthorized')
  })

  test('no such database', async () => {
    expect(await failureOf((url) => (url.pathname = '/nothing_here'))).toBe('refused')
  })

  test('nobody listens', async () => {
    expect(await failureOf((url) => (url.port = '1'))).toBe('network')
  })

  test('no such host', async () => {
    expect(await failureOf((url) => (url.hostname = 'nowhere.invalid'))).toBe('network')
  })

  test('TLS where there is none', async () => {
    expect(await failureOf((url) => (url.search = '?sslmode=verify-full'))).toBe('certificate')
  })

  test('an unmigrated database', async () => {
    const client = new pg.Client({ connectionString: await testDatabase() })
    await client.connect()
    const error: unknown = await client.query('SELECT sync_push(1)').catch((failed: unknown) => failed)
    await client.end()
    expect(classifyError(error).kind).toBe('unmigrated')
  })
})
