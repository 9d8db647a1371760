import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { Log } from '../log.ts'
import { isForUs, targetOf } from './address.ts'
import type { StudioCore } from './core.ts'
import type { Gate, Visitor } from './gate.ts'
import { Member } from './channel-member.ts'
import type { Wire } from './channel-member.ts'

const PATH = '/socket/websocket'
const MAX_CLIENTS = 100
const MAX_MESSAGE_BYTES = 1024 * 1024
/** A client that reads so slowly is cut off; it comes back and asks for the whole state. */
const MAX_UNSENT_BYTES = 8 * 1024 * 1024
const SILENCE_MS = 60_000

export interface ChannelOptions {
  readonly core: StudioCore
  readonly gate: Gate
  readonly log: Log
  readonly port: number
}

/** The channel server: speaks Phoenix Channels V2 over WebSocket with everyone who has a token. */
export class Channel implements Disposable {
  readonly #options: ChannelOptions
  readonly #members = new Map<WebSocket, Member>()
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false })
  readonly #stack = new DisposableStack()
  #stopSweep: () => void = () => {}

  constructor(options: ChannelOptions) {
    this.#options = options
    const { events } = options.core
    this.#stack.defer(events.on('changed', (event) => this.#push('client:desktop', 'changed', event)))
    this.#stack.defer(
      events.on('live', ({ sessionId, seq, patch }) =>
        this.#push(`session:${sessionId}`, 'state_delta', { seq, patch }),
      ),
    )
    this.#stack.defer(() => this.#stopSweep())
    this.#sweepLater()
  }

  /** Takes over an HTTP connection that asks to become a WebSocket, or refuses it. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { gate, port } = this.#options
    const url = targetOf(request)
    if (!isForUs(request, port)) return refuse(socket, '403 Forbidden')
    if (url?.pathname !== PATH) return refuse(socket, '404 Not Found')
    if (url.searchParams.get('vsn') !== '2.0.0') return refuse(socket, '400 Bad Request')
    const visitor = gate.identify(url.searchParams.get('token') ?? undefined)
    if (!visitor) return refuse(socket, '401 Unauthorized')
    if (this.#stack.disposed || this.#members.size >= MAX_CLIENTS) return refuse(socket, '503 Service Unavailable')
    this.#server.handleUpgrade(request, socket, head, (client) => this.#welcome(client, visitor))
  }

  /** Says goodbye to everyone. 1001 makes a Phoenix client try again later, when Hudson is back. */
  [Symbol.dispose](): void {
    this.#stack.dispose()
    for (const client of this.#members.keys()) {
      client.close(1001, 'Hudson is closing')
      this.#terminateLater(client)
    }
    this.#server.close()
  }

  #welcome(client: WebSocket, visitor: Visitor): void {
    const { core, gate, log } = this.#options
    const { clock, dispatch } = core
    const broadcast = (event: string, payload: object): void => this.#push('client:desktop', event, payload)
    const member = new Member({ visitor, wire: this.#wire(client), gate, clock, dispatch, broadcast })
    this.#members.set(client, member)
    client.on('message', (data: RawData, isBinary: boolean) => {
      if (isBinary) return client.close(1003, 'text only')
      member.receive(textOf(data)).catch((error: unknown) => {
        log.error('a channel message failed', { error })
        client.close(1011, 'something went wrong')
      })
    })
    client.on('error', (error) => log.debug('a channel client failed', { error }))
    client.on('close', () => this.#members.delete(client))
  }

  #wire(client: WebSocket): Wire {
    return {
      send: (frame) => {
        if (client.readyState !== client.OPEN) return
        if (client.bufferedAmount > MAX_UNSENT_BYTES) {
          this.#options.log.warn('a channel client reads too slowly and was cut off', { unsent: client.bufferedAmount })
          client.terminate()
        } else client.send(frame)
      },
      close: (code, reason) => {
        client.close(code, reason)
        this.#terminateLater(client)
      },
    }
  }

  #push(topic: string, event: string, payload: object): void {
    for (const member of this.#members.values()) member.push(topic, event, payload)
  }

  /** For whoever does not answer the goodbye. */
  #terminateLater(client: WebSocket): void {
    this.#options.core.clock.after(1_000, () => client.terminate())
  }

  #sweepLater(): void {
    const { clock } = this.#options.core
    this.#stopSweep = clock.after(SILENCE_MS / 4, () => {
      const now = clock.elapsed()
      for (const [client, member] of this.#members) if (member.silentFor(now) > SILENCE_MS) client.terminate()
      this.#sweepLater()
    })
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return (Buffer.isBuffer(data) ? data : Buffer.from(data)).toString('utf8')
}

function refuse(socket: Duplex, status: string): void {
  socket.once('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
