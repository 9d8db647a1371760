import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { testDatabase } from '../support/test-database.ts'
import { hudson } from './hudson.ts'

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

test('migrate sets up an empty database, once, and makes a login that may only use its functions', async () => {
  const url = await testDatabase()
  const migrate = (...args: string[]): ReturnType<typeof hudson> => hudson(['migrate', '--database-url', url, ...args])

  const before = await migrate('--status')
  expect([before.code, before.err]).toEqual([0, ''])
  expect(before.out).toMatch(/^(pending \d{4}-[\w-]+\n)+$/)
  const first = await migrate()
  expect([first.code, first.err]).toEqual([0, ''])
  expect(first.out).toMatch(/^(applied \d{4}-[\w-]+\n)+up to date: schema \d+\n$/)
  const second = await migrate()
  expect([second.code, second.out]).toEqual([0, expect.stringMatching(/^already up to date: schema \d+\n$/)])
  expect((await migrate('--status')).out).not.toContain('pending')

  const name = `hudson_test_${process.pid}_login`
  onTestFinished(async () => void (await query(new URL('/postgres', url).href, `DROP ROLE IF EXISTS ${name}`)))
  const made = await migrate('--create-login', name)
  expect(made.code).toBe(0)
  expect(made.out).toMatch(new RegExp(`^postgresql://${name}:\\S+\\n$`))
  const handedOut = made.out.trim()
  await expect(query(handedOut, 'SELECT * FROM products')).rejects.toThrow('permission denied')
  expect((await hudson(['migrate', '--database-url', handedOut])).code).toBe(1)
  const again = await migrate('--create-login', name)
  expect([again.code, again.out]).toEqual([1, ''])
  expect(again.err).toContain(`already has a login "${name}"`)
})

test('migrate takes the URL from the environment, and says what is wrong with it', async () => {
  const url = await testDatabase()
  vi.stubEnv('HUDSON_DATABASE_URL', url)
  onTestFinished(() => void vi.unstubAllEnvs())
  expect((await hudson(['migrate', '--status'])).code).toBe(0)
  vi.stubEnv('HUDSON_DATABASE_URL', url.replace(/:[^:@]+@/, ':wr0ng@'))
  const refused = await hudson(['migrate'])
  expect([refused.code, refused.out]).toEqual([1, ''])
  expect(refused.err).toContain('does not accept the user name or the password')
  expect(refused.err).not.toMatch(/wr0ng|\n\s+at /)
})

test('migrate that is not understood ends with code 2', async () => {
  vi.stubEnv('HUDSON_DATABASE_URL', undefined)
  onTestFinished(() => void vi.unstubAllEnvs())
  const runs = await Promise.all([
    hudson(['migrate']),
    hudson(['migrate', 'now', '--database-url', 'postgres://u@localhost/x']),
    hudson(['migrate', '--database-url', 'postgres://u@localhost/x', '--status', '--create-login', 'anna']),
  ])
  expect(runs.map(({ code }) => code)).toEqual([2, 2, 2])
  expect(runs[0]?.err).toContain('migrate needs --database-url URL, or HUDSON_DATABASE_URL.')
  expect((await hudson(['migrate', '--help'])).code).toBe(0)
})
