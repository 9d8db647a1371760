import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { replyEndReader, requestReader } from './postgres-requests.ts'

/** Which request: the one that the predicate knows by its text (SQL and parameters), or the nth from now. */
export type Which = number | ((request: string) => boolean)

/** What all connections through one proxy share. */
export interface Network {
  readonly target: { readonly host: string; readonly port: number }
  readonly connections: Set<Connection>
  readonly bytes: { toServer: number; toClient: number }
  mode: 'pass' | 'cut' | 'half-open' | 'hang'
  delayMs: number
  requests: number
  trap: { which: Which; readonly lose: 'request' | 'reply'; readonly sprung: () => void } | null
}

/** Takes a client that has just connected. */
export function join(network: Network, client: Socket): void {
  client.on('error', () => {})
  if (network.mode === 'cut') client.resetAndDestroy()
  else network.connections.add(new Connection(network, client))
}

class Connection {
  readonly #network: Network
  readonly #client: Socket
  readonly #server: Socket
  readonly #toServer: Lane
  readonly #toClient: Lane
  readonly #requestsIn = requestReader()
  readonly #endsReply = replyEndReader()
  /** The other end is gone, for both. */
  #gone = false
  /** Set while the reply to a request is being lost. */
  #losing: (() => void) | null = null

  constructor(network: Network, client: Socket) {
    this.#network = network
    this.#client = client.setNoDelay()
    this.#server = connect(network.target).setNoDelay()
    this.#server.on('error', () => {})
    this.#toServer = new Lane(network, this.#server)
    this.#toClient = new Lane(network, this.#client)
    client.on('data', (chunk: Buffer) => this.#fromClient(chunk)).on('close', () => this.#left(this.#toServer))
    this.#server.on('data', (chunk: Buffer) => this.#fromServer(chunk)).on('close', () => this.#left(this.#toClient))
    this.turned()
  }

  clientIsThere(): boolean {
    return !this.#client.destroyed
  }

  /** The network has changed. */
  turned(): void {
    const { mode } = this.#network
    if (mode === 'cut') this.#break()
    if (mode === 'half-open') this.#gone = true
    // Now the server learns that its client is gone. The client never does: a router in between has forgotten it.
    else if (this.#gone) this.#server.destroy()
    if (this.#gone) return
    this.#toServer.deliver()
    this.#toClient.deliver()
  }

  #fromClient(chunk: Buffer): void {
    if (this.#gone) return
    const requests = this.#requestsIn(chunk)
    const trap = requests.some((request) => isFor(this.#network.trap, request)) ? this.#network.trap : null
    if (trap) this.#network.trap = null
    if (trap?.lose === 'request') {
      this.#break()
      trap.sprung()
      return
    }
    if (trap) this.#losing = trap.sprung
    this.#network.requests += requests.length
    this.#network.bytes.toServer += chunk.length
    this.#toServer.send(chunk)
  }

  #fromServer(chunk: Buffer): void {
    if (this.#gone) return
    const ended = this.#endsReply(chunk)
    if (!this.#losing) {
      this.#network.bytes.toClient += chunk.length
      this.#toClient.send(chunk)
    } else if (ended) {
      this.#break()
      this.#losing()
    }
  }

  #left(other: Lane): void {
    if (this.#client.destroyed && this.#server.destroyed) this.#network.connections.delete(this)
    if (!this.#gone) other.send(null)
  }

  #break(): void {
    this.#client.resetAndDestroy()
    this.#server.destroy()
  }
}

/** Counts down a trap that waits for the nth request. */
function isFor(trap: Network['trap'], request: string): boolean {
  if (!trap) return false
  if (typeof trap.which === 'function') return trap.which(request)
  trap.which -= 1
  return trap.which === 0
}

/** One direction of a connection: chunks on their way, in order; `null` is the end. */
class Lane {
  readonly #network: Network
  readonly #to: Socket
  readonly #underway: { readonly due: number; readonly chunk: Buffer | null }[] = []

  constructor(network: Network, to: Socket) {
    this.#network = network
    this.#to = to
  }

  send(chunk: Buffer | null): void {
    this.#underway.push({ due: performance.now() + this.#network.delayMs, chunk })
    this.deliver()
  }

  /** Delivers what is due, and comes back for the rest. */
  deliver(): void {
    if (this.#network.mode === 'hang' || this.#network.mode === 'half-open') return
    for (let next = this.#underway[0]; next; next = this.#underway[0]) {
      const wait = next.due - performance.now()
      if (wait > 0) {
        setTimeout(() => this.deliver(), Math.ceil(wait))
        return
      }
      this.#underway.shift()
      if (next.chunk) this.#to.write(next.chunk)
      else this.#to.end()
    }
  }
}
