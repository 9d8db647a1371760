import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** A web server on loopback that answers as a test tells it, and counts. */
export interface ImageHost extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  /** From now on `path` answers so; the last of several answers stays. */
  on(path: string, ...answers: readonly [Answer, ...Answer[]]): string
  /** How often `path` was asked for. */
  hits(path: string): number
  /** The most requests that were open at one moment. */
  readonly peak: number
  /** Resolves at the next request for `path`. */
  asked(path: string): Promise<void>
}

export async function imageHost(): Promise<ImageHost> {
  const answers = new Map<string, Answer[]>()
  const hits = new Map<string, number>()
  const waiting = new Map<string, () => void>()
  let open = 0
  let peak = 0
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    open += 1
    peak = Math.max(peak, open)
    response.once('close', () => (open -= 1))
    hits.set(path, (hits.get(path) ?? 0) + 1)
    const left = answers.get(path) ?? [status(404)]
    const answer = left.length > 1 ? left.shift() : left[0]
    answer?.(response, request)
    waiting.get(path)?.()
    waiting.delete(path)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    on: (path, ...list) => {
      answers.set(path, [...list])
      return `${url}${path}`
    },
    hits: (path) => hits.get(path) ?? 0,
    get peak() {
      return peak
    },
    asked: (path) => new Promise((resolve) => waiting.set(path, resolve)),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The content with a type and its length. */
export function sends(content: Buffer | string, type = 'image/png'): Answer {
  return (response) => {
    response.setHeader('content-type', type)
    response.setHeader('content-length', Buffer.byteLength(content))
    response.end(content)
  }
}

/** A status without content. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => {
    response.writeHead(code, headers)
    response.end()
  }
}

/** Half of the announced content, then the connection breaks. */
export function breaksOff(content: Buffer): Answer {
  return (response) => {
    response.setHeader('content-length', content.length)
    response.write(content.subarray(0, content.length >> 1), () => response.destroy())
  }
}

/** Never answers. */
export const hangs: Answer = () => {}

/** A stream without an announced length that only ends when the other side has had enough. */
export function streamsForever(begin: Buffer): Answer {
  return (response) => {
    const block = Buffer.alloc(256 * 1024)
    const more = (): void => {
      while (!response.destroyed && response.write(block)) continue
    }
    response.on('drain', more)
    response.write(begin)
    more()
  }
}
