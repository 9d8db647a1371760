import type { Bridge, BridgeEvent, Topic } from '#shared/bridge.ts'
import type { LiveState } from '#shared/live.ts'
import { applyTopLevel } from '#shared/live-patch.ts'
import { unwrap } from '#shared/reply.ts'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createChannelBridge } from '../../src/renderer/channel-bridge.ts'
import { openStudio } from '../studio/open-studio.ts'

const stack: AsyncDisposableStack[] = []

afterEach(async () => {
  for (const one of stack.splice(0)) await one.disposeAsync()
})

async function studio() {
  const own = new AsyncDisposableStack()
  stack.push(own)
  return own.use(await openStudio()).studio
}

interface At {
  readonly port: number
  readonly token: string
}

function bridgeTo({ port, token }: At, callsOver: Topic = 'client:desktop', transport: unknown = WebSocket): Bridge {
  return createChannelBridge({ url: `ws://127.0.0.1:${port}/socket`, token, callsOver, transport: transport as never })
}

/** Collects what a topic says, and waits for what is to come. */
function listen(bridge: Bridge, topic: Topic) {
  const heard: BridgeEvent[] = []
  const waiting: { fits: (event: BridgeEvent) => boolean; found: (event: BridgeEvent) => void }[] = []
  const stop = bridge.subscribe(topic, (event) => {
    heard.push(event)
    for (const one of waiting.filter(({ fits }) => fits(event))) one.found(event)
  })
  const until = (fits: (event: BridgeEvent) => boolean): Promise<BridgeEvent> => {
    const already = heard.find(fits)
    if (already) return Promise.resolve(already)
    const { promise, resolve } = Promise.withResolvers<BridgeEvent>()
    waiting.push({ fits, found: resolve })
    return promise
  }
  return { heard, until, stop }
}

async function sessionOf(bridge: Bridge): Promise<string> {
  const reply = await bridge.call('sessions.create', { name: 'Evening' })
  return (unwrap(reply) as { id: string }).id
}

test('a call answers the Reply of the core, also where it is a failure', async () => {
  const bridge = bridgeTo(await studio())
  expect(await bridge.call('sessions.list', {})).toMatchObject({ ok: true, value: { items: [] } })
  expect(await bridge.call('constructor', {})).toMatchObject({ ok: false, error: { code: 'bad-call' } })
})

test('the first follower of a session hears its state, also when calls had joined before', async () => {
  const at = await studio()
  const id = await sessionOf(bridgeTo(at))
  const display = bridgeTo(at, `session:${id}`)
  // The answer proves that the join is over before anyone listens.
  await display.call('live.state', { sessionId: id })
  const follower = listen(display, `session:${id}`)
  expect(await follower.until(({ event }) => event === 'state')).toMatchObject({
    state: { sessionId: id, mode: 'off' },
  })
})

test('what changes is told, and deltas lead to the state that the core has', async () => {
  const at = await studio()
  const bridge = bridgeTo(at)
  const id = await sessionOf(bridge)
  const app = listen(bridge, 'client:desktop')
  const show = listen(bridge, `session:${id}`)
  const first = await show.until(({ event }) => event === 'state')
  await bridge.call('live.message', { sessionId: id, text: 'Slow down' })
  const delta = await show.until(({ event }) => event === 'state_delta')
  expect(app.heard).toContainEqual({ event: 'changed', feature: 'live' })
  if (first.event !== 'state' || delta.event !== 'state_delta') throw new Error('unexpected events')
  const state: LiveState = applyTopLevel(first.state, delta.patch)
  expect(state.message?.text).toBe('Slow down')
  expect(delta.seq).toBe(first.seq + 1)
})

test('two followers share one channel; it goes on when one stops', async () => {
  const bridge = bridgeTo(await studio())
  const id = await sessionOf(bridge)
  const one = listen(bridge, `session:${id}`)
  await one.until(({ event }) => event === 'state')
  const two = listen(bridge, `session:${id}`)
  await two.until(({ event }) => event === 'state')
  one.stop()
  await bridge.call('live.blank', { sessionId: id, on: true })
  expect(await two.until(({ event }) => event === 'state_delta')).toMatchObject({
    patch: expect.arrayContaining([{ op: 'replace', path: '/blank', value: true }]),
  })
})

test('a delta that got lost makes it ask for the whole state again', async () => {
  const lose = { next: false }
  class Lossy extends WebSocket {
    override emit(event: string | symbol, ...args: unknown[]): boolean {
      const lost = lose.next && event === 'message' && String(args[0]).includes('"state_delta"')
      if (!lost) return super.emit(event, ...args)
      lose.next = false
      return true
    }
  }
  const bridge = bridgeTo(await studio(), 'client:desktop', Lossy)
  const id = await sessionOf(bridge)
  const show = listen(bridge, `session:${id}`)
  await show.until(({ event }) => event === 'state')
  lose.next = true
  await bridge.call('live.blank', { sessionId: id, on: true })
  await bridge.call('live.notes', { sessionId: id, on: true })
  expect(await show.until((event) => event.event === 'state' && event.state.notesShown)).toMatchObject({
    state: { blank: true, notesShown: true },
  })
  expect(show.heard.some(({ event }) => event === 'state_delta')).toBe(false)
})

test('a lost connection is told, and the state comes again when it is back', async () => {
  const cables = new Set<WebSocket>()
  class Cable extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args)
      cables.add(this)
    }
  }
  const bridge = bridgeTo(await studio(), 'client:desktop', Cable)
  const id = await sessionOf(bridge)
  const show = listen(bridge, `session:${id}`)
  await show.until(({ event }) => event === 'state')
  show.heard.length = 0
  for (const cable of cables) cable.terminate()
  await show.until((event) => event.event === 'connected' && !event.connected)
  expect(await show.until(({ event }) => event === 'state')).toMatchObject({ state: { sessionId: id } })
  expect(show.heard.map(({ event }) => event)).toEqual(['connected', 'connected', 'state'])
})

test('a call that is under way is answered when someone begins to follow the session it goes over', async () => {
  const at = await studio()
  const sessionId = await sessionOf(bridgeTo(at))
  const display = bridgeTo(at, `session:${sessionId}`)
  expect(await display.call('live.state', { sessionId })).toMatchObject({ ok: true })
  const reply = display.call('live.state', { sessionId })
  const following = listen(display, `session:${sessionId}`)
  expect(await reply).toMatchObject({ ok: true })
  await following.until(({ event }) => event === 'state')
})
