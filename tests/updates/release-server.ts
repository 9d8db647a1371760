import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** Where releases are published, on the loopback address. It counts the bytes of packages that it gave away. */
export interface ReleaseServer extends AsyncDisposable {
  /** With its slash. */
  readonly url: string
  /** Paths to their bytes, or to what answers instead. */
  readonly files: Map<string, Buffer | Answer>
  /** Bytes of everything but manifests that were sent. */
  artifactBytes(): number
  /** The paths that were asked for. */
  readonly asked: string[]
}

export async function startReleaseServer(): Promise<ReleaseServer> {
  const files = new Map<string, Buffer | Answer>()
  const asked: string[] = []
  const sent = { bytes: 0 }
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const found = files.get(path)
    if (!path.endsWith('.release')) count(response, sent)
    if (typeof found === 'function') return found(request, response)
    if (!found) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-length': found.length }).end(found)
  })
  server.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    files,
    asked,
    artifactBytes: () => sent.bytes,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

function count(response: ServerResponse, sent: { bytes: number }): void {
  for (const name of ['write', 'end'] as const) {
    const real = response[name].bind(response) as (...args: unknown[]) => never
    response[name] = ((...args: unknown[]) => {
      if (Buffer.isBuffer(args[0])) sent.bytes += args[0].length
      return real(...args)
    }) as never
  }
}
