import * as fc from 'fast-check'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { contract } from '#shared/contract.ts'
import type { Name } from '#shared/contract.ts'
import type { Endpoint } from '#shared/endpoint.ts'
import { Reply } from '#shared/reply.ts'
import type { App } from '../../src/main/app.ts'
import type { Caller } from '../../src/main/dispatch.ts'
import type { LogFields } from '../../src/main/log.ts'
import { memoryDir, openTestApp } from '../support/open-test-app.ts'

const names = Object.keys(contract) as Name[]
const session = '01920000-0000-7000-8000-000000000001'
/** Ids that mean nothing, and, once the sample data is there, those of real things: garbage must be refused for both. */
const ids = [session, '01920000-0000-7000-8000-000000000002']

let dir = ''
let app: App
/** What the core said went wrong: the reason behind an `internal`. */
let failures: LogFields[] = []

beforeAll(async () => {
  dir = memoryDir('hudson-contract-')
  const opened = await openTestApp(dir)
  app = opened.app
  failures = opened.failures
  ids.push(...opened.ids)
})

afterAll(async () => {
  await app[Symbol.asyncDispose]()
  rmSync(dir, { recursive: true, force: true })
})

const scalar = fc.oneof(
  { weight: 3, arbitrary: fc.nat().map((n) => ids[n % ids.length]) },
  fc.constantFrom(
    '',
    'x',
    '__proto__',
    "'; DROP TABLE products; --",
    '\u0000',
    '*',
    '"',
    'draft',
    'live',
    'http://127.0.0.1:1/x',
  ),
  fc.string({ maxLength: 20 }),
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 2 ** 53, Number.MAX_VALUE, [], {}),
)
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.array(scalar, { maxLength: 4 }),
  fc.dictionary(fc.constantFrom('id', 'name', 'patch', 'overrides', '__proto__', 'constructor', 'host'), scalar, {
    maxKeys: 3,
  }),
  fc.jsonValue({ maxDepth: 4 }),
)

/** Inputs of any kind, most of them with the fields that the endpoint knows. */
function inputsOf({ input }: Endpoint): fc.Arbitrary<unknown> {
  const fields = input instanceof z.ZodObject ? Object.keys(input.shape) : []
  const shaped = fc.record(Object.fromEntries(fields.map((field) => [field, value])), { requiredKeys: [] })
  return fc.oneof({ weight: 6, arbitrary: shaped }, value, fc.anything({ maxDepth: 2 }))
}

/** 20,000 calls in all, whatever the number of endpoints. */
const RUNS = Math.ceil(20_000 / names.length)

const callers: readonly Caller[] = [
  { audience: 'owner' },
  { audience: 'host', sessionId: session },
  { audience: 'overlay', sessionId: session },
]

test.each(names)('%s answers garbage with a Reply, and it is never our own failure', async (name) => {
  expect.hasAssertions()
  await fc.assert(
    fc.asyncProperty(inputsOf(contract[name]), fc.constantFrom(...callers), async (input, caller) => {
      failures.length = 0
      const reply = Reply.parse(await app.dispatch(name, input, caller))
      expect(reply.ok ? 'ok' : reply.error.code, JSON.stringify(failures)).not.toBe('internal')
    }),
    { numRuns: RUNS },
  )
})

test('no name that is not in the contract is answered', async () => {
  const odd = fc.oneof(
    fc.string(),
    fc.constantFrom('__proto__', 'constructor', 'valueOf', 'products.__proto__', 'Products.List'),
  )
  await fc.assert(
    fc.asyncProperty(odd, value, async (name, input) => {
      fc.pre(!names.includes(name as Name))
      expect(await app.dispatch(name, input)).toMatchObject({ ok: false, error: { code: 'bad-call' } })
    }),
  )
})

test('what JSON cannot say, or says too deep, is refused whatever is called and whoever calls', async () => {
  const deep: unknown = Array.from({ length: 3_000 }).reduce((inner) => ({ value: inner }), 'x')
  const knot: Record<string, unknown> = {}
  knot['choices'] = knot
  for (const name of names) {
    for (const input of [{ id: session, choices: { notes: deep } }, knot, { patch: new Map() }, { id: 1n }]) {
      expect(await app.dispatch(name, input), name).toMatchObject({
        ok: false,
        error: { code: 'bad-call', fields: { input: expect.stringContaining('plain data') } },
      })
    }
  }
})

test.each(names)('%s has a handler', async (name) => {
  const reply = await app.dispatch(name, { there_is_no_such_field: 1 })
  expect(reply).toMatchObject({
    ok: false,
    error: { code: 'bad-call', fields: { there_is_no_such_field: expect.any(String) } },
  })
})

test.each(names)('%s is of a display only where it names its session', (name) => {
  const { audience, input }: Endpoint = contract[name]
  const named = input instanceof z.ZodObject && 'sessionId' in input.shape
  expect(audience === 'owner' || named).toBe(true)
})

test('a display reaches nothing of another session, and nothing of the owner', async () => {
  for (const name of names) {
    const { audience } = contract[name]
    const reply = await app.dispatch(name, { sessionId: ids[1] }, { audience: 'overlay', sessionId: session })
    expect(reply.ok, `${name} ${audience}`).toBe(false)
  }
})
