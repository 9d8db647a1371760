import type { BridgeEvent } from '#shared/bridge.ts'
import type { LiveReply } from '#shared/live.ts'
import type { Dispatch } from '../dispatch.ts'
import type { Events } from '../events.ts'

const TOPICS_PER_PAGE = 64
const sessionTopic = /^session:([0-9a-f-]{36})$/

export interface SubscriptionsDeps {
  readonly dispatch: Dispatch
  readonly events: Events
}

/** What the menu, a link or a file of the system asks of one page. */
export type PageEvent = Extract<BridgeEvent, { event: 'command' | 'open' }>

/** Sends one event to the page, with the page's own number of the subscription. */
export type SendEvent = (id: number, event: BridgeEvent) => void

/**
 * What one page listens to. It ends with the page: `clear` on navigation and when the window is gone.
 *
 * A session's topic begins with the whole state. Deltas that come while it is being read wait behind it; those that it
 * already holds are dropped. So a page that applies what it gets, in order, is never wrong and never has a gap.
 */
export class Subscriptions {
  readonly #deps: SubscriptionsDeps
  readonly #send: SendEvent
  readonly #stops = new Map<number, () => void>()
  readonly #desktop = new Set<number>()

  constructor(deps: SubscriptionsDeps, send: SendEvent) {
    this.#deps = deps
    this.#send = send
  }

  /** Unknown topics, a number in use and a page that wants too much get nothing. */
  add(id: unknown, topic: unknown): void {
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || typeof topic !== 'string') return
    if (this.#stops.has(id) || this.#stops.size >= TOPICS_PER_PAGE) return
    const sessionId = sessionTopic.exec(topic)?.[1]
    if (topic === 'client:desktop') this.#followDesktop(id)
    else if (sessionId !== undefined) this.#followSession(id, sessionId)
  }

  remove(id: unknown): void {
    if (typeof id !== 'number') return
    this.#stops.get(id)?.()
    this.#stops.delete(id)
    this.#desktop.delete(id)
  }

  /** Something for this page alone. Answers whether it listens. */
  tell(event: PageEvent): boolean {
    for (const id of this.#desktop) this.#send(id, event)
    return this.#desktop.size > 0
  }

  clear(): void {
    for (const stop of this.#stops.values()) stop()
    this.#stops.clear()
    this.#desktop.clear()
  }

  #followDesktop(id: number): void {
    const stop = this.#deps.events.on('changed', ({ feature }) => this.#send(id, { event: 'changed', feature }))
    this.#stops.set(id, stop)
    this.#desktop.add(id)
    this.#send(id, { event: 'connected', connected: true })
  }

  #followSession(id: number, sessionId: string): void {
    const { dispatch, events } = this.#deps
    const waiting: Delta[] = []
    const joined = { yet: false }
    const stop = events.on('live', ({ sessionId: changed, ...delta }) => {
      if (changed !== sessionId) return
      if (joined.yet) this.#send(id, { event: 'state_delta', ...delta })
      else waiting.push(delta)
    })
    this.#stops.set(id, stop)
    void dispatch('live.state', { sessionId }).then((reply) => {
      // The page left meanwhile, or there is no such session: then its queries say so.
      if (this.#stops.get(id) !== stop || !reply.ok) return
      const { seq, ...state } = reply.value as LiveReply
      this.#send(id, { event: 'state', seq, state })
      joined.yet = true
      for (const delta of waiting) if (delta.seq > seq) this.#send(id, { event: 'state_delta', ...delta })
    })
  }
}

type Delta = Omit<Extract<BridgeEvent, { event: 'state_delta' }>, 'event'>
