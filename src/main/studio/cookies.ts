import type { IncomingMessage } from 'node:http'

/**
 * Cookies hold for all ports of a host, so their names carry ours: two instances on one machine must not log each other
 * out. The owner's opens everything; a display's is for pictures only.
 */
export const cookieNames = (port: number): { readonly owner: string; readonly display: string } => ({
  owner: `hudson-${port}`,
  display: `hudson-display-${port}`,
})

/** The value of one cookie. */
export function readCookie(request: IncomingMessage, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}

/** No script can read it, and no other site can make a browser send it. */
export function setCookie(name: string, value: string, path: string): string {
  return `${name}=${value}; HttpOnly; SameSite=Strict; Path=${path}`
}
