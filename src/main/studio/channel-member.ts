import { failure } from '#shared/reply.ts'
import type { LiveReply } from '#shared/live.ts'
import { v4 as randomId } from 'uuid'
import * as z from 'zod'
import type { Clock } from '../clock.ts'
import type { Dispatch } from '../dispatch.ts'
import type { Gate, Visitor } from './gate.ts'
import { parseFrame, replyFrame, toFrame } from './channel-frame.ts'
import type { Message } from './channel-frame.ts'

const Call = z.object({ name: z.string().max(200), input: z.unknown() })
const StateUpdate = z.object({ state: z.record(z.string().max(100), z.unknown()) })
const STATE_BYTES = 8 * 1024
const SessionTopic = /^session:([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/

/** A topic that was joined. `joinRef` is of the client: it drops what carries an older one. */
interface Joined {
  readonly joinRef: string | null
  /** What came before the join was answered; null once it is. */
  held: { readonly event: string; readonly payload: object }[] | null
}

/** The wire to one client. `close` codes: 1000 and up, see RFC 6455; 1000 itself would tell a Phoenix client not to return. */
export interface Wire {
  send(frame: string): void
  close(code: number, reason: string): void
}

export interface MemberDeps {
  readonly visitor: Visitor
  readonly wire: Wire
  readonly gate: Gate
  readonly clock: Clock
  readonly dispatch: Dispatch
  /** To every client on `client:desktop`, this one too. */
  readonly broadcast: (event: string, payload: object) => void
}

/**
 * One client of the channel.
 *
 * 1. It hears only the topics that it joined: `client:desktop` for the owner, `session:ID` also for a display of that
 *    session. Overlays and hosts `call` on their session's topic.
 * 2. Deltas that come while a join is being answered wait behind its answer, and those that the answer already holds are
 *    dropped: whoever applies what comes, in order, is never wrong.
 * 3. Every message counts against the rate of its token.
 */
export class Member {
  readonly #deps: MemberDeps
  readonly #clientId = randomId()
  readonly #joined = new Map<string, Joined>()
  #heardAt: number

  constructor(deps: MemberDeps) {
    this.#deps = deps
    this.#heardAt = deps.clock.elapsed()
  }

  /** Milliseconds since its last message. */
  silentFor(now: number): number {
    return now - this.#heardAt
  }

  /** Sends an event of a topic, if it joined that one. The client hears the topic as it wrote it. */
  push(topic: string, event: string, payload: object): void {
    for (const [written, { joinRef, held }] of this.#joined) {
      if (written.toLowerCase() !== topic.toLowerCase()) continue
      if (held) held.push({ event, payload })
      else this.#deps.wire.send(toFrame({ joinRef, ref: null, topic: written, event, payload }))
    }
  }

  async receive(text: string): Promise<void> {
    const { clock, gate, visitor, wire } = this.#deps
    this.#heardAt = clock.elapsed()
    const message = parseFrame(text)
    if (!message) return wire.close(1003, 'not a message of the Phoenix protocol')
    if (Date.parse(clock.now()) >= visitor.expiresAt) return wire.close(1008, 'the link is over')
    if (!gate.admit(visitor)) return this.#busy(message)
    if (message.topic === 'phoenix') return this.#onHeartbeat(message)
    if (message.event === 'phx_join') return this.#onJoin(message)
    const joined = this.#joined.get(message.topic)
    if (!joined || (message.joinRef !== null && message.joinRef !== joined.joinRef)) {
      return this.#error(message, 'unmatched topic')
    }
    if (message.event === 'phx_leave') return this.#onLeave(message)
    if (message.event === 'call') return this.#onCall(message)
    if (message.topic === 'client:desktop') return this.#onDesktop(message)
    return this.#error(message, 'unknown event')
  }

  #onHeartbeat(message: Message): void {
    if (message.event === 'heartbeat') this.#reply(message, {})
    else this.#error(message, 'unmatched topic')
  }

  #onJoin(message: Message): void | Promise<void> {
    const { topic, joinRef } = message
    const sessionId = SessionTopic.exec(topic)?.[1]
    if (sessionId !== undefined) return this.#onJoinSession(message, sessionId)
    if (topic !== 'client:desktop') return this.#error(message, 'unmatched topic')
    if (this.#deps.visitor.caller.audience !== 'owner') return this.#error(message, 'unauthorized')
    this.#enter(topic, { joinRef, held: null })
    this.#reply(message, { client_id: this.#clientId })
  }

  async #onJoinSession(message: Message, sessionId: string): Promise<void> {
    const { topic, joinRef } = message
    const { dispatch, visitor } = this.#deps
    const held: NonNullable<Joined['held']> = []
    const joined: Joined = { joinRef, held }
    this.#enter(topic, joined)
    const reply = await dispatch('live.state', { sessionId }, visitor.caller)
    // It may have left, or joined anew, meanwhile.
    const current = this.#joined.get(topic) === joined
    if (!reply.ok) {
      if (current) this.#joined.delete(topic)
      return this.#error(message, reply.error.code)
    }
    if (!current) return
    const { seq, ...state } = reply.value as LiveReply
    this.#reply(message, { seq, state })
    joined.held = null
    for (const { event, payload } of held) {
      if ('seq' in payload && Number(payload.seq) <= seq) continue
      this.#deps.wire.send(toFrame({ joinRef, ref: null, topic, event, payload }))
    }
  }

  /** Joining again closes the earlier membership of the same topic. */
  #enter(topic: string, joined: Joined): void {
    const earlier = this.#joined.get(topic)
    if (earlier) this.#closeTopic(topic, earlier.joinRef)
    this.#joined.set(topic, joined)
  }

  #onLeave(message: Message): void {
    this.#joined.delete(message.topic)
    this.#reply(message, {})
    this.#closeTopic(message.topic, message.joinRef)
  }

  #closeTopic(topic: string, joinRef: string | null): void {
    this.#deps.wire.send(toFrame({ joinRef, ref: joinRef, topic, event: 'phx_close', payload: {} }))
  }

  async #onCall(message: Message): Promise<void> {
    const call = Call.safeParse(message.payload)
    if (!call.success) return this.#reply(message, failure('bad-call', 'A call is {name, input}.'))
    this.#reply(message, await this.#deps.dispatch(call.data.name, call.data.input, this.#deps.visitor.caller))
  }

  #onDesktop(message: Message): void {
    if (message.event === 'compute_request') return this.#error(message, 'not available')
    if (message.event !== 'state_update') return this.#error(message, 'unknown event')
    const update = StateUpdate.safeParse(message.payload)
    if (!update.success) return this.#error(message, 'a state update is {state}')
    if (Buffer.byteLength(JSON.stringify(update.data.state)) > STATE_BYTES) return this.#error(message, 'too large')
    this.#reply(message, {})
    this.#deps.broadcast('state_update', { client_id: this.#clientId, state: update.data.state })
  }

  #busy(message: Message): void {
    if (message.event === 'call')
      this.#reply(message, failure('busy', 'Too many calls at once. Try again in a second.'))
    else this.#error(message, 'busy')
  }

  #reply(message: Message, response: object): void {
    this.#deps.wire.send(replyFrame(message, 'ok', response))
  }

  #error(message: Message, reason: string): void {
    this.#deps.wire.send(replyFrame(message, 'error', { reason }))
  }
}
