import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** How what stands before a database refuses a connection: an error of Postgres's own form. */
export interface Refusal {
  readonly code: string
  readonly message: string
  /** So many connections are refused; for ever where it is not said. */
  readonly times?: number
}

export interface PostgresFront extends AsyncDisposable {
  /** The same database through this front. */
  url(of: string): string
  refuse(refusal: Refusal): void
  /** How many connections were refused. */
  readonly refused: () => number
}

/** What stands before a database, as Neon's proxy does: it passes connections on, or refuses them in words. */
export async function openPostgresFront(target: {
  readonly host: string
  readonly port: number
}): Promise<PostgresFront> {
  const open = new Set<Socket>()
  const state: { refusal: Refusal | null; left: number; refused: number } = { refusal: null, left: 0, refused: 0 }
  const keep = (socket: Socket): Socket => {
    open.add(socket)
    return socket.on('error', () => {}).on('close', () => open.delete(socket))
  }
  const listener = createServer((client) => {
    keep(client)
    if (state.refusal && state.left > 0) {
      state.left -= 1
      state.refused += 1
      const answer = errorResponse(state.refusal)
      // The first message is the startup packet.
      client.once('data', () => client.end(answer))
      return
    }
    const server = keep(connect(target))
    client.pipe(server).pipe(client)
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  return {
    url: (of) => {
      const changed = new URL(of)
      changed.hostname = '127.0.0.1'
      changed.port = String(port)
      return changed.href
    },
    refuse: (refusal) => Object.assign(state, { refusal, left: refusal.times ?? Number.POSITIVE_INFINITY, refused: 0 }),
    refused: () => state.refused,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html */
function errorResponse({ code, message }: Refusal): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}
