import type { IncomingMessage } from 'node:http'

/** The three names of this machine's loopback that a browser may have been given. */
const hosts = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Whether a request was meant for us. A page of another site can make a browser call us: by a name that it points at
 * 127.0.0.1 (then Host is that name: DNS rebinding), or from its own origin (then Origin is that origin). Both are refused.
 */
export function isForUs(request: IncomingMessage, port: number): boolean {
  const { host, origin } = request.headers
  if (host === undefined || !hosts.some((name) => host.toLowerCase() === `${name}:${port}`)) return false
  return origin === undefined || hosts.some((name) => origin.toLowerCase() === `http://${name}:${port}`)
}

/** What a request asks for; null where it cannot be read. Only path and query count: `//host/path` is a path. */
export function targetOf(request: IncomingMessage): URL | null {
  const target = request.url ?? '/'
  return URL.parse(`http://hudson${target.startsWith('/') ? target : '/'}`)
}
