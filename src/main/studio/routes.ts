import { AppError } from '#shared/app-error.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { storageProblem } from '../storage-problem.ts'
import { isForUs, targetOf } from './address.ts'
import { Refusal, refuse, send, sendReply } from './answer.ts'
import { parseJson, readBody } from './body.ts'
import { cookieNames, readCookie } from './cookies.ts'
import type { StudioCore } from './core.ts'
import type { Gate, Visitor } from './gate.ts'
import { sendPicture } from './media.ts'
import { isPage, sendPage } from './pages.ts'
import type { Exchange } from './pages.ts'
import type { StaticFiles } from './static-files.ts'

const CALL_BYTES = 1024 * 1024
const UPLOAD_BYTES = 50 * 1024 * 1024

export interface RoutesOptions {
  readonly core: StudioCore
  readonly gate: Gate
  readonly files: StaticFiles
  readonly port: number
  readonly bodyTimeoutMs: number
  readonly health: () => Health
}

/** What `/healthz` tells. */
export interface Health {
  readonly status: 'starting' | 'ok' | 'stopping'
  readonly version: string
  readonly uptimeSeconds: number
}

/** Answers one HTTP request. Throws a Refusal for what it will not do. */
export async function route(request: IncomingMessage, response: ServerResponse, options: RoutesOptions): Promise<void> {
  if (!isForUs(request, options.port)) {
    throw new Refusal(403, 'unauthorized', {
      message: 'This request came from elsewhere, or was meant for someone else.',
    })
  }
  const url = targetOf(request)
  if (!url) throw new Refusal(400, 'bad-call', { message: 'This address cannot be read.' })
  const exchange = { request, response, url }
  const health = options.health()
  if (url.pathname === '/healthz') {
    allow(request, 'GET')
    const status = health.status === 'ok' ? 200 : 503
    return send(request, response, { status, type: 'application/json', body: JSON.stringify(health) })
  }
  if (health.status !== 'ok') {
    throw new Refusal(503, 'busy', {
      message: `Hudson is ${health.status}. Try again in a moment.`,
      headers: { 'Retry-After': '1' },
    })
  }
  if (url.pathname.startsWith('/call/')) return call(exchange, options)
  if (url.pathname === '/upload') return upload(exchange, options)
  return read(exchange, options)
}

async function call({ request, response, url }: Exchange, { core, gate, bodyTimeoutMs }: RoutesOptions): Promise<void> {
  allow(request, 'POST')
  const visitor = admitted(bearer(request), gate)
  const name = decode(url.pathname.slice('/call/'.length))
  const text = await readBody(request, { maxBytes: CALL_BYTES, timeoutMs: bodyTimeoutMs })
  // The command line and scripts may ask for English.
  const caller =
    request.headers['accept-language'] === 'en' ? { ...visitor.caller, reads: 'en' as const } : visitor.caller
  sendReply(request, response, await core.dispatch(name, parseJson(text), caller))
}

async function upload({ request, response }: Exchange, { core, gate }: RoutesOptions): Promise<void> {
  allow(request, 'POST')
  const visitor = admitted(bearer(request), gate)
  if (visitor.caller.audience !== 'owner') {
    throw new Refusal(403, 'unauthorized', { message: 'A display may not send files.' })
  }
  if (Number(request.headers['content-length'] ?? 0) > UPLOAD_BYTES) throw uploadTooLarge(core)
  let size = 0
  request.on('data', (chunk: Buffer) => (size += chunk.length))
  request.pause()
  try {
    const received = await core.uploads.receive(request)
    send(request, response, { status: 200, type: 'application/json', body: JSON.stringify(received) })
  } catch (error) {
    if (size > UPLOAD_BYTES) throw uploadTooLarge(core)
    if (!(error instanceof AppError)) throw error
    throw new Refusal(400, error.code, { message: core.inWords(error.message) })
  }
}

/** Pages, pictures and the files of the app. */
async function read(exchange: Exchange, { core, gate, files, port }: RoutesOptions): Promise<void> {
  const { request, response, url } = exchange
  const { development } = core.config
  if (isPage(url.pathname, development)) {
    allow(request, 'GET')
    return sendPage(exchange, { port, gate, core, index: files.index })
  }
  if (url.pathname.startsWith('/media/')) {
    allow(request, 'GET')
    const names = cookieNames(port)
    const tokens = [bearer(request), readCookie(request, names.owner), readCookie(request, names.display)]
    if (!tokens.some((token) => gate.identify(token))) throw locked()
    return sendPicture(request, response, { file: url.pathname.slice('/media/'.length), media: core.media })
  }
  const file = files.get(url.pathname)
  if (!file) throw new Refusal(404, 'not-found', { message: 'There is nothing at this address.' })
  allow(request, 'GET')
  if (request.headers['if-none-match'] === file.headers?.['ETag']) {
    response.writeHead(304, { ...file.headers }).end()
  } else send(request, response, file)
}

/** HEAD goes wherever GET goes. */
function allow(request: IncomingMessage, method: 'GET' | 'POST'): void {
  const asked = request.method === 'HEAD' ? 'GET' : request.method
  if (asked === method) return
  const headers = { Allow: method === 'GET' ? 'GET, HEAD' : method }
  throw new Refusal(405, 'bad-call', { message: `This address takes ${method} only.`, headers })
}

function admitted(token: string | undefined, gate: Gate): Visitor {
  const visitor = gate.identify(token)
  if (!visitor) throw locked()
  if (gate.admit(visitor)) return visitor
  throw new Refusal(429, 'busy', {
    message: 'Too many calls at once. Try again in a second.',
    headers: { 'Retry-After': '1' },
  })
}

function locked(): Refusal {
  return new Refusal(401, 'unauthorized', {
    message: 'This needs a valid token of the running Hudson.',
    headers: { 'WWW-Authenticate': 'Bearer' },
  })
}

function uploadTooLarge({ inWords }: StudioCore): Refusal {
  return new Refusal(413, 'bad-call', { message: inWords('The file is larger than 50 MB. Choose a smaller one.') })
}

function bearer(request: IncomingMessage): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Turns whatever a route threw into an answer. Answers the error where it is one that the log should have. */
export function answerError(request: IncomingMessage, response: ServerResponse, error: unknown): unknown {
  if (error instanceof Refusal) {
    refuse(request, response, error)
    return undefined
  }
  // The client went away in the middle: nobody is there to be answered. (Node destroys what was read to its end, too.)
  if (response.destroyed || (request.destroyed && !request.complete)) return undefined
  if (response.headersSent) response.destroy()
  else
    refuse(
      request,
      response,
      new Refusal(500, 'internal', { message: storageProblem(error)?.message ?? unknownProblem }),
    )
  return error
}

const unknownProblem = 'Something went wrong on our side; nothing of yours was lost.'
