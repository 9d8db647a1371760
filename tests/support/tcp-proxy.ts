import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from './proxied-connection.ts'
import type { Network, Which } from './proxied-connection.ts'

/** A network between clients and a Postgres without TLS that fails as it is told. It starts out healthy. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number
  /** The same database through this proxy. */
  url(of: string): string
  /** Healthy again: what `hang` held back arrives; what `halfOpen` swallowed does not, and its connections stay dead. */
  pass(): void
  /** All connections break, and new ones are reset at once. */
  cut(): void
  /** All connections stay open, but their other end is gone without a word; new ones are accepted and never answered. */
  halfOpen(): void
  /** Nothing arrives, in either direction, until `pass`. */
  hang(): void
  /** Everything arrives `ms` late, in either direction. */
  delay(ms: number): void
  /** One request is lost before the server has the whole of it, and its connection breaks. Resolves when it happened. */
  dropRequest(which: Which): Promise<void>
  /** One request is carried out, its reply is lost, and its connection breaks. Resolves when it happened. */
  dropReplyAfter(which: Which): Promise<void>
  /** How many clients are connected now. */
  connections(): number
  /** How many requests were sent on to the server so far. */
  requests(): number
  readonly bytes: { readonly toServer: number; readonly toClient: number }
}

export async function openProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const network: Network = {
    target,
    connections: new Set(),
    bytes: { toServer: 0, toClient: 0 },
    mode: 'pass',
    delayMs: 0,
    requests: 0,
    trap: null,
  }
  // It goes on listening while cut: a port once given back could be taken by somebody else.
  const listener = createServer((client) => join(network, client)).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  const trap = (which: Which, lose: 'request' | 'reply'): Promise<void> =>
    new Promise((resolve) => (network.trap = { which, lose, sprung: resolve }))
  return {
    port,
    url: (of) => throughPort(of, port),
    pass: () => {
      network.trap = null
      turn(network, 'pass')
    },
    cut: () => turn(network, 'cut'),
    halfOpen: () => turn(network, 'half-open'),
    hang: () => turn(network, 'hang'),
    delay: (ms) => turn(network, 'pass', ms),
    dropRequest: (which) => trap(which, 'request'),
    dropReplyAfter: (which) => trap(which, 'reply'),
    connections: () => [...network.connections].filter((connection) => connection.clientIsThere()).length,
    requests: () => network.requests,
    bytes: network.bytes,
    [Symbol.asyncDispose]: async () => {
      turn(network, 'cut')
      listener.close()
      await once(listener, 'close')
    },
  }
}

function turn(network: Network, mode: Network['mode'], delayMs = 0): void {
  network.mode = mode
  network.delayMs = delayMs
  for (const connection of network.connections) connection.turned()
}

function throughPort(url: string, port: number): string {
  const changed = new URL(url)
  changed.hostname = '127.0.0.1'
  changed.port = String(port)
  return changed.href
}
