import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { silentLog } from '../../src/main/log.ts'
import { lockDataDir } from '../../src/main/studio/data-dir-lock.ts'
import { readDisplayKey } from '../../src/main/studio/display-key.ts'
import { startStudio } from '../../src/main/studio/start-studio.ts'
import { readDisplayToken, signDisplayToken } from '../../src/main/studio/tokens.ts'
import { png } from '../support/pictures.ts'
import { openStudio, sendTo } from './open-studio.ts'
import type { OpenStudio } from './open-studio.ts'

const Link = z.object({ ok: z.literal(true), value: z.object({ url: z.string(), expiresAt: z.string() }) })
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

async function link(
  one: OpenStudio,
  kind: 'host' | 'overlay' = 'host',
): Promise<{ url: URL; id: string; token: string }> {
  const created = await one.app.dispatch('sessions.create', { name: 'Friday' })
  const { id } = z.object({ ok: z.literal(true), value: z.object({ id: z.string() }) }).parse(created).value
  const url = new URL(
    Link.parse(await one.app.dispatch('studio.link', { sessionId: id, kind, display: 'Left' })).value.url,
  )
  return { url, id, token: url.searchParams.get('token') ?? '' }
}

test('an upload answers an id; what it may be is told by its first bytes', async () => {
  await using one = await openStudio()
  const headers = bearer(one.studio.token)
  const { status, json } = await one.send('/upload', { method: 'POST', headers, body: png(4, 4) })
  expect([status, json()]).toEqual([200, { uploadId: expect.stringMatching(/^[\w-]{36}$/) }])
  const refused = await one.send('/upload', { method: 'POST', headers, body: Buffer.from('MZ\0\0program') })
  expect([refused.status, refused.json()]).toEqual([
    400,
    { ok: false, error: { code: 'bad-call', message: expect.any(String) } },
  ])
})

test.each([
  ['announced', {}],
  ['in chunks', { 'transfer-encoding': 'chunked' }],
])(
  'an upload of more than 50 MiB is refused with 413, and the answer arrives: %s',
  async (_how, extra: Record<string, string>) => {
    await using one = await openStudio()
    const body = Buffer.concat([png(4, 4), Buffer.alloc(51 * 1024 * 1024)])
    const { status } = await one.send('/upload', {
      method: 'POST',
      headers: { ...bearer(one.studio.token), ...extra },
      body,
    })
    expect(status).toBe(413)
  },
)

test('an upload that cannot be kept once it was read is answered too, in words', async () => {
  await using one = await openStudio()
  const full = Object.assign(new Error('write'), { code: 'ENOSPC' })
  const receive = async (stream: Readable): Promise<never> => {
    await buffer(stream)
    throw full
  }
  await using studio = await startStudio({
    core: { ...one.app, uploads: { receive } },
    log: silentLog,
    rendererDir: join(one.dir, 'renderer'),
  })
  const headers = bearer(studio.token)
  const { status, json } = await sendTo(studio.port, '/upload', { method: 'POST', headers, body: png(4, 4) })
  const message = expect.stringMatching(/^The disk is full/)
  expect([status, json()]).toEqual([500, { ok: false, error: { code: 'internal', message } }])
})

test('nobody uploads without the owner token', async () => {
  await using one = await openStudio()
  const { token } = await link(one)
  expect((await one.send('/upload', { method: 'POST', body: png(4, 4) })).status).toBe(401)
  expect((await one.send('/upload', { method: 'POST', headers: bearer(token), body: png(4, 4) })).status).toBe(403)
})

test('pictures open with a cookie or a token, are kept for ever, and are what they are', async () => {
  await using one = await openStudio()
  const file = `${'a'.repeat(64)}.png`
  mkdirSync(one.app.config.mediaDir, { recursive: true })
  writeFileSync(join(one.app.config.mediaDir, file), png(4, 4))
  const { port, token } = one.studio
  const display = await link(one)
  const ways = [
    bearer(token),
    { cookie: `hudson-${port}=${token}` },
    { cookie: `x=1; hudson-display-${port}=${display.token}` },
  ]
  for (const headers of ways) {
    const got = await one.send(`/media/${file}`, { headers })
    expect([got.status, got.headers['content-type']]).toEqual([200, 'image/png'])
    expect(got.headers['cache-control']).toContain('immutable')
    const again = await one.send(`/media/${file}`, {
      headers: { ...headers, 'if-none-match': String(got.headers.etag) },
    })
    expect(again.status).toBe(304)
  }
  expect((await one.send(`/media/${file}`)).status).toBe(401)
  expect((await one.send(`/media/${file}`, { headers: { cookie: `hudson-${port}=wrong` } })).status).toBe(401)
})

test.each(['nothing.png', '..%2fhudson.db', '../hudson.db', '%2e%2e%2fhudson.db', `${'a'.repeat(64)}.svg`, ''])(
  'there is no picture named "%s"',
  async (file) => {
    await using one = await openStudio()
    expect((await one.send(`/media/${file}`, { headers: bearer(one.studio.token) })).status).toBe(404)
  },
)

test('a display link opens its page with its own token and the pictures, and no other page', async () => {
  await using one = await openStudio()
  const { url, id, token } = await link(one)
  expect([url.origin, url.pathname, url.searchParams.get('display')]).toEqual([
    `http://127.0.0.1:${one.studio.port}`,
    `/host/${id}`,
    'Left',
  ])
  const page = await one.send(url.pathname + url.search)
  expect([page.status, page.text.includes(`content="${token}"`)]).toEqual([200, true])
  expect(page.headers['set-cookie']).toEqual([
    `hudson-display-${one.studio.port}=${token}; HttpOnly; SameSite=Strict; Path=/media`,
  ])
  for (const path of ['/', `/overlay/${id}`, `/host/${uuid()}`, '/sessions']) {
    expect((await one.send(`${path}?token=${token}`)).status).toBe(401)
  }
  expect((await one.call('live.state', { sessionId: id }, token)).json()).toMatchObject({ ok: true })
  expect((await one.call('sessions.list', {}, token)).json()).toMatchObject({
    ok: false,
    error: { code: 'unauthorized' },
  })
})

test('a display link wins over the owner in the same browser, so that a display never can more than it should', async () => {
  await using one = await openStudio()
  const { url, token } = await link(one, 'overlay')
  const headers = { cookie: `hudson-${one.studio.port}=${one.studio.token}` }
  expect((await one.send(url.pathname + url.search, { headers })).text).toContain(`content="${token}"`)
})

test('a display may call 60 times at once over HTTP', async () => {
  await using one = await openStudio()
  const { id, token } = await link(one)
  const got = await Promise.all(Array.from({ length: 70 }, () => one.call('live.state', { sessionId: id }, token)))
  expect(got.filter(({ status }) => status === 200)).toHaveLength(60)
  expect(got.filter(({ status }) => status === 429)).toHaveLength(10)
})

test('a link needs a session that is there, and a server that listens', async () => {
  await using one = await openStudio()
  const missing = await one.app.dispatch('studio.link', { sessionId: uuid(), kind: 'host' })
  expect(missing).toMatchObject({ ok: false, error: { code: 'not-found' } })
  const { id } = await link(one)
  await one.studio[Symbol.asyncDispose]()
  const offline = await one.app.dispatch('studio.link', { sessionId: id, kind: 'host' })
  expect(offline).toMatchObject({ ok: false, error: { code: 'offline' } })
})

test('a display token that was changed, signed by another key or is over says nothing', async () => {
  const [key, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const session = uuid()
  const token = signDisplayToken(key, { kind: 'host', session, exp: 1_000 })
  expect(readDisplayToken(key, token, 999_999)).toMatchObject({ kind: 'host', session })
  expect(readDisplayToken(key, token, 1_000_000)).toBeNull()
  expect(readDisplayToken(other, token, 0)).toBeNull()
  for (let at = 0; at < token.length; at += 7) {
    const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
    expect(readDisplayToken(key, changed, 0)).toBeNull()
  }
})

test('the display key is made once, is private, and a broken one is replaced', async () => {
  await using one = await openStudio()
  const { secretsDir } = one.app.config
  const file = join(secretsDir, 'display-key')
  const key = readDisplayKey(secretsDir)
  expect(key).toHaveLength(32)
  expect(readDisplayKey(secretsDir)).toEqual(key)
  const modes = [statSync(file).mode & 0o777, statSync(secretsDir).mode & 0o777]
  expect(modes).toEqual(process.platform === 'win32' ? modes : [0o600, 0o700])
  writeFileSync(file, 'short')
  expect(readDisplayKey(secretsDir)).toHaveLength(32)
  expect(readFileSync(file)).toHaveLength(32)
})

test('a data dir has one holder at a time', async () => {
  await using one = await openStudio()
  const dir = join(one.dir, 'other')
  const first = lockDataDir(dir)
  expect(first).not.toBeNull()
  expect(lockDataDir(dir)).toBeNull()
  first?.[Symbol.dispose]()
  using again = lockDataDir(dir)
  expect(again).not.toBeNull()
})
