import { parse } from 'csv-parse/sync'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { Product } from '#shared/library.ts'
import { LiveState, PatchOperation } from '#shared/live.ts'
import { applyTopLevel } from '#shared/live-patch.ts'
import { unwrap } from '#shared/reply.ts'
import { SessionDetail } from '#shared/sessions.ts'
import { sendTo } from '../studio/open-studio.ts'
import { answerTo, next, phoenixClient } from '../studio/phoenix-client.ts'
import { hudson, serve, tempDir } from './hudson.ts'

// What the product promises on one machine, from the outside: the built command, plain HTTP, a stock Phoenix client.

const real = resolve('..', 'shared', 'fixtures', 'shopify-csv', 'jewelery.csv')

/** What a live call answers. */
const Told = LiveState.extend({ seq: z.int() })

const own = `Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Compare At Price,Image Src
scarf,"Scarf, long",Mareth,Size,S,SC-S,19.00,25.00,https://pictures.invalid/1.png
scarf,,,,M,SC-M,21.00,,https://pictures.invalid/2.png
scarf,,,,,,,,https://pictures.invalid/3.png
hat,Hat,Mareth,Title,Default Title,HAT,12.50,,
`

/** Calls one endpoint by the command and answers its value. */
async function value(dir: string, name: string, input: unknown): Promise<unknown> {
  const { code, out } = await hudson(['call', name, JSON.stringify(input), '--data-dir', dir])
  expect([name, code]).toEqual([name, 0])
  return z.object({ ok: z.literal(true), value: z.unknown() }).parse(JSON.parse(out)).value
}

/** Everything that the catalogue holds. */
async function products(dir: string): Promise<Product[]> {
  return z.object({ items: z.array(Product) }).parse(await value(dir, 'products.list', { limit: 500 })).items
}

test.each([
  ['a file of our own', null],
  ['a real export', real],
])('import: right counts and prices, and a second time nothing changes: %s', async (_what, given) => {
  if (given !== null && !existsSync(given)) return console.warn(`Skipped: ${given} is not here.`)
  using dir = tempDir()
  const path = given ?? join(dir.path, 'own.csv')
  if (given === null) writeFileSync(path, own)
  const rows = parse<Record<string, string>>(readFileSync(path), { columns: true, bom: true })
  const named = (column: string) => rows.filter((row) => row[column]).map((row) => `${row['Handle']} ${row[column]}`)

  expect((await hudson(['import', path, '--data-dir', dir.path])).code).toBe(0)
  const first = await products(dir.path)
  expect(first.length).toBe(new Set(rows.map((row) => row['Handle'])).size)
  expect(first.flatMap(({ variants }) => variants).length).toBe(named('Variant Price').length)
  expect(first.flatMap(({ images }) => images).length).toBe(new Set(named('Image Src')).size)
  for (const priced of [...first, ...first.flatMap(({ variants }) => variants)]) {
    expect(priced.priceCents).toBeGreaterThan(0)
    expect(priced.priceCents ?? 0).toBeLessThanOrEqual(priced.compareAtPriceCents ?? Infinity)
  }

  const again = await value(dir.path, 'library.importCsv', { path })
  expect(again).toMatchObject({ created: 0, updated: 0, unchanged: first.length, skipped: [] })
  expect(await products(dir.path)).toEqual(first)
})

test('serve: plain HTTP is answered and guarded, and a show runs by the command alone', async () => {
  using dir = tempDir()
  await using server = await serve(dir.path)
  const { port, token } = server.ready
  const post = (headers: Record<string, string>, body = '{}') =>
    sendTo(port, '/call/app.info', { method: 'POST', headers, body })
  const bearer = { authorization: `Bearer ${token}` }

  const health = await sendTo(port, '/healthz')
  expect([health.status, health.json()]).toEqual([
    200,
    { status: 'ok', version: expect.any(String), uptimeSeconds: expect.any(Number) },
  ])
  expect(Object.keys(JSON.parse(readFileSync(join(dir.path, 'studio.json'), 'utf8')) as object).toSorted()).toEqual(
    ['pid', 'port', 'startedAt', 'token', 'version'].toSorted(),
  )
  expect((await post(bearer)).status).toBe(200)
  expect((await post({})).status).toBe(401)
  expect((await post({ ...bearer, origin: 'https://elsewhere.example' })).status).toBe(403)
  expect((await post({ ...bearer, host: `rebound.example:${port}` })).status).toBe(403)
  expect((await post(bearer, '{')).status).toBe(400)
  expect((await post(bearer, `"${'x'.repeat(10 * 1024 * 1024)}"`)).status).toBe(413)

  const csv = join(dir.path, 'own.csv')
  writeFileSync(csv, own)
  await value(dir.path, 'library.importCsv', { path: csv })
  const session = SessionDetail.parse(await value(dir.path, 'sessions.create', { name: 'Friday' }))
  const of = { sessionId: session.id }
  const pasted = await value(dir.path, 'lineup.paste', { ...of, text: 'SC-M\nhat, NOPE\nSC-S' })
  expect(pasted).toMatchObject({
    added: [expect.any(String), expect.any(String)],
    missing: ['NOPE'],
    duplicates: ['SC-S'],
  })
  await value(dir.path, 'live.start', { ...of, mode: 'live' })
  await value(dir.path, 'live.goto', { ...of, number: 2 })
  const state = await value(dir.path, 'live.state', of)
  const { added } = z.object({ added: z.array(z.string()) }).parse(pasted)
  expect(Told.parse(state)).toMatchObject({
    seq: expect.any(Number),
    mode: 'live',
    itemId: added[1],
    number: 2,
    imageIndex: 0,
    message: null,
    card: { name: 'Hat', priceCents: 1250 },
  })

  const { url } = z
    .object({ url: z.string() })
    .parse(await value(dir.path, 'studio.link', { sessionId: session.id, kind: 'host' }))
  const display = { authorization: `Bearer ${new URL(url).searchParams.get('token')}` }
  const look = () => sendTo(port, '/call/live.state', { method: 'POST', headers: display, body: JSON.stringify(of) })
  const statuses = await Promise.all(Array.from({ length: 120 }, async () => (await look()).status))
  expect(new Set(statuses)).toEqual(new Set([200, 429]))
})

test('channel: a stock Phoenix client joins, calls, and sees every delta of a show', async () => {
  using dir = tempDir()
  await using server = await serve(dir.path, '--demo')
  using client = phoenixClient(server.ready.port, server.ready.token)
  const desktop = await client.join('client:desktop')
  expect(desktop.answer).toEqual({ client_id: expect.any(String) })
  const Reply = z.object({ ok: z.literal(true), value: z.unknown() })
  const call = async (name: string, input: object) =>
    Reply.parse(await answerTo(desktop.channel.push('call', { name, input }))).value

  const { items } = z.object({ items: z.array(Product) }).parse(await call('products.list', { limit: 20 }))
  const created = await call('sessions.create', { name: 'Friday', productIds: items.map(({ id }) => id) })
  const { id: sessionId } = SessionDetail.parse(created)
  const session = await client.join(`session:${sessionId}`)
  let { seq, state } = z.object({ seq: z.int(), state: z.record(z.string(), z.unknown()) }).parse(session.answer)
  session.channel.on('state_delta', (payload) => {
    const delta = z.object({ seq: z.int(), patch: z.array(PatchOperation) }).parse(payload)
    expect(delta.seq).toBe(seq + 1)
    seq = delta.seq
    state = applyTopLevel(state, delta.patch)
  })
  const delta = next(session.channel, 'state_delta')
  await call('live.start', { sessionId, mode: 'rehearsal' })
  await delta
  for (const number of [7, 20, 1, 13]) await call('live.goto', { sessionId, number })
  const told = Told.parse(await call('live.message', { sessionId, text: 'Show the back' }))
  expect({ ...state, seq }).toMatchObject({ seq: told.seq, mode: 'rehearsal', number: 13, message: told.message })
})

test('a data folder that is a file is refused in words, and left as it is', async () => {
  using dir = tempDir()
  const data = join(dir.path, 'data')
  writeFileSync(data, 'no folder')
  const called = await hudson(['call', 'app.info', '--data-dir', data])
  const error = { code: 'internal', message: expect.stringMatching(/not a folder/) }
  expect([called.code, JSON.parse(called.out), called.err]).toEqual([1, { ok: false, error }, ''])
  const served = await hudson(['serve', '--data-dir', data])
  expect([served.code, served.out]).toEqual([1, ''])
  expect(served.err).toMatch(/not a folder/)
  expect(called.out + served.err).not.toContain(dir.path)
  expect(readFileSync(data, 'utf8')).toBe('no folder')
})

test('what is in the place of the database and is none is kept, told of, and not in the way', async () => {
  using dir = tempDir()
  const letter = 'a letter, not a database. '.repeat(400)
  writeFileSync(join(dir.path, 'hudson.db'), letter)
  await using server = await serve(dir.path)
  const { folder, words } = z
    .object({ folder: z.string(), words: z.array(z.string()) })
    .parse(unwrap(await server.call('recovery.report')))
  expect(readFileSync(join(dir.path, 'quarantine', folder, 'hudson.db'), 'utf8')).toBe(letter)
  expect(words.join(' ')).toMatch(/was damaged.*nothing was deleted/)
  expect(unwrap(await server.call('recovery.dismiss'))).toEqual({})
  expect(unwrap(await server.call('recovery.report'))).toBeNull()
})
