import type { Reply } from '#shared/reply.ts'

/** Lists in objects in lists. */
function nested(depth: number): unknown {
  let value: unknown = 'deep'
  for (let n = 0; n < depth; n++) value = n % 2 === 0 ? [value] : { patch: value }
  return value
}

function cyclic(): unknown {
  const one: Record<string, unknown> = { id: 'x' }
  one['self'] = one
  return [one, one]
}

/** Thirty lists of two: a thousand million texts, once they are written out. */
function shared(): unknown {
  let value: unknown = 'x'
  for (let n = 0; n < 30; n++) value = [value, value]
  return value
}

/** Values that a page can send through Electron's clone and that no form holds. */
export const hostile: readonly unknown[] = [
  JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}'),
  JSON.parse('{"id":{"__proto__":[]},"patch":{"__proto__":{"status":"live"}}}'),
  '__proto__',
  'constructor',
  'toString',
  "'; DROP TABLE products; --",
  '" OR ""="',
  "x%' ESCAPE '\\' UNION VALUES (1) --",
  '*"NEAR(a b)',
  '../../../../etc/passwd',
  '..\\..\\..\\windows\\win.ini',
  '/etc/passwd',
  '\\\\evil.example\\share\\x.csv',
  'file:///etc/passwd',
  '%2e%2e%2fetc%2fpasswd',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202egnp.exe',
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("http://evil.example")',
  '{{7*7}}${7*7}',
  'é'.repeat(1_000),
  nested(80),
  cyclic(),
  // Says that it is long; a reader that fills its holes needs gigabytes.
  Object.assign([], { length: 2 ** 32 - 1 }),
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -0,
  Number.MAX_SAFE_INTEGER + 1,
  1e308,
  10n ** 30n,
  new Map([['id', 1]]),
  new Set([1]),
  new Date(0),
  new Date(Number.NaN),
  new Error('from the page'),
  /x/,
  new Uint8Array(16),
  new ArrayBuffer(16),
  Object(1n),
  Object('text'),
  null,
  undefined,
]

/** The same, but too heavy to be sent to every field of every endpoint. */
export const heavy: readonly unknown[] = [
  'é'.repeat(500_000),
  'x'.repeat(2 ** 20 + 1),
  nested(1_500),
  shared(),
  Array.from({ length: 40_000 }, (_, n) => n),
  Object.fromEntries(Array.from({ length: 4_000 }, (_, n) => [`key ${String(n)}`, n])),
  new Uint8Array(2 ** 22),
]

/** What Electron's clone refuses: the page gets an error, main hears nothing. */
export const uncloneable: readonly (readonly [string, unknown])[] = [
  ['a function', { id: () => 'x' }],
  ['a symbol', { id: Symbol('x') }],
  ['a promise', { id: Promise.resolve() }],
  ['a proxy', { id: new Proxy({}, {}) }],
  ['a weak map', { id: new WeakMap() }],
  ['more levels than there is stack', { id: nested(50_000) }],
  [
    'a getter that throws',
    {
      get id() {
        throw new Error('the getter threw')
      },
    },
  ],
]

/** An input with each of these: as the whole, in each known field (inside a list too), and beside them. */
export function* withHostile(sample: object, fields: readonly string[]): Generator {
  for (const value of hostile) {
    yield value
    yield { ...sample, [typeof value === 'string' ? value.slice(0, 1_000) : 'extra']: value }
    for (const field of fields) {
      yield { ...sample, [field]: value }
    }
  }
  for (const field of fields) yield { ...sample, [field]: hostile.filter((one) => typeof one === 'string') }
}

const forbidden: readonly (readonly [string, RegExp])[] = [
  ['a stack', /\n\s+at |node:internal|\.ts:\d+|\.js:\d+/],
  ['SQL', /\bSQLITE_|\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|\bUPDATE\b.+\bSET\b|syntax error|no such (table|column)/i],
  ['a class of errors', /\b(Type|Range|Reference|Sqlite)Error\b/],
]

/** What a refusal tells that it must not; of an answer, nothing is looked at, because it may hold the page's own text. */
export function leaks(reply: Reply, dataDir: string): string[] {
  if (reply.ok) return []
  // What the page sent may come back in the words about it; none of the values above is what is looked for here.
  const said = JSON.stringify(reply)
  const found = forbidden.filter(([, pattern]) => pattern.test(said)).map(([what]) => `${what}: ${said.slice(0, 300)}`)
  return said.includes(dataDir) || said.includes(process.cwd()) ? [...found, `a path: ${said.slice(0, 300)}`] : found
}
