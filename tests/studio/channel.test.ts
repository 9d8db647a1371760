import { LiveState, PatchOperation } from '#shared/live.ts'
import { applyTopLevel } from '#shared/live-patch.ts'
import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as z from 'zod'
import { openStudio } from './open-studio.ts'
import type { OpenStudio } from './open-studio.ts'
import { answerTo, next, phoenixClient } from './phoenix-client.ts'

const Delta = z.object({ seq: z.int(), patch: z.array(PatchOperation) })
const Joined = z.object({ seq: z.int(), state: LiveState })

async function newSession(one: OpenStudio): Promise<string> {
  const created = await one.app.dispatch('sessions.create', { name: 'Friday' })
  return z.object({ ok: z.literal(true), value: z.object({ id: z.string() }) }).parse(created).value.id
}

async function displayToken(one: OpenStudio, sessionId: string, kind: 'host' | 'overlay' = 'host'): Promise<string> {
  const reply = await one.app.dispatch('studio.link', { sessionId, kind })
  const { url } = z.object({ ok: z.literal(true), value: z.object({ url: z.string() }) }).parse(reply).value
  return new URL(url).searchParams.get('token') ?? ''
}

test('a stock Phoenix client joins, calls, and hears what changed', async () => {
  await using one = await openStudio()
  using client = phoenixClient(one.studio.port, one.studio.token)
  const { channel, answer } = await client.join('client:desktop')
  expect(answer).toEqual({ client_id: expect.any(String) })
  const changed = next(channel, 'changed')
  const reply = await answerTo(channel.push('call', { name: 'settings.update', input: { patch: { theme: 'dark' } } }))
  expect(reply).toMatchObject({ ok: true, value: { theme: 'dark' } })
  expect(await changed).toEqual({ feature: 'settings' })
})

test('a failed call is answered with status ok and the Reply', async () => {
  await using one = await openStudio()
  using client = phoenixClient(one.studio.port, one.studio.token)
  const { channel } = await client.join('client:desktop')
  for (const name of ['__proto__', 'constructor', 'no.such']) {
    expect(await answerTo(channel.push('call', { name }))).toMatchObject({ ok: false, error: { code: 'bad-call' } })
  }
  expect(await answerTo(channel.push('call', { nam: 1 }))).toMatchObject({ ok: false, error: { code: 'bad-call' } })
})

test('whoever joins a session gets its state, and then every delta in order', async () => {
  await using one = await openStudio()
  const id = await newSession(one)
  using client = phoenixClient(one.studio.port, one.studio.token)
  const { channel, answer } = await client.join(`session:${id}`)
  let { seq, state } = Joined.parse(answer)
  channel.on('state_delta', (payload) => {
    const delta = Delta.parse(payload)
    expect(delta.seq).toBe(seq + 1)
    seq = delta.seq
    state = LiveState.parse(applyTopLevel(state, delta.patch))
  })
  for (const text of ['one', 'two', 'three']) {
    await answerTo(channel.push('call', { name: 'live.message', input: { sessionId: id, text } }))
  }
  const reply = await one.app.dispatch('live.state', { sessionId: id })
  expect(reply).toMatchObject({ ok: true, value: { seq, message: { text: 'three' } } })
  expect(state.message?.text).toBe('three')
})

test('a session whose id is written in capitals is followed too', async () => {
  await using one = await openStudio()
  const id = await newSession(one)
  using client = phoenixClient(one.studio.port, one.studio.token)
  const { channel } = await client.join(`session:${id.toUpperCase()}`)
  const delta = next(channel, 'state_delta')
  await one.app.dispatch('live.message', { sessionId: id, text: 'Smile' })
  expect(Delta.parse(await delta).patch).toContainEqual(expect.objectContaining({ path: '/message' }))
})

test('a client that lost its connection joins again by itself and follows on', async () => {
  await using one = await openStudio()
  const id = await newSession(one)
  using client = phoenixClient(one.studio.port, one.studio.token)
  const { channel } = await client.join(`session:${id}`)
  const lost = new Promise<unknown>((resolve) => client.socket.onClose(resolve))
  // The stock client keeps its WebSocket here.
  const { conn } = client.socket as unknown as { conn: WebSocket }
  conn.terminate()
  await lost
  await one.app.dispatch('live.message', { sessionId: id, text: 'said meanwhile' })
  // Held back by the client until it has joined again.
  const state = await answerTo(channel.push('call', { name: 'live.state', input: { sessionId: id } }))
  expect(state).toMatchObject({ ok: true, value: { message: { text: 'said meanwhile' } } })
  const delta = next(channel, 'state_delta')
  await one.app.dispatch('live.clearMessage', { sessionId: id })
  expect(Delta.parse(await delta).patch).toContainEqual({ op: 'replace', path: '/message', value: null })
})

test('a display sees and drives its own session, and nothing else', async () => {
  await using one = await openStudio()
  const [mine, other] = [await newSession(one), await newSession(one)]
  using client = phoenixClient(one.studio.port, await displayToken(one, mine))
  await expect(client.join('client:desktop')).rejects.toEqual({ reason: 'unauthorized' })
  await expect(client.join(`session:${other}`)).rejects.toEqual({ reason: 'unauthorized' })
  const { channel } = await client.join(`session:${mine}`)
  const call = (name: string, input: object): Promise<unknown> => answerTo(channel.push('call', { name, input }))
  expect(await call('live.blank', { sessionId: mine, on: true })).toMatchObject({ ok: true })
  const refused = { ok: false, error: { code: 'unauthorized' } }
  expect(await call('live.blank', { sessionId: other, on: true })).toMatchObject(refused)
  expect(await call('live.message', { sessionId: mine, text: 'x' })).toMatchObject(refused)
  expect(await call('sessions.list', {})).toMatchObject(refused)
})

test('an overlay only looks', async () => {
  await using one = await openStudio()
  const id = await newSession(one)
  using client = phoenixClient(one.studio.port, await displayToken(one, id, 'overlay'))
  const { channel } = await client.join(`session:${id}`)
  const call = (name: string, input: object): Promise<unknown> => answerTo(channel.push('call', { name, input }))
  expect(await call('live.state', { sessionId: id })).toMatchObject({ ok: true })
  expect(await call('live.next', { sessionId: id })).toMatchObject({ ok: false, error: { code: 'unauthorized' } })
})

test('a display may call 60 times at once and 20 times a second', async () => {
  await using one = await openStudio()
  const id = await newSession(one)
  using client = phoenixClient(one.studio.port, await displayToken(one, id))
  const { channel } = await client.join(`session:${id}`)
  const codes = async (n: number): Promise<string[]> => {
    const calls = Array.from({ length: n }, () =>
      answerTo(channel.push('call', { name: 'live.state', input: { sessionId: id } })),
    )
    return (await Promise.all(calls)).map((reply) =>
      z.looseObject({ ok: z.boolean() }).parse(reply).ok ? 'ok' : JSON.stringify(reply),
    )
  }
  // The join counts too.
  const burst = await codes(70)
  expect(burst.filter((code) => code === 'ok')).toHaveLength(59)
  expect(burst.at(-1)).toContain('"code":"busy"')
  one.clock.advance(500)
  expect((await codes(20)).filter((code) => code === 'ok')).toHaveLength(10)
})

test('a link that is over opens nothing any more, not even for who is connected', async () => {
  await using one = await openStudio()
  const id = await newSession(one)
  const token = await displayToken(one, id)
  one.clock.advance(90 * 24 * 3_600_000 - 10_000)
  using client = phoenixClient(one.studio.port, token)
  const { channel } = await client.join(`session:${id}`)
  const code = new Promise<number>((resolve) => client.socket.onClose((event) => resolve(event.code)))
  one.clock.advance(10_000)
  channel.push('call', { name: 'live.state', input: { sessionId: id } })
  expect(await code).toBe(1008)
  expect((await one.send(`/host/${id}?token=${token}`)).status).toBe(401)
})

test('a state update goes to every client, the sender too', async () => {
  await using one = await openStudio()
  using a = phoenixClient(one.studio.port, one.studio.token)
  using b = phoenixClient(one.studio.port, one.studio.token)
  const [first, second] = [await a.join('client:desktop'), await b.join('client:desktop')]
  const heard = Promise.all([next(first.channel, 'state_update'), next(second.channel, 'state_update')])
  await answerTo(first.channel.push('state_update', { state: { page: 'show' } }))
  const event = { ...z.object({ client_id: z.string() }).parse(first.answer), state: { page: 'show' } }
  expect(await heard).toEqual([event, event])
})

test.each([
  ['no state', { stat: {} }],
  ['a text', { state: 'x' }],
  ['more than 8 KiB', { state: { text: 'x'.repeat(8_200) } }],
])('a state update of another form is refused: %s', async (_what, payload) => {
  await using one = await openStudio()
  using client = phoenixClient(one.studio.port, one.studio.token)
  const { channel } = await client.join('client:desktop')
  await expect(answerTo(channel.push('state_update', payload))).rejects.toEqual({ reason: expect.any(String) })
})

test('compute is told to be not available, as is every unknown event', async () => {
  await using one = await openStudio()
  using client = phoenixClient(one.studio.port, one.studio.token)
  const { channel } = await client.join('client:desktop')
  await expect(answerTo(channel.push('compute_request', { task: 'x' }))).rejects.toEqual({ reason: 'not available' })
  await expect(answerTo(channel.push('nonsense', {}))).rejects.toEqual({ reason: 'unknown event' })
})

test('a session that is not there cannot be joined, nor an unknown topic', async () => {
  await using one = await openStudio()
  using client = phoenixClient(one.studio.port, one.studio.token)
  await expect(client.join(`session:${uuid()}`)).rejects.toEqual({ reason: 'not-found' })
  await expect(client.join('session:__proto__')).rejects.toEqual({ reason: 'unmatched topic' })
})

/** A bare WebSocket, for what a Phoenix client would never send. */
async function bare(
  one: OpenStudio,
  headers: Record<string, string> = {},
  query = `token=${one.studio.token}&vsn=2.0.0`,
): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${one.studio.port}/socket/websocket?${query}`, { headers })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return socket
}
const closeOf = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve))
/** The next `n` messages. */
const framesFrom = (socket: WebSocket, n: number): Promise<unknown[]> => {
  const { promise, resolve } = Promise.withResolvers<unknown[]>()
  const frames: unknown[] = []
  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString('utf8')))
    if (frames.length === n) resolve(frames)
  })
  return promise
}

test.each([
  ['403', { origin: 'http://evil.example' }, undefined],
  ['403', { host: 'evil.example' }, undefined],
  ['401', {}, 'token=wrong&vsn=2.0.0'],
  ['401', {}, 'vsn=2.0.0'],
  ['400', {}, ''],
])('a connection is refused with %s for %j %s', async (status, headers, query) => {
  await using one = await openStudio()
  await expect(bare(one, headers as Record<string, string>, query)).rejects.toThrow(
    `Unexpected server response: ${status}`,
  )
})

test.each(['//', '/\\\\', '/socket', '/socket/websocket/../x'])(
  'a connection to %s is refused, and the server lives',
  async (path) => {
    await using one = await openStudio()
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'x'.repeat(24),
    }
    expect((await one.send(path, { headers })).status).toBe(404)
    expect((await one.send('/healthz')).status).toBe(200)
  },
)

test.each([
  ['no JSON', 'hello'],
  ['another shape', '{"topic":"x"}'],
  ['deep nesting', '['.repeat(100_000)],
  ['a number as topic', '["1","1",7,"x",{}]'],
])('a message that is none closes the connection politely: %s', async (_what, text) => {
  await using one = await openStudio()
  const socket = await bare(one)
  socket.send(text)
  expect(await closeOf(socket)).toBe(1003)
  expect((await one.send('/healthz')).status).toBe(200)
})

test('binary messages and huge ones close the connection', async () => {
  await using one = await openStudio()
  const binary = await bare(one)
  binary.send(Buffer.from([1, 2, 3]))
  expect(await closeOf(binary)).toBe(1003)
  const huge = await bare(one)
  huge.on('error', () => {})
  huge.send('x'.repeat(2 * 1024 * 1024))
  expect([1006, 1009]).toContain(await closeOf(huge))
})

test('a heartbeat is answered, and silence of a minute ends the connection', async () => {
  await using one = await openStudio()
  const socket = await bare(one)
  socket.send('[null,"7","phoenix","heartbeat",{}]')
  expect(await framesFrom(socket, 1)).toEqual([[null, '7', 'phoenix', 'phx_reply', { status: 'ok', response: {} }]])
  const closed = closeOf(socket)
  one.clock.advance(80_000)
  expect(await closed).toBe(1006)
})

test('leaving ends what is heard; what is sent to a topic that was not joined is refused', async () => {
  await using one = await openStudio()
  const socket = await bare(one)
  const topic = 'client:desktop'
  const heard = framesFrom(socket, 4)
  socket.send(JSON.stringify(['1', '1', topic, 'phx_join', {}]))
  socket.send(JSON.stringify(['1', '2', topic, 'phx_leave', {}]))
  socket.send(
    JSON.stringify(['1', '3', topic, 'call', { name: 'settings.update', input: { patch: { theme: 'dark' } } }]),
  )
  expect(await heard).toEqual([
    ['1', '1', topic, 'phx_reply', { status: 'ok', response: { client_id: expect.any(String) } }],
    ['1', '2', topic, 'phx_reply', { status: 'ok', response: {} }],
    ['1', '1', topic, 'phx_close', {}],
    ['1', '3', topic, 'phx_reply', { status: 'error', response: { reason: 'unmatched topic' } }],
  ])
  socket.terminate()
})

test('closing the server tells its clients to come back later', async () => {
  await using one = await openStudio()
  const socket = await bare(one)
  const closed = closeOf(socket)
  await one.studio[Symbol.asyncDispose]()
  expect(await closed).toBe(1001)
})
