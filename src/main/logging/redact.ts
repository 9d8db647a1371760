const REDACTED = '[redacted]'
const MAX_DEPTH = 6
const MAX_ENTRIES = 50
const MAX_TEXT = 4_000
/** Secrets are looked for in this much of a text; what is shown of it is far shorter. */
const MAX_SCANNED = 65_536

/** Names whose value is never written. */
const secretKey =
  /token|passw|passphrase|secret|authori[sz]ation|cookie|credential|dsn|connection_?string|database_?url|signature|(^|[^a-z])keys?$|[a-z](Key|_key|-key)s?$|^api_?key/i

/** Secrets that are told by their form. Each match is replaced; `$1` keeps what stands before the secret. */
const secretForms: readonly (readonly [RegExp, string])[] = [
  [/\b((?:postgres(?:ql)?|mysql|redis|amqp):\/\/)\S*@/gi, `$1${REDACTED}@`],
  [/\b(https?:\/\/)[^\s/?#@]*:[^\s/?#]*@/gi, `$1${REDACTED}@`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${REDACTED}`],
  [/\bshp[a-z]{1,4}_\w+/gi, REDACTED],
  [/\bsk-[\w-]{6,}/g, REDACTED],
  [/\bhud[od]_[\w.-]+/g, REDACTED],
  // Of services whose keys people have in the same clipboard.
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, REDACTED],
  [/\b(?:gh[opusr]|github_pat|npg|napi|npm)_\w{10,}/g, REDACTED],
  [/\b(?:xox[a-z]|glpat)-[\w-]{10,}/g, REDACTED],
  [/\bAIza[\w-]{20,}/g, REDACTED],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, REDACTED],
  [
    /([?&;](?:token|access_token|key|api_?key|password|secret|client_secret|signature|sig)=)[^&\s"'#]+/gi,
    `$1${REDACTED}`,
  ],
  [
    /(["'](?:[\w-]*(?:token|password|secret|authorization|cookie|api_?key)[\w-]*)["']\s*:\s*)(?:"(?:[^"\\]|\\.)*"|'[^']*')/gi,
    `$1"${REDACTED}"`,
  ],
  [/\b((?:set-)?cookie|authorization|x-shopify-access-token)(\s*[:=]\s*)[^\r\n]+/gi, `$1$2${REDACTED}`],
  [/\b(password|passwd|pwd|secret|api_?key)=\S+/gi, `$1=${REDACTED}`],
]

export interface RedactOptions {
  /** Values that are known to be secret; taken out wherever they stand. */
  readonly secrets: Iterable<string>
  /** Shortened to `~`. */
  readonly home: string
}

/**
 * A copy of `value` that may be written to a log: without secrets (by name, by form, by exact value), bounded in depth,
 * breadth and length, and safe to turn into JSON whatever it was (circular, with getters that throw, errors with causes).
 */
export function redact(value: unknown, options: RedactOptions): unknown {
  const secrets = [...options.secrets].flatMap(spellings).toSorted((a, b) => b.length - a.length)
  const clean = (text: string): string => cleanText(text, secrets, options.home)
  return walk(value, { clean, parents: [] })
}

interface Walk {
  readonly clean: (text: string) => string
  /** What is being walked, outermost first: to see circles and depth. */
  readonly parents: readonly object[]
}

function walk(value: unknown, at: Walk): unknown {
  switch (typeof value) {
    case 'string':
      return at.clean(value)
    case 'number':
      return Number.isFinite(value) ? numeric(value, at) : String(value)
    case 'boolean':
    case 'undefined':
      return value
    case 'object':
      return value === null ? null : walkObject(value, at)
    default:
      return at.clean(String(value))
  }
}

/** A number can be a secret too (a PIN that was protected as text). */
function numeric(value: number, at: Walk): unknown {
  const text = String(value)
  const cleaned = at.clean(text)
  return cleaned === text ? value : cleaned
}

function walkObject(value: object, at: Walk): unknown {
  if (at.parents.includes(value)) return '[circular]'
  if (at.parents.length >= MAX_DEPTH) return '[deep]'
  const inner: Walk = { clean: at.clean, parents: [...at.parents, value] }
  try {
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
    if (value instanceof URL || value instanceof RegExp) return at.clean(String(value))
    if (value instanceof Error) return walkError(value, inner)
    if (value instanceof Map)
      return walkEntries(
        [...value].map(([key, one]) => [nameOf(key), one]),
        inner,
      )
    if (Array.isArray(value) || value instanceof Set) return walkList([...value], inner)
    return walkEntries(entriesOf(value), inner)
  } catch {
    // Proxies and exotic objects may refuse anything; a log line must come out all the same.
    return '[unreadable]'
  }
}

function walkError(error: Error, at: Walk): unknown {
  const { name, message, stack, cause } = error
  const rest = entriesOf(error).filter(([key]) => !['name', 'message', 'stack', 'cause'].includes(key))
  return walkEntries(
    [
      ['name', name],
      ['message', message],
      ['stack', stack],
      ...rest,
      ...(cause === undefined ? [] : [['cause', cause] as const]),
    ],
    at,
  )
}

function walkList(values: readonly unknown[], at: Walk): unknown[] {
  const shown = values.slice(0, MAX_ENTRIES).map((one) => walk(one, at))
  return values.length > MAX_ENTRIES ? [...shown, `[${values.length - MAX_ENTRIES} more]`] : shown
}

function walkEntries(entries: readonly (readonly [string, unknown])[], at: Walk): object {
  const shown = entries.slice(0, MAX_ENTRIES).map(([key, value]) => {
    const hidden = secretKey.test(key) && value !== null && value !== undefined && typeof value !== 'boolean'
    return [at.clean(key), hidden ? REDACTED : walk(value, at)] as const
  })
  if (entries.length > MAX_ENTRIES) shown.push(['more', entries.length - MAX_ENTRIES])
  return Object.fromEntries(shown)
}

/** Own enumerable fields; one whose getter throws is named and left out. */
function entriesOf(value: object): [string, unknown][] {
  return Object.keys(value).map((key) => {
    try {
      return [key, (value as Record<string, unknown>)[key]]
    } catch {
      return [key, '[unreadable]']
    }
  })
}

function nameOf(key: unknown): string {
  return typeof key === 'object' && key !== null ? '[object]' : String(key)
}

/** Of fewer characters another spelling could be a word by chance. */
const LEAST_ENCODED = 8

/**
 * As it is, in a URL, inside JSON, and as bytes are written. One or two characters are no secret: they would blacken
 * everything.
 */
function spellings(secret: string): string[] {
  if (secret.length < 3) return []
  const quoted = JSON.stringify(secret).slice(1, -1)
  const bytes = Buffer.from(secret)
  // The end of base64 depends on what follows, so it is left out.
  const whole = bytes.toString('base64').slice(0, Math.floor((bytes.length * 4) / 3))
  const encoded = secret.length < LEAST_ENCODED ? [] : [whole, bytes.toString('base64url'), bytes.toString('hex')]
  return [...new Set([secret, secret.isWellFormed() ? encodeURIComponent(secret) : secret, quoted, ...encoded])]
}

function cleanText(text: string, secrets: readonly string[], home: string): string {
  let clean = text.length > MAX_SCANNED ? text.slice(0, MAX_SCANNED) : text
  for (const secret of secrets) clean = clean.replaceAll(secret, REDACTED)
  for (const [form, instead] of secretForms) clean = clean.replace(form, instead)
  if (home.length > 1) clean = clean.replaceAll(home, '~')
  return clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT)}… [${text.length} characters]` : clean
}
