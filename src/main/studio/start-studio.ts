import { AppError } from '#shared/app-error.ts'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Log } from '../log.ts'
import { pagePolicy } from '../page-policy.ts'
import { readDisplayKey } from './display-key.ts'
import type { StudioCore } from './core.ts'
import { Gate } from './gate.ts'
import { removeHandshake, writeHandshake } from './handshake.ts'
import type { Handshake } from './handshake.ts'
import { answerError, route } from './routes.ts'
import type { Health, RoutesOptions } from './routes.ts'
import { StaticFiles } from './static-files.ts'
import { isOwnerToken, newOwnerToken } from './tokens.ts'

const HOST = '127.0.0.1'
const TRIES = 3
/** How long calls that are under way may take at the end; SIGTERM has five seconds in all. */
const LAST_CALLS_MS = 3_000

export interface StudioOptions {
  readonly core: StudioCore
  readonly log: Log & { protect?(secret: string): void }
  /** The folder of the built renderer. */
  readonly rendererDir: string
  /** A free one where it is absent. */
  readonly port?: number | undefined
  readonly bodyTimeoutMs?: number
  /** What the last run on this data dir left behind, where it was killed. */
  readonly killed?: Handshake | null
}

/** A listening studio server. Closing it lets calls under way finish, and takes the handshake file away. */
export interface Studio extends AsyncDisposable {
  readonly port: number
  readonly token: string
  /** The app, with the token that opens it. */
  readonly url: string
}

/**
 * Starts the HTTP and channel server on the loopback address, and tells where it is in the handshake file.
 *
 * The token and the port of a run that was killed are taken over: the windows that were open in the middle of a show find
 * their server again by themselves.
 */
export async function startStudio(options: StudioOptions): Promise<Studio> {
  const { core, log } = options
  // Loaded here and not at the top: most runs of the command never listen, and node:http alone costs 40 ms.
  const { createServer } = await import('node:http')
  const { Channel } = await import('./channel.ts')
  const { dataDir, version } = core.config
  const killed = options.killed && isOwnerToken(options.killed.token) ? options.killed : null
  const token = killed?.token ?? newOwnerToken()
  log.protect?.(token)
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 60_000,
    keepAliveTimeout: 30_000,
    connectionsCheckingInterval: 5_000,
    maxHeaderSize: 16_384,
  })
  server.maxConnections = 512
  server.on('clientError', refuseBroken)

  const port = await listenAgain(server, options.port ?? killed?.port, options.port)
  const origin = `http://${HOST}:${port}`
  core.links.listen({ origin, key: readDisplayKey(core.config.secretsDir) })
  const gate = new Gate({ ownerToken: token, links: core.links, clock: core.clock })
  const status = serve(server, { ...options, gate, port })
  const channel = new Channel({ core, gate, log, port })
  server.on('upgrade', (request, socket, head) => channel.upgrade(request, socket, head))
  server.on('error', (error) => log.error('the studio server failed', { error }))

  try {
    writeHandshake(dataDir, { port, token, pid: process.pid, version, startedAt: core.clock.now() })
  } catch (error) {
    // Nobody could find it, and nothing would close it.
    core.links.stop()
    channel[Symbol.dispose]()
    await close(server)
    throw error
  }
  status.set('ok')
  log.info('studio listens', { port })
  return {
    port,
    token,
    url: `${origin}/?token=${token}`,
    [Symbol.asyncDispose]: async () => {
      status.set('stopping')
      core.links.stop()
      channel[Symbol.dispose]()
      await close(server)
      removeHandshake(dataDir, token)
      log.info('studio closed')
    },
  }
}

interface ServeOptions extends StudioOptions {
  readonly gate: Gate
  readonly port: number
}

/** Routes every request; answers the way to set what `/healthz` tells. */
function serve(server: Server, options: ServeOptions): { set(status: Health['status']): void } {
  const { core, gate, log, port } = options
  const startedAt = core.clock.elapsed()
  let status: Health['status'] = 'starting'
  const routes: RoutesOptions = {
    core,
    gate,
    port,
    files: new StaticFiles(options.rendererDir),
    bodyTimeoutMs: options.bodyTimeoutMs ?? 20_000,
    health: () => ({
      status,
      version: core.config.version,
      uptimeSeconds: Math.round((core.clock.elapsed() - startedAt) / 1000),
    }),
  }
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    route(request, secured(response, port), routes).catch((error: unknown) => {
      const unexpected = answerError(request, response, error)
      if (unexpected) log.error('a request failed', { path: request.url, error: unexpected })
    })
  })
  return { set: (next) => void (status = next) }
}

/** Puts on every response what keeps a page of ours from loading, framing or telling anything else. */
function secured(response: ServerResponse, port: number): ServerResponse {
  response.setHeaders(
    new Map([
      ['Content-Security-Policy', pagePolicy({ connect: [`ws://127.0.0.1:${port}`, `ws://localhost:${port}`] })],
      ['X-Content-Type-Options', 'nosniff'],
      ['Referrer-Policy', 'no-referrer'],
      ['Cross-Origin-Opener-Policy', 'same-origin'],
      ['Cross-Origin-Resource-Policy', 'same-origin'],
      ['Cache-Control', 'no-store'],
    ]),
  )
  return response
}

/** On the port of the run before where that is still free, else where it was told to. */
async function listenAgain(server: Server, before: number | undefined, wanted: number | undefined): Promise<number> {
  if (before === undefined || before === wanted) return listen(server, wanted)
  try {
    return await listenOnce(server, before)
  } catch {
    return listen(server, wanted)
  }
}

async function listen(server: Server, wanted: number | undefined): Promise<number> {
  for (let left = TRIES; ; left--) {
    try {
      return await listenOnce(server, wanted ?? 0)
    } catch (error) {
      if (left > 1) continue
      const where = wanted === undefined ? 'No free port could be had' : `Port ${wanted} could not be had`
      const why =
        (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'another program uses it' : 'the system refused it'
      const hint =
        wanted === undefined ? 'Try again, or name a port with --port.' : 'Leave out --port to take any free one.'
      throw new AppError('busy', `${where} on this machine: ${why}. ${hint}`, { cause: error })
    }
  }
}

function listenOnce(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.once('error', reject)
  server.listen({ port, host: HOST, exclusive: true }, () => {
    server.off('error', reject)
    resolve((server.address() as AddressInfo).port)
  })
  return promise
}

/** Stops taking connections; those with a call under way get a while to finish it. */
async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(() => server.closeAllConnections(), LAST_CALLS_MS)
  server.close(() => resolve())
  server.closeIdleConnections()
  await promise
  clearTimeout(timer)
}

/** What is not even HTTP, or comes too slowly. */
function refuseBroken(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request'
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
