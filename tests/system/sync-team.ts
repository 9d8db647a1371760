import { onTestFinished, vi } from 'vitest'
import pg from 'pg'
import { unwrap } from '#shared/reply.ts'
import { testDatabase } from '../support/test-database.ts'
import { hudson, serve, tempDir } from './hudson.ts'
import type { Server } from './hudson.ts'

export type Row = Record<string, unknown>

/** A team's database, set up by the command, and psql. */
export async function teamOf(): Promise<{ url: string; sql: (text: string, values?: unknown[]) => Promise<Row[]> }> {
  const url = await testDatabase()
  const { code, err } = await hudson(['migrate', '--database-url', url])
  if (code !== 0) throw new Error(err)
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  onTestFinished(() => client.end())
  return { url, sql: async (text, values = []) => (await client.query<Row>(text, values)).rows }
}

/** A `hudson serve` on a team's database. */
export async function serveTeam(databaseUrl: string, dataDir: string): Promise<Server> {
  // It is read when the process is made, which is before the first wait.
  vi.stubEnv('HUDSON_DATABASE_URL', databaseUrl)
  try {
    return await serve(dataDir)
  } finally {
    vi.unstubAllEnvs()
  }
}

/** A desktop: its server, ended after the test, and what it answers, checked no further than the test reads it. */
export interface Desktop {
  readonly server: Server
  call<T = Row>(name: string, input?: unknown): Promise<T>
}

export async function openDesktop(databaseUrl: string): Promise<Desktop> {
  const dir = tempDir()
  const server = await serveTeam(databaseUrl, dir.path)
  onTestFinished(async () => {
    await server[Symbol.asyncDispose]()
    dir[Symbol.dispose]()
  })
  return { server, call: async <T>(name: string, input: unknown = {}) => unwrap(await server.call(name, input)) as T }
}
