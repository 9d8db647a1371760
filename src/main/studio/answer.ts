import { failure } from '#shared/reply.ts'
import type { Reply } from '#shared/reply.ts'
import type { ErrorCode } from '#shared/app-error.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** A body to send, with what it is. */
export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
}

export function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, type, body, headers }: Answer,
): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body), ...headers })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** A Reply; failures too have status 200 unless something kept the call from being made. */
export function sendReply(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  send(request, response, { status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify(reply) })
}

/** A refusal before anything was called. */
export class Refusal extends Error {
  readonly status: number
  readonly reply: Reply<never>
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: ErrorCode, options: { message: string; headers?: Record<string, string> }) {
    super(options.message)
    this.status = status
    this.reply = failure(code, options.message)
    this.headers = options.headers ?? {}
  }
}

const DRAINED_BYTES = 128 * 1024 * 1024
const DRAINED_MS = 10_000

/**
 * Sends a refusal whole, also to someone who is still sending: the rest of their body is read and thrown away for a while,
 * because closing on unread data would reset the connection and they would never see the answer.
 */
export function refuse(request: IncomingMessage, response: ServerResponse, { status, reply, headers }: Refusal): void {
  const body = JSON.stringify(reply)
  if (response.headersSent) return void response.destroy()
  const half = !request.complete && hasBody(request)
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    ...(half && { Connection: 'close' }),
    ...headers,
  })
  if (!half) return void response.end(request.method === 'HEAD' ? undefined : body)
  response.write(body)
  drain(request, () => response.end())
}

function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
}

function drain(request: IncomingMessage, done: () => void): void {
  let left = DRAINED_BYTES
  const timer = setTimeout(() => request.destroy(), DRAINED_MS)
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) request.destroy()
  })
  request.once('close', () => clearTimeout(timer))
  request.once('end', done)
  request.resume()
}
