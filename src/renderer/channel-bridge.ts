import type { Bridge, BridgeEvent, Topic } from '#shared/bridge.ts'
import type { Feature } from '#shared/contract.ts'
import type { LiveReply, PatchOperation } from '#shared/live.ts'
import { failure } from '#shared/reply.ts'
import type { Reply } from '#shared/reply.ts'
import { Socket } from 'phoenix'
import type { Channel } from 'phoenix'
import { words } from './words/words.ts'

/** How long a call waits for its answer before the page says that Hudson does not answer. */
const CALL_MS = 15_000

export interface ChannelBridgeOptions {
  /** `ws://HOST/socket`. */
  readonly url: string
  readonly token: string
  /** The topic that calls go over: a display's token opens only its own session. */
  readonly callsOver: Topic
  /** Tests bring their own; a page has one. */
  readonly transport?: new (endpoint: string) => object
}

/**
 * The bridge of a browser page: the stock Phoenix client.
 *
 * 1. One channel per topic, however many subscribers; it is left with the last of them.
 * 2. A session's subscribers first hear `state`, then deltas in order. After a gap in `seq` the channel is joined again.
 * 3. Every join that answers and every loss of the connection is told as `connected`.
 * 4. Joining anew waits for the calls that are under way: the client drops answers to a channel that it has left.
 */
export function createChannelBridge({ url, token, callsOver, transport }: ChannelBridgeOptions): Bridge {
  const socket = new Socket(url, {
    params: { token },
    vsn: '2.0.0',
    heartbeatIntervalMs: 5_000,
    reconnectAfterMs: (tries: number) => Math.min(100 * 2 ** tries, 2_000),
    rejoinAfterMs: (tries: number) => Math.min(100 * 2 ** tries, 2_000),
    ...(transport && { transport }),
  })
  socket.connect()
  const rooms = new Map<Topic, Room>()
  const roomOf = (topic: Topic): Room => {
    let room = rooms.get(topic)
    if (!room) {
      room = new Room(socket, topic)
      rooms.set(topic, room)
    }
    return room
  }
  const calls = roomOf(callsOver)

  return {
    call: (name, input) => calls.call(name, input),
    subscribe: (topic, listener) => {
      const room = roomOf(topic)
      room.listeners.add(listener)
      room.welcome(listener)
      return () => {
        room.listeners.delete(listener)
        if (room.listeners.size > 0 || room === calls) return
        rooms.delete(topic)
        room.leave()
      }
    },
    pathOf: () => '',
  }
}

/** One joined topic and its listeners. */
class Room {
  readonly listeners = new Set<(event: BridgeEvent) => void>()
  readonly #socket: Socket
  readonly #topic: Topic
  #channel: Channel
  readonly #underWay = new Set<Promise<Reply>>()
  #seq: number | null = null
  #connected = false
  #rejoining = false
  #left = false

  constructor(socket: Socket, topic: Topic) {
    this.#socket = socket
    this.#topic = topic
    this.#channel = this.#join()
  }

  call(name: string, input: unknown): Promise<Reply> {
    const { promise, resolve } = Promise.withResolvers<Reply>()
    this.#channel
      .push('call', { name, input }, CALL_MS)
      .receive('ok', (reply: Reply) => resolve(reply))
      .receive('error', () => resolve(failure('unauthorized', words().bridge.refused)))
      .receive('timeout', () => resolve(failure('offline', words().bridge.noAnswer)))
    this.#underWay.add(promise)
    void promise.then(() => this.#underWay.delete(promise))
    return promise
  }

  /** Someone who comes after the join was answered hears where things stand: of a session by joining anew. */
  welcome(listener: (event: BridgeEvent) => void): void {
    if (this.#connected) listener({ event: 'connected', connected: true })
    if (this.#seq !== null) void this.#rejoin()
  }

  leave(): void {
    this.#left = true
    this.#channel.leave()
  }

  #join(): Channel {
    const channel = this.#socket.channel(this.#topic)
    channel.on('changed', ({ feature }: { feature: Feature }) => this.#tell({ event: 'changed', feature }))
    channel.on('state_delta', (delta: { seq: number; patch: readonly PatchOperation[] }) => this.#follow(delta))
    const lost = (): void => {
      if (channel === this.#channel) this.#setConnected(false)
    }
    channel.onError(lost)
    channel.onClose(lost)
    channel.join().receive('ok', (answer: { seq?: number; state?: LiveReply }) => {
      // This hook runs again whenever the client joins again by itself after a lost connection.
      if (channel !== this.#channel) return
      this.#setConnected(true)
      if (answer.seq === undefined || !answer.state) return
      this.#seq = answer.seq
      this.#tell({ event: 'state', seq: answer.seq, state: answer.state })
    })
    return channel
  }

  #follow({ seq, patch }: { readonly seq: number; readonly patch: readonly PatchOperation[] }): void {
    if (this.#seq === null || seq <= this.#seq) return
    if (seq !== this.#seq + 1) {
      void this.#rejoin()
      return
    }
    this.#seq = seq
    this.#tell({ event: 'state_delta', seq, patch })
  }

  async #rejoin(): Promise<void> {
    this.#seq = null
    if (this.#rejoining) return
    this.#rejoining = true
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
    this.#rejoining = false
    if (this.#left) return
    // Joining a topic anew makes the client leave the channel that it had for it.
    this.#channel = this.#join()
  }

  #setConnected(connected: boolean): void {
    if (this.#connected === connected) return
    this.#connected = connected
    this.#tell({ event: 'connected', connected })
  }

  #tell(event: BridgeEvent): void {
    for (const listener of this.listeners) listener(event)
  }
}
