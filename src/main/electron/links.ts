const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const ownWindow = new RegExp(`^/(host/${uuid}|sessions/${uuid}/producer)/?$`)

/** Where the app's pages are. */
export const appOrigin = 'app://hudson'

/**
 * Whether a page of ours lives there. Protocol and host are compared one by one: `new URL('app://x').origin` is the text
 * 'null' for every scheme that Node does not know, so comparing origins would let all of them in.
 */
export function isAppUrl(url: string): boolean {
  const parsed = URL.parse(url)
  if (parsed === null || !url.startsWith(`${appOrigin}/`)) return false
  return parsed.protocol === 'app:' && parsed.host === 'hudson' && parsed.username === '' && parsed.password === ''
}

/** What happens when a page asks for a new window. */
export type Opening =
  | { readonly kind: 'own'; readonly path: string }
  | { readonly kind: 'browser'; readonly url: string }
  | { readonly kind: 'denied' }

/** The host view and the producer console open as windows of ours, web pages in the browser, everything else not at all. */
export function planOpening(url: string): Opening {
  const parsed = URL.parse(url)
  if (parsed === null) return { kind: 'denied' }
  if (isAppUrl(url)) {
    return ownWindow.test(parsed.pathname)
      ? { kind: 'own', path: `${parsed.pathname}${parsed.search}` }
      : { kind: 'denied' }
  }
  // Written anew from what was parsed, so that the system's opener reads the same address that was checked here.
  const isWeb = parsed.protocol === 'https:' && parsed.username === '' && parsed.password === ''
  return isWeb ? { kind: 'browser', url: parsed.href } : { kind: 'denied' }
}
