import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal, send } from './answer.ts'
import { cookieNames, readCookie, setCookie } from './cookies.ts'
import type { StudioCore } from './core.ts'
import type { Gate, Visitor } from './gate.ts'

const guid = '[0-9a-fA-F-]{36}'
const appRoutes = [
  /^\/$/,
  /^\/(welcome|sessions|products|settings|activity|conflicts|points|diagnostics)(\/[\w-]+)*\/?$/,
]
const displayRoute = new RegExp(`^/(host|overlay)/(${guid})/?$`)

export interface PagesOptions {
  readonly port: number
  readonly gate: Gate
  readonly core: Pick<StudioCore, 'language' | 'inWords'>
  /** The built index.html. */
  readonly index: string | null
}

/** One request and what answers it. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
}

/** Whether the app has a page at this path. */
export function isPage(path: string, development: boolean): boolean {
  if (development && path === '/dev') return true
  return displayRoute.test(path) || appRoutes.some((route) => route.test(path))
}

/**
 * Answers a page with the token in it that its scripts call with: the owner's where the browser has its cookie, a display's
 * where the link carries one. A link with the owner's token sets the cookie and leads on to the address without it, so that
 * the token stays in no history, no title bar and no screenshot.
 */
export function sendPage(exchange: Exchange, options: PagesOptions): void {
  const { request, response, url } = exchange
  const { gate, port, core } = options
  const names = cookieNames(port)
  const linked = gate.identify(url.searchParams.get('token') ?? undefined)
  if (linked?.caller.audience === 'owner') {
    url.searchParams.delete('token')
    response.setHeader('Set-Cookie', setCookie(names.owner, linked.token, '/'))
    response.writeHead(303, { Location: `${url.pathname}${url.search}`, 'Content-Length': 0 }).end()
    return
  }
  const visitor = linked && opens(linked, url.pathname) ? linked : gate.identify(readCookie(request, names.owner))
  if (visitor?.caller.audience === 'owner' || visitor === linked) {
    if (visitor) return sendApp(exchange, visitor, options)
  }
  send(request, response, { status: 401, type: 'text/html; charset=utf-8', body: lockedPage(core) })
}

function opens({ caller }: Visitor, path: string): boolean {
  const [, kind, session] = displayRoute.exec(path) ?? []
  return caller.audience !== 'owner' && caller.audience === kind && caller.sessionId === session?.toLowerCase()
}

function sendApp({ request, response }: Exchange, visitor: Visitor, { index, port }: PagesOptions): void {
  if (index === null) throw new Refusal(404, 'not-found', { message: 'The pages of the app are not built.' })
  if (visitor.caller.audience !== 'owner') {
    response.setHeader('Set-Cookie', setCookie(cookieNames(port).display, visitor.token, '/media'))
  }
  const meta = `<meta name="hudson-token" content="${escapeAttribute(visitor.token)}">`
  // A function, because a replacement text would give "$&" in it a meaning.
  const body = index.replace(/<head[^>]*>/i, (head) => `${head}${meta}`)
  send(request, response, { status: 200, type: 'text/html; charset=utf-8', body })
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** For who comes without a link that opens anything. */
function lockedPage({ language, inWords }: PagesOptions['core']): string {
  const help =
    'Open it from the Hudson app, or use the link that “hudson serve” printed when it started. The link changes with each start. For a host display or an overlay, copy a new link from the session in Hudson.'
  return `<!doctype html>
<html lang="${language()}">
<head><meta charset="utf-8"><title>Hudson</title><meta name="viewport" content="width=device-width"></head>
<body>
<h1>${inWords('This page needs a link from Hudson')}</h1>
<p>${inWords(help)}</p>
</body>
</html>
`
}
