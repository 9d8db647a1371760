import { EventEmitter } from 'node:events'
import type { Request as BrowserRequest, Route } from 'playwright'
import { addScheme, fromBrowser, policyToBrowser } from './browser.ts'
import { strict } from './not-built.ts'
import { onlyBeforeReady, onlyWhenReady } from './state.ts'

type SchemeHandler = (request: Request) => Response | Promise<Response>
type PermissionRequest = (
  ...given: [contents: object | null, permission: string, answer: (granted: boolean) => void, details: object]
) => void
type PermissionCheck = (
  ...given: [contents: object | null, permission: string, origin: string, details: object]
) => boolean

type DisplayMedia = (request: object | null, answer: (streams: object | null) => void) => void

/** A request as `webRequest` shows it. */
interface RequestFacts {
  readonly id: number
  readonly url: string
  readonly method: string
  readonly resourceType: string
  readonly timestamp: number
  readonly webContentsId: number
}
interface ResponseFacts extends RequestFacts {
  readonly statusCode: number
  readonly statusLine: string
  readonly responseHeaders: Record<string, string[]>
}
type BeforeRequest = (details: RequestFacts, answer: (reply: { cancel?: boolean }) => void) => void
type HeadersReceived = (
  details: ResponseFacts,
  answer: (reply: { cancel?: boolean; responseHeaders?: Record<string, string | string[]> }) => void,
) => void

/** What the app registered, for the browser to ask. */
export const registered = {
  privileged: new Map<string, object>(),
  schemes: new Map<string, SchemeHandler>(),
  permissionRequest: null as PermissionRequest | null,
  permissionCheck: null as PermissionCheck | null,
  device: null as (() => boolean) | null,
  displayMedia: null as DisplayMedia | null,
  beforeRequest: null as BeforeRequest | null,
  headersReceived: null as HeadersReceived | null,
}

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (schemes: readonly { scheme: string; privileges?: object }[]): void => {
    onlyBeforeReady('protocol.registerSchemesAsPrivileged')
    // docs/api/protocol.md: a second call would replace the first one's list.
    if (registered.privileged.size > 0) throw new Error('registerSchemesAsPrivileged can only be used once')
    for (const { scheme, privileges = {} } of schemes) {
      registered.privileged.set(scheme, privileges)
      if ('standard' in privileges && privileges.standard === true) addScheme(scheme)
    }
  },
  handle: (scheme: string, handler: SchemeHandler): void => {
    onlyWhenReady('protocol.handle')
    if (registered.schemes.has(scheme)) throw new Error(`The scheme has been intercepted already: ${scheme}`)
    registered.schemes.set(scheme, handler)
  },
  unhandle: (scheme: string): void => {
    if (!registered.schemes.delete(scheme)) throw new Error(`The scheme is not handled: ${scheme}`)
  },
  isProtocolHandled: (scheme: string): boolean => registered.schemes.has(scheme),
})

const downloads = new EventEmitter()

const defaultSession = strict('session.defaultSession', {
  protocol,
  setPermissionRequestHandler: (handler: PermissionRequest | null) => void (registered.permissionRequest = handler),
  setPermissionCheckHandler: (handler: PermissionCheck | null) => void (registered.permissionCheck = handler),
  setDevicePermissionHandler: (handler: (() => boolean) | null) => void (registered.device = handler),
  setDisplayMediaRequestHandler: (handler: DisplayMedia | null) => void (registered.displayMedia = handler),
  setBluetoothPairingHandler: (): void => {},
  setSpellCheckerEnabled: (): void => {},
  // Whatever a page would save is asked for here: `downloads` tells who listens.
  on: (event: 'will-download', listener: (...given: unknown[]) => void) => void downloads.on(event, listener),
  webRequest: strict('session.webRequest', {
    onBeforeRequest: (handler: BeforeRequest | null) => void (registered.beforeRequest = handler),
    onHeadersReceived: (handler: HeadersReceived | null) => void (registered.headersReceived = handler),
  }),
})

export const session = strict('session', {
  get defaultSession(): typeof defaultSession {
    onlyWhenReady('session.defaultSession')
    return defaultSession
  },
})

/** Both handlers' answers. Without a handler Electron grants everything (docs/tutorial/security.md#5). */
export async function decidePermission(
  contents: object,
  permission: string,
  details: object,
): Promise<readonly boolean[]> {
  const { permissionRequest: ask, permissionCheck: check } = registered
  const requested = ask ? await new Promise<boolean>((answer) => ask(contents, permission, answer, details)) : true
  return [requested, check ? check(contents, permission, 'app://hudson', details) : true]
}

const resourceTypes: Readonly<Record<string, string>> = {
  stylesheet: 'stylesheet',
  script: 'script',
  image: 'image',
  font: 'font',
  media: 'media',
  xhr: 'xhr',
  fetch: 'xhr',
  websocket: 'webSocket',
  ping: 'ping',
}
const ids = { last: 0 }

function factsOf(request: BrowserRequest, url: string, webContentsId: number): RequestFacts {
  ids.last += 1
  const isMain = request.isNavigationRequest() && request.frame().parentFrame() === null
  const resourceType = request.isNavigationRequest()
    ? isMain
      ? 'mainFrame'
      : 'subFrame'
    : resourceTypes[request.resourceType()]
  const timestamp = Date.now()
  return {
    id: ids.last,
    url,
    method: request.method(),
    resourceType: resourceType ?? 'other',
    timestamp,
    webContentsId,
  }
}

/** Answers one request of a page: the app may cancel it, a scheme of its own answers it, the network has the rest. */
export async function answerRequest(route: Route, webContentsId: number): Promise<void> {
  const request = route.request()
  const url = fromBrowser(request.url())
  const facts = factsOf(request, url, webContentsId)
  if (await isCancelled(facts)) return route.abort('blockedbyclient')
  const scheme = url.slice(0, url.indexOf(':'))
  const handler = registered.schemes.get(scheme)
  if (!handler) return registered.privileged.has(scheme) ? route.abort('failed') : route.continue()
  const body = request.postDataBuffer()
  const { method } = facts
  // What a browser adds for itself says nothing to a handler; the page's own headers and its ranges do.
  const headers = Object.entries(request.headers()).filter(([name]) => !name.startsWith('sec-') && name !== 'host')
  const given = new Request(url, { method, headers, ...(body && { body: new Uint8Array(body) }) })
  const response = await respond(handler, given)
  if (!response || response.type === 'error') return route.abort('failed')
  const sent = await headersOf(facts, response)
  if (!sent) return route.abort('blockedbyclient')
  await route.fulfill({ status: response.status, headers: sent, body: Buffer.from(await response.arrayBuffer()) })
}

async function respond(handler: SchemeHandler, request: Request): Promise<Response | null> {
  try {
    return await handler(request)
  } catch (error) {
    // The page sees a failed load; the reason is for the log, as in Electron.
    process.stderr.write(`protocol.handle: ${String(error)}\n`)
    return null
  }
}

async function isCancelled(facts: RequestFacts): Promise<boolean> {
  const { beforeRequest } = registered
  if (!beforeRequest) return false
  const reply = await new Promise<{ cancel?: boolean }>((answer) => beforeRequest(facts, answer))
  return reply.cancel === true
}

async function headersOf(facts: RequestFacts, response: Response): Promise<Record<string, string> | null> {
  const { status: statusCode, statusText } = response
  const given = Object.fromEntries([...response.headers].map(([name, value]) => [name, [value]]))
  const { headersReceived } = registered
  const details = { ...facts, statusCode, statusLine: `HTTP/1.1 ${statusCode} ${statusText}`, responseHeaders: given }
  const reply = headersReceived
    ? await new Promise<Parameters<Parameters<HeadersReceived>[1]>[0]>((answer) => headersReceived(details, answer))
    : {}
  if (reply.cancel === true) return null
  const entries = Object.entries(reply.responseHeaders ?? given).map(([name, value]) => {
    const text = Array.isArray(value) ? value.join(', ') : value
    return [name, /^content-security-policy/i.test(name) ? policyToBrowser(text) : text] as const
  })
  return Object.fromEntries(entries)
}
