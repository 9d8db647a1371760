import { readFileSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Reply } from '#shared/reply.ts'
import { startStudio } from '../../src/main/studio/start-studio.ts'
import { silentLog } from '../../src/main/log.ts'
import { openStudio } from './open-studio.ts'

/** Windows has no modes. */
const privateMode = process.platform === 'win32' ? expect.any(Number) : 0o600

const codeOf = (json: unknown): string => {
  const reply = Reply.parse(json)
  return reply.ok ? 'ok' : reply.error.code
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

test('healthz answers without a token, and says what runs', async () => {
  await using one = await openStudio()
  one.clock.advance(5_000)
  const { status, json } = await one.send('/healthz')
  expect(status).toBe(200)
  expect(json()).toEqual({ status: 'ok', version: one.app.config.version, uptimeSeconds: 5 })
})

test('it listens on one loopback address, and on no other', async () => {
  await using one = await openStudio()
  // Where a system has only one loopback address, this one leads nowhere anyway.
  const socket = connect({ host: '127.0.0.2', port: one.studio.port })
  const outcome = await new Promise((resolve) => {
    socket.once('connect', () => resolve('connected'))
    socket.once('error', () => resolve('refused'))
    socket.setTimeout(2_000, () => resolve('no answer'))
  })
  socket.destroy()
  expect(outcome).not.toBe('connected')
})

test('a call with the token answers the Reply; a failed one too has status 200', async () => {
  await using one = await openStudio()
  const good = await one.call('app.info')
  expect([good.status, codeOf(good.json())]).toEqual([200, 'ok'])
  const bad = await one.call('products.get', { id: 'x' })
  expect([bad.status, codeOf(bad.json())]).toEqual([200, 'bad-call'])
})

test('an empty body counts as an empty input', async () => {
  await using one = await openStudio()
  const { json } = await one.send('/call/app.info', { method: 'POST', headers: bearer(one.studio.token) })
  expect(codeOf(json())).toBe('ok')
})

test.each([
  ['none', {}],
  ['a wrong one', bearer('hudo_wrong')],
  ['an empty one', bearer('')],
  ['one in another scheme', { authorization: 'Basic eDp5' }],
])('a call without a valid token is refused: %s', async (_what, headers) => {
  await using one = await openStudio()
  const { status, json } = await one.send('/call/app.info', { method: 'POST', headers, body: '{}' })
  expect([status, codeOf(json())]).toEqual([401, 'unauthorized'])
})

test('the cookie that opens pages does not open calls, so no other page can make a browser call', async () => {
  await using one = await openStudio()
  const headers = { cookie: `hudson-${one.studio.port}=${one.studio.token}` }
  expect((await one.send('/call/app.info', { method: 'POST', headers, body: '{}' })).status).toBe(401)
})

test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example'])(
  'a request for the host %s is refused, healthz too',
  async (host) => {
    await using one = await openStudio()
    const headers = { ...bearer(one.studio.token), host }
    const { status, json } = await one.send('/call/app.info', { method: 'POST', headers, body: '{}' })
    expect([status, codeOf(json())]).toEqual([403, 'unauthorized'])
    expect((await one.send('/healthz', { headers: { host } })).status).toBe(403)
  },
)

test.each(['127.0.0.1', 'localhost', '[::1]'])('the loopback name %s is ours, as host and as origin', async (name) => {
  await using one = await openStudio()
  const host = `${name}:${one.studio.port}`
  const headers = { ...bearer(one.studio.token), host, origin: `http://${host}` }
  expect((await one.send('/call/app.info', { method: 'POST', headers, body: '{}' })).status).toBe(200)
})

test.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
  'a request from the origin %s is refused',
  async (origin) => {
    await using one = await openStudio()
    const headers = { ...bearer(one.studio.token), origin }
    expect((await one.send('/call/app.info', { method: 'POST', headers, body: '{}' })).status).toBe(403)
  },
)

test.each([
  ['no JSON', 'hello'],
  ['half of it', '{"a":'],
  ['100,000 brackets', '['.repeat(100_000)],
  ['closed ones', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['objects', '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000)],
  ['65 levels behind strings with quotes', `${'["\\"[",'.repeat(65)}1${']'.repeat(65)}`],
])('a malformed body is refused with 400: %s', async (_what, body) => {
  await using one = await openStudio()
  const { status, json } = await one.send('/call/settings.update', {
    method: 'POST',
    headers: bearer(one.studio.token),
    body,
  })
  expect([status, codeOf(json())]).toEqual([400, 'bad-call'])
  expect((await one.send('/healthz')).status).toBe(200)
})

test('brackets inside strings are no nesting', async () => {
  await using one = await openStudio()
  const { status } = await one.call('brands.create', { name: `\\"${'['.repeat(150)}` })
  expect(status).toBe(200)
})

test.each([
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'products.__proto__',
  'no.such',
  '%',
  '..%2f',
  'a'.repeat(200),
])('there is no call named %s', async (name) => {
  await using one = await openStudio()
  const { status, json } = await one.call(name)
  expect([status, codeOf(json())]).toEqual([200, 'bad-call'])
})

test.each([
  ['null', 'null'],
  ['a list', '[]'],
  ['a number', '7'],
  ['a text', '"x"'],
  ['__proto__ as a field', '{"__proto__":{"audience":"owner"},"constructor":1}'],
  ['wrong types', '{"patch":{"theme":7,"host":[]}}'],
])('an input of the wrong kind is a bad call: %s', async (_what, body) => {
  await using one = await openStudio()
  const { json } = await one.send('/call/settings.update', { method: 'POST', headers: bearer(one.studio.token), body })
  expect(codeOf(json())).toBe('bad-call')
})

test('fields with odd names are named in the refusal', async () => {
  await using one = await openStudio()
  const reply = Reply.parse((await one.call('app.info', { constructor: 1 })).json())
  expect(reply).toMatchObject({ ok: false, error: { fields: { constructor: expect.stringContaining('nrecognized') } } })
})

test.each([
  ['announced', {}],
  ['in chunks', { 'transfer-encoding': 'chunked' }],
])('a body of 10 MiB is refused with 413, and the answer arrives: %s', async (_how, extra: Record<string, string>) => {
  await using one = await openStudio()
  const body = Buffer.alloc(10 * 1024 * 1024, '[')
  const headers = { ...bearer(one.studio.token), ...extra }
  const { status, json } = await one.send('/call/app.info', { method: 'POST', headers, body })
  expect([status, codeOf(json())]).toEqual([413, 'bad-call'])
  expect((await one.send('/healthz')).status).toBe(200)
})

test('a body that comes too slowly is refused with 408', async () => {
  await using one = await openStudio({ bodyTimeoutMs: 30 })
  const socket = connect(one.studio.port, '127.0.0.1')
  const { port, token } = one.studio
  socket.write(
    `POST /call/app.info HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Length: 9\r\n\r\n{`,
  )
  const first = await new Promise<string>((resolve) =>
    socket.once('data', (chunk: Buffer) => resolve(chunk.toString())),
  )
  expect(first).toMatch(/^HTTP\/1\.1 408 /)
  socket.destroy()
})

test('what is not HTTP is refused, and headers without end too', async () => {
  await using one = await openStudio()
  const answer = async (sent: string): Promise<string> => {
    const socket = connect(one.studio.port, '127.0.0.1')
    socket.write(sent)
    return text(socket)
  }
  expect(await answer('hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
  expect(await answer(`GET / HTTP/1.1\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /)
})

test('the owner may call 2,000 times at once and 1,000 times a second', async () => {
  await using one = await openStudio()
  const { token } = one.studio
  const statuses = async (n: number): Promise<Record<number, number>> => {
    const seen: Record<number, number> = {}
    for (let i = 0; i < n; i += 100) {
      const some = await Promise.all(Array.from({ length: 100 }, () => one.call('no.such', {}, token)))
      for (const { status } of some) seen[status] = (seen[status] ?? 0) + 1
    }
    return seen
  }
  expect(await statuses(2_100)).toEqual({ 200: 2_000, 429: 100 })
  one.clock.advance(100)
  expect(await statuses(200)).toEqual({ 200: 100, 429: 100 })
  const { json, headers } = await one.call('no.such')
  expect([codeOf(json()), headers['retry-after']]).toEqual(['busy', '1'])
})

test.each([
  ['GET', '/call/app.info'],
  ['PUT', '/call/app.info'],
  ['DELETE', '/healthz'],
  ['POST', '/'],
  ['OPTIONS', '/sessions'],
  ['GET', '/upload'],
  ['POST', '/assets/main-1a2b.js'],
])('%s %s is not taken', async (method, path) => {
  await using one = await openStudio()
  const { status, headers } = await one.send(path, { method, headers: bearer(one.studio.token) })
  expect(status).toBe(405)
  expect(headers.allow).toBeTruthy()
})

test('every answer carries what keeps pages in bounds', async () => {
  await using one = await openStudio()
  for (const path of ['/', '/healthz', '/nothing', '/assets/main-1a2b.js', '/call/app.info']) {
    const { headers } = await one.send(path)
    const csp = String(headers['content-security-policy'])
    expect(csp).toContain("default-src 'none'; script-src 'self'; style-src 'self';")
    expect(csp).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
    expect(headers['access-control-allow-origin']).toBeUndefined()
  }
})

test('the handshake file names the server, is private, and goes when it ends', async () => {
  const one = await openStudio()
  const file = join(one.app.config.dataDir, 'studio.json')
  const { port, token } = one.studio
  const startedAt = one.clock.now()
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    port,
    token,
    pid: process.pid,
    version: one.app.config.version,
    startedAt,
  })
  expect(statSync(file).mode & 0o777).toEqual(privateMode)
  await one.studio[Symbol.asyncDispose]()
  expect(() => statSync(file)).toThrow('ENOENT')
  await one.app[Symbol.asyncDispose]()
})

test('a port that is taken is told after three tries', async () => {
  await using one = await openStudio()
  const again = startStudio({ core: one.app, log: silentLog, rendererDir: one.dir, port: one.studio.port })
  await expect(again).rejects.toThrow(
    `Port ${one.studio.port} could not be had on this machine: another program uses it.`,
  )
})
