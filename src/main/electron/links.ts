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
  | { readonly kind: 'outside'; readonly url: string }
  | { readonly kind: 'denied' }

const denied: Opening = { kind: 'denied' }

/** Longer ones are no addresses that a person would follow, and some systems' openers cut them or fail on them. */
const MAX_OUTSIDE_CHARS = 2_000

/**
 * The host view and the producer console open as windows of ours, web pages and mail in the programs that the system has for
 * them, everything else not at all.
 */
export function planOpening(url: string): Opening {
  const parsed = URL.parse(url)
  if (parsed === null) return denied
  if (isAppUrl(url)) {
    return ownWindow.test(parsed.pathname) ? { kind: 'own', path: `${parsed.pathname}${parsed.search}` } : denied
  }
  if (parsed.href.length > MAX_OUTSIDE_CHARS || !(isWebPage(parsed) || isMail(parsed))) return denied
  // Written anew from what was parsed, so that the system's opener reads the same address that was checked here.
  return { kind: 'outside', url: parsed.href }
}

/** A name before the host (`https://bank.example@evil.example/`) is there to deceive whoever reads it. */
function isWebPage({ protocol, username, password }: URL): boolean {
  return protocol === 'https:' && username === '' && password === ''
}

const mailFields: ReadonlySet<string> = new Set(['subject', 'body', 'cc'])

/** Only who, about what, and the text: some mail programs attach the file that an `attach` field names. */
function isMail({ protocol, pathname, searchParams, hash }: URL): boolean {
  if (protocol !== 'mailto:' || hash !== '') return false
  // A line break in an address would begin a header of its own.
  if (!/^[^\s%@]+@[^\s%@]+$/.test(pathname)) return false
  return [...searchParams].every(([name, value]) => mailFields.has(name) && (name === 'body' || !/[\r\n]/.test(value)))
}

const SCHEME = 'hudson:'
const whole = new RegExp(`^${uuid}$`)
/** Longer than any link of ours. */
const MAX_LINK_CHARS = 200

/**
 * The page that a link of the system leads to: `hudson://session/ID`, `hudson://product/ID`; null for everything else. Anybody
 * may write such a link, on any web page: it opens a page and does nothing, and what it names is nothing but an id.
 */
export function planAppLink(text: string): string | null {
  if (text.length > MAX_LINK_CHARS || !text.startsWith(SCHEME)) return null
  const url = URL.parse(text)
  if (!url || url.protocol !== SCHEME || url.username || url.password || url.port || url.search || url.hash) return null
  const id = url.pathname.replace(/^\//, '').replace(/\/$/, '').toLowerCase()
  if (!whole.test(id)) return null
  if (url.host === 'session') return `/sessions/${id}`
  return url.host === 'product' ? `/products/${id}` : null
}

/** The link in a command line; what else stands there is not looked at. Windows and Linux hand links over like this. */
export function linkIn(argv: readonly string[]): string | null {
  return argv.find((argument) => argument.startsWith(SCHEME)) ?? null
}
