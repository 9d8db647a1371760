import type { BridgeEvent } from '#shared/bridge.ts'
import { failure } from '#shared/reply.ts'
import type { Reply } from '#shared/reply.ts'
import { describe, expect, it } from 'vitest'
import { Subscriptions } from '../../src/main/electron/subscriptions.ts'
import { Events } from '../../src/main/events.ts'

const session = '019aa000-0000-7000-8000-000000000001'
const other = '019aa000-0000-7000-8000-000000000002'

/** A page whose calls are answered when the test says so. */
function page() {
  const heard: [number, BridgeEvent][] = []
  const answers: ((reply: Reply) => void)[] = []
  const events = new Events((error) => {
    throw error
  })
  const dispatch = (): Promise<Reply> => new Promise((resolve) => answers.push(resolve))
  const subscriptions = new Subscriptions({ dispatch, events }, (id, event) => heard.push([id, event]))
  const answer = async (reply: Reply): Promise<void> => {
    answers.shift()?.(reply)
    await Promise.resolve()
    await Promise.resolve()
  }
  const delta = (seq: number, sessionId = session): void => events.emit('live', { sessionId, seq, patch: [] })
  return { heard, events, subscriptions, answer, delta }
}

const state = (seq: number): Reply => ({ ok: true, value: { seq, sessionId: session } })

describe('the subscriptions of a page', () => {
  it('tell that the core is there, and then what changed', () => {
    const { heard, events, subscriptions } = page()
    subscriptions.add(1, 'client:desktop')
    events.emit('changed', { feature: 'settings' })
    expect(heard).toEqual([
      [1, { event: 'connected', connected: true }],
      [1, { event: 'changed', feature: 'settings' }],
    ])
  })

  it('begin a session with its state, and go on without a gap', async () => {
    const { heard, subscriptions, answer, delta } = page()
    subscriptions.add(7, `session:${session}`)
    delta(3)
    delta(4)
    delta(5)
    await answer(state(4))
    delta(6)
    delta(7, other)
    expect(heard.map(([id, event]) => [id, event.event, 'seq' in event ? event.seq : null])).toEqual([
      [7, 'state', 4],
      [7, 'state_delta', 5],
      [7, 'state_delta', 6],
    ])
  })

  it('are silent after they ended, also when the state comes late', async () => {
    const { heard, subscriptions, answer, delta, events } = page()
    subscriptions.add(1, `session:${session}`)
    subscriptions.add(2, 'client:desktop')
    heard.length = 0
    subscriptions.remove(1)
    subscriptions.clear()
    await answer(state(1))
    delta(2)
    events.emit('changed', { feature: 'live' })
    expect(heard).toEqual([])
  })

  it('do not mix up a number that is used again with the one before', async () => {
    const { heard, subscriptions, answer } = page()
    subscriptions.add(1, `session:${session}`)
    subscriptions.clear()
    subscriptions.add(1, `session:${session}`)
    await answer(state(1))
    expect(heard).toEqual([])
    await answer(state(2))
    expect(heard).toHaveLength(1)
  })

  it('say nothing of a session that is not there', async () => {
    const { heard, subscriptions, answer, delta } = page()
    subscriptions.add(1, `session:${session}`)
    delta(1)
    await answer(failure('not-found', 'There is no such session.'))
    delta(2)
    expect(heard).toEqual([])
  })

  it.each([
    ['a', 'client:desktop'],
    [1.5, 'client:desktop'],
    [1, 'client:other'],
    [1, 'session:../x'],
    [1, { toString: (): string => 'client:desktop' }],
    [null, null],
  ])('take nothing but a number and a topic: %j, %j', (id, topic) => {
    const { heard, subscriptions } = page()
    subscriptions.add(id, topic)
    subscriptions.remove(id)
    expect(heard).toEqual([])
  })

  it('are at most 64', () => {
    const { heard, subscriptions } = page()
    for (let id = 0; id < 100; id++) subscriptions.add(id, 'client:desktop')
    expect(heard).toHaveLength(64)
  })
})
