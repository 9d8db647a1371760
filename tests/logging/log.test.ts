import * as fc from 'fast-check'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLog } from '../../src/main/logging/open-log.ts'
import type { OpenLog } from '../../src/main/logging/open-log.ts'

let dir = ''
const open: OpenLog[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'hudson-log-'))
})
afterEach(() => {
  for (const log of open.splice(0)) log[Symbol.dispose]()
  rmSync(dir, { recursive: true, force: true })
})

/** Windows has none. */
const modes =
  process.platform === 'win32'
    ? { file: expect.any(Number), folder: expect.any(Number) }
    : { file: 0o600, folder: 0o700 }

/** A log that hands on each line. */
function logTo(
  lines: string[],
  { maxBytes = 5_000_000, level = 'debug' as const }: { maxBytes?: number; level?: 'debug' | 'warn' } = {},
): OpenLog {
  const logDir = join(dir, 'logs')
  const log = openLog({
    config: { logDir, logLevel: level },
    echo: (line) => lines.push(line),
    now: () => 'T',
    maxBytes,
  })
  open.push(log)
  return log
}

/** A way to hide a secret in what is logged: by its name, by its form, or by being known. */
const hidings: readonly ((secret: string) => unknown)[] = [
  (secret) => ({ token: secret }),
  (secret) => ({ nested: [{ shopifyAccessToken: secret }] }),
  (secret) => ({ headers: new Map([['Authorization', secret]]) }),
  (secret) => ({ password: { deep: secret } }),
  (secret) => ({ displayKey: Buffer.from(secret).toString() }),
  (secret) => `postgres://user:${secret}@db.example/hudson`,
  (secret) => `https://user:${secret}@shop.example/admin`,
  (secret) => `failed: GET /x?token=${secret}&limit=5`,
  (secret) => `Authorization: Bearer ${secret}`,
  (secret) => `shpat_${secret}`,
  (secret) => `key sk-${secret} refused`,
  (secret) => `hudo_${secret} or hudd_${secret}.${secret}`,
  (secret) => `{"password":"${secret}"}`,
  (secret) => new Error(`connect failed: postgres://u:${secret}@h/d`, { cause: new Error(`with Bearer ${secret}`) }),
]

test('no planted secret ever reaches the file, wherever it stands', () => {
  const lines: string[] = []
  const log = logTo(lines)
  const secret = fc.stringMatching(/^[A-Za-z0-9_-]{12,40}$/).filter((text) => !/^[a-z]+$/.test(text))
  fc.assert(
    fc.property(secret, fc.nat(hidings.length - 1), fc.jsonValue({ maxDepth: 3 }), (canary, which, around) => {
      const text = `Kan${canary}ary`
      const hidden = hidings[which]?.(text)
      log.info('call', { around, list: [hidden], hidden })
      expect(lines.at(-1)).not.toContain(text)
    }),
    { numRuns: 500 },
  )
  expect(readFileSync(join(dir, 'logs', 'hudson.log'), 'utf8')).toBe(lines.map((line) => `${line}\n`).join(''))
})

test('a protected value is taken out exactly, whatever it is made of', () => {
  const lines: string[] = []
  const log = logTo(lines)
  fc.assert(
    fc.property(fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme' }), fc.string(), (secret, around) => {
      log.protect(secret)
      log.info('x', {
        note: `${around}${secret}${around}`,
        url: `/a?b=${secret.isWellFormed() ? encodeURIComponent(secret) : ''}`,
      })
      const shown = JSON.parse(lines.at(-1) ?? '') as { note: string }
      expect(shown.note.includes(secret) && !'[redacted]'.includes(secret)).toBe(false)
    }),
    { numRuns: 300 },
  )
})

test('a protected value is known in base64 and hex too, also with more behind it', () => {
  const lines: string[] = []
  const log = logTo(lines)
  const secret = 'correct horse battery 1'
  log.protect(secret)
  const forms = (text: string) =>
    (['base64', 'base64url', 'hex'] as const).map((form) => Buffer.from(text).toString(form))
  log.info('x', { note: [...forms(secret), ...forms(`${secret} and more`)].join(' | ') })
  for (const form of forms(secret)) expect(lines[0]).not.toContain(form.slice(0, 28))
})

test.each([
  'AKIAIOSFODNN7EXAMPLE',
  'ghp_0123456789abcdefghij',
  'github_pat_0123456789_abcdefghij',
  'xoxb-0123456789-abcdefghij',
  'glpat-0123456789abcdef',
  'AIzaSy0123456789abcdefghijklmn',
  'npg_0123456789ab',
  '-----BEGIN RSA PRIVATE KEY-----\nMIIE0123\n-----END RSA PRIVATE KEY-----',
])('what has the form of a key of others is no text for a log: %s', (key) => {
  const lines: string[] = []
  logTo(lines).info('x', { note: `with ${key}, and more` })
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ note: expect.stringMatching(/^with \[redacted\]( |,).*more$/) })
})

test('whatever is logged makes a line of JSON', () => {
  const lines: string[] = []
  const log = logTo(lines)
  const circle: Record<string, unknown> = { n: 1n, f: () => 1, s: Symbol('s'), d: new Date(Number.NaN), u: undefined }
  circle['self'] = circle
  Object.defineProperty(circle, 'bad', {
    enumerable: true,
    get: () => {
      throw new Error('no')
    },
  })
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  const deep = Array.from({ length: 5_000 }).reduce<unknown>((inner) => [inner], 0)
  log.info('odd', { circle, proxy, deep, bytes: new Uint8Array(9), map: new Map([[{}, 1]]), long: 'x'.repeat(100_000) })
  const line = JSON.parse(lines[0] ?? '') as Record<string, Record<string, unknown>>
  expect(line['circle']).toMatchObject({ n: '1', self: '[circular]', bad: '[unreadable]', d: 'Invalid Date' })
  expect(line['proxy']).toBe('[unreadable]')
  expect(line['bytes']).toBe('[9 bytes]')
  expect(lines[0]?.length).toBeLessThan(10_000)
  fc.assert(
    fc.property(fc.anything(), (value) => log.info('any', { value })),
    { numRuns: 300 },
  )
  for (const one of lines) expect(JSON.parse(one)).toMatchObject({ at: 'T', level: 'info' })
})

test('an error is written with its causes; the home folder is not', () => {
  const lines: string[] = []
  const log = logTo(lines)
  log.error('failed', { error: new Error(`in ${homedir()}/x`, { cause: new RangeError('deeper') }) })
  const line = JSON.parse(lines[0] ?? '') as { error: { message: string; stack: string; cause: { name: string } } }
  expect(line.error.message).toBe('in ~/x')
  expect(line.error.stack).toContain('log.test.ts')
  expect(line.error.cause.name).toBe('RangeError')
  expect(lines[0]).not.toContain(`${homedir()}/`)
})

test('lines below the level are not written', () => {
  const lines: string[] = []
  const log = logTo(lines, { level: 'warn' })
  log.info('no')
  log.warn('yes')
  expect(lines).toHaveLength(1)
})

test('full files are turned over, and five are kept, private to the user', () => {
  const log = logTo([], { maxBytes: 1_000 })
  for (let n = 0; n < 100; n++) log.info('line', { n, text: 'x'.repeat(80) })
  const files = readdirSync(join(dir, 'logs')).toSorted()
  expect(files).toEqual(['hudson.log', 'hudson.log.1', 'hudson.log.2', 'hudson.log.3', 'hudson.log.4'])
  const numbers = files.toReversed().flatMap((file) =>
    readFileSync(join(dir, 'logs', file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { n: number }).n),
  )
  expect(numbers).toEqual(numbers.map((_, index) => 100 - numbers.length + index))
  for (const file of files) {
    const stats = statSync(join(dir, 'logs', file))
    expect(stats.size).toBeLessThanOrEqual(1_000)
    expect(stats.mode & 0o777).toEqual(modes.file)
  }
  expect(statSync(join(dir, 'logs')).mode & 0o777).toEqual(modes.folder)
})

test('a folder that cannot be written does not stop the work', () => {
  const log = openLog({ config: { logDir: '/dev/null/logs', logLevel: 'info' } })
  expect(() => log.info('x')).not.toThrow()
})

test("neither the address of the team's database nor the password in it is ever written", () => {
  const lines: string[] = []
  const databaseUrl = 'postgresql://studio:S3cret-of-9@db.example/team'
  const logDir = join(dir, 'logs')
  using log = openLog({ config: { logDir, logLevel: 'debug', databaseUrl }, echo: (line) => lines.push(line) })
  log.warn(`tried ${databaseUrl}`, {
    error: new Error('login of studio with S3cret-of-9 failed'),
    options: { pw: 'S3cret-of-9' },
  })
  expect(lines.join()).not.toContain('S3cret-of-9')
  expect(lines.join()).toContain('login of studio with')
})
