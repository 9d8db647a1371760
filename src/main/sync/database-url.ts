import { AppError } from '#shared/app-error.ts'
import { isIP, isIPv4 } from 'node:net'
import type { ConnectionOptions } from 'node:tls'

/** What a database URL says, as node-postgres wants it. The driver never sees the URL: it reads `sslmode` its own way. */
export interface DatabaseAddress {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password?: string
  readonly ssl: ConnectionOptions | false
  readonly enableChannelBinding: true
}

export interface DatabaseUrlOptions {
  /** PEM text of the certificates to trust instead of the public ones. */
  readonly ca?: string | undefined
  /** TLS 1.2 is enough: for servers too old for 1.3. */
  readonly allowTls12?: boolean | undefined
}

const example = 'postgresql://USER:PASSWORD@HOST/DATABASE'
/** A parameter that changes where we connect to, as whom or how safely: none of these may hide behind the "?". */
const refusedParameters = new Set([
  'host',
  'hostaddr',
  'port',
  'dbname',
  'user',
  'password',
  'options',
  'uselibpqcompat',
  'sslcert',
  'sslkey',
  'sslrootcert',
])
const withoutTls = new Set(['disable', 'allow', 'prefer', 'no-verify'])
const withTls = new Set(['require', 'verify-ca', 'verify-full'])

/**
 * Reads a database URL. Other machines are reached by TLS 1.3 with the certificate and the name in it checked, whatever
 * `sslmode` says; only this machine itself may be without. Throws `bad-call` that names the part that is wrong; no message
 * holds the password.
 */
export function parseDatabaseUrl(text: string, options: DatabaseUrlOptions = {}): DatabaseAddress {
  const url = parseUrl(text)
  const host = hostOf(url)
  const database = decoded(url.pathname.slice(1), 'database name')
  if (database === '' || database.includes('/')) throw unusable(`it names no database. It looks like ${example}.`)
  const user = decoded(url.username, 'user name')
  if (user === '') throw unusable(`it names no user. It looks like ${example}.`)
  const password = decoded(url.password, 'password')
  if (password === '' && !isLoopback(host)) throw unusable(`it has no password. It looks like ${example}.`)
  return {
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    database,
    user,
    ...(password !== '' && { password }),
    ssl: needsTls(url, host) && tlsOptions(options),
    enableChannelBinding: true,
  }
}

/**
 * The same database without Neon's pooler, which forgets a LISTEN without a word and takes no session settings. Any other
 * URL comes back as it is.
 */
export function directUrl(text: string): string {
  const url = parseUrl(text)
  const [label, ...domain] = url.hostname.split('.')
  if (!label?.endsWith('-pooler') || !/(^|\.)neon\.tech$/i.test(domain.join('.'))) return text
  url.hostname = [label.slice(0, -'-pooler'.length), ...domain].join('.')
  return url.href
}

/** Which database it is, for messages and logs: no user, no password. */
export function describeTarget(text: string): string {
  const { host, pathname } = URL.canParse(text) ? new URL(text) : { host: '', pathname: '' }
  // Of what is written in another form, any part could be the password.
  return host !== '' && /^\/[^/@:]+$/.test(pathname)
    ? `${host.toLowerCase()}${pathname}`
    : 'an address that cannot be read'
}

function parseUrl(text: string): URL {
  // The error of `new URL` holds the whole text: it goes nowhere.
  if (!URL.canParse(text)) {
    throw unusable(
      `it cannot be read. It looks like ${example}; in the password, write @ as %40, / as %2F, # as %23, % as %25.`,
    )
  }
  const url = new URL(text)
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') {
    throw unusable(`it starts with "${url.protocol}". A PostgreSQL address starts with "postgresql:".`)
  }
  if (url.hash !== '') throw unusable('it contains a "#". In the password, write # as %23.')
  return url
}

/** A host name or an IP address; no socket's path, no list, no number that only some systems take for an address. */
function hostOf({ hostname }: URL): string {
  const host = hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  if (host === '') throw unusable(`it names no host. It looks like ${example}.`)
  const isName = /^([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)*[a-z]([a-z0-9_-]*[a-z0-9_])?$/.test(host)
  if (isIP(host) === 0 && !isName) {
    throw unusable('its host is no name and no IP address. A path of a socket or a list of hosts cannot be used.')
  }
  return host
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

function needsTls({ searchParams }: URL, host: string): boolean {
  for (const name of searchParams.keys()) {
    if (refusedParameters.has(name)) throw unusable(`it sets "${name}" after the "?". Remove that part.`)
  }
  const mode = searchParams.get('sslmode') ?? (searchParams.get('ssl') === 'false' ? 'disable' : null)
  if (mode !== null && !withTls.has(mode) && !withoutTls.has(mode)) {
    throw unusable('its "sslmode" is unknown. Write sslmode=verify-full, or leave it out.')
  }
  if (isLoopback(host)) return mode !== null && withTls.has(mode)
  if (mode !== null && withoutTls.has(mode)) {
    throw unusable(
      `sslmode=${mode} would send the team's work over the network without checking who reads it. ` +
        'Write sslmode=verify-full, or leave it out. For a server with a certificate of its own, name its CA file.',
    )
  }
  return true
}

function tlsOptions({ ca, allowTls12 }: DatabaseUrlOptions): ConnectionOptions {
  if (ca !== undefined && !ca.includes('-----BEGIN CERTIFICATE-----')) {
    throw new AppError('bad-call', 'The CA file holds no certificate in PEM form ("-----BEGIN CERTIFICATE-----").')
  }
  return {
    rejectUnauthorized: true,
    minVersion: allowTls12 === true ? 'TLSv1.2' : 'TLSv1.3',
    ...(ca !== undefined && { ca }),
  }
}

function decoded(part: string, name: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw unusable(`its ${name} has a "%" that stands for nothing. Write % as %25.`)
  }
}

function unusable(what: string): AppError {
  return new AppError('bad-call', `The database address cannot be used: ${what}`)
}
