import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { TlsOptions } from 'node:tls'

export interface TlsProxy extends AsyncDisposable {
  readonly port: number
}

/** Gives a Postgres the TLS of `options`, or, where they are null, has it answer that it has none. */
export async function openTlsProxy(
  target: { readonly host: string; readonly port: number },
  options: TlsOptions | null,
): Promise<TlsProxy> {
  const open = new Set<Socket>()
  const listener = createServer((client) => {
    const server = connect(target)
    for (const socket of [client, server]) {
      open.add(socket)
      socket.on('error', () => {}).on('close', () => open.delete(socket))
    }
    // The first message asks for TLS; the answer is one letter.
    client.once('data', () => {
      client.write(options ? 'S' : 'N')
      if (!options) return
      const secure = new TLSSocket(client, { ...options, isServer: true })
      secure.on('error', () => server.destroy())
      secure.pipe(server).pipe(secure)
    })
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    port: (listener.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}
