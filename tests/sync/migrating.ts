import { AppError } from '#shared/app-error.ts'
import pg from 'pg'
import { expect, onTestFinished } from 'vitest'
import { migrate } from '../../src/main/cli/migrate.ts'
import type { MigrateOptions } from '../../src/main/cli/migrate.ts'
import { orderMigrations } from '../../src/main/db/migrate.ts'

/** Migrations of the tests' own. */
export const files = {
  '0001-first.sql': 'CREATE TABLE first (n int); INSERT INTO first VALUES (1);',
  '0002-second.sql': 'CREATE TABLE second (n int);\nINSERT INTO first VALUES (2);',
}

interface Run {
  readonly lines: readonly string[]
  readonly notes: readonly string[]
}

export async function run(
  url: string,
  options: Partial<MigrateOptions> & { files?: Record<string, string> } = {},
): Promise<Run> {
  const lines: string[] = []
  const notes: string[] = []
  await migrate({
    url,
    status: false,
    allowTls12: false,
    migrations: orderMigrations(options.files ?? files),
    print: (line) => lines.push(line),
    tell: (line) => notes.push(line),
    ...options,
  })
  return { lines, notes }
}

/** The words of the refusal. */
export async function refusal(url: string, options: Parameters<typeof run>[1] = {}): Promise<string> {
  const error: unknown = await run(url, options).then(
    () => new Error('it was accepted'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AppError)) throw error
  expect(error.message).not.toContain(new URL(url).password || '::')
  return error.message
}

/** The first column of what a statement answers. */
export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0])
  } finally {
    await client.end()
  }
}

export const tables = (url: string): Promise<unknown[]> =>
  query(url, `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`)

/** A login of its own, dropped afterwards, as roles outlive databases. */
export async function login(url: string, options = ''): Promise<string> {
  const name = `hudson_test_${crypto.randomUUID().replaceAll('-', '')}`
  await query(url, `CREATE ROLE ${name} LOGIN PASSWORD 'pw' ${options}`)
  onTestFinished(async () => {
    await query(url, `DROP OWNED BY ${name}`)
    await query(url, `DROP ROLE ${name}`)
  })
  const changed = new URL(url)
  changed.username = name
  changed.password = 'pw'
  return changed.href
}
