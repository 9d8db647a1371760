import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'
import type { Postgres } from './postgres.ts'

/** What the first who asks for the server, and all after it, are told. */
export type PostgresAnswer = { readonly url: string } | { readonly problem: string }

/**
 * One Postgres for all tests of a run, started when the first test asks for it: a run of tests without a database pays
 * nothing. Tests ask on a socket (`testDatabase`), as workers share nothing with this process.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'hudson-tests-'))
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\hudson-tests-${process.pid}` : join(folder, 'postgres')
  const asked: { server?: Promise<Postgres> } = {}
  const desk = createServer((socket) => {
    socket.on('error', () => {})
    asked.server ??= startPostgres()
    void asked.server
      .then(
        ({ url }): PostgresAnswer => ({ url }),
        (error: Error): PostgresAnswer => ({ problem: error.message }),
      )
      .then((answer) => socket.end(JSON.stringify(answer)))
  })
  desk.listen(path)
  await once(desk, 'listening')
  project.provide('postgresDesk', path)
  return async () => {
    desk.close()
    const server = await asked.server?.catch(() => undefined)
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `postgres-setup.ts` answers. */
    postgresDesk: string
  }
}
