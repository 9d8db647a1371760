import pg from 'pg'
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'

/** A Postgres server: `url` is its superuser's, to the database `postgres`. */
export interface Postgres extends AsyncDisposable {
  readonly url: string
  stop(): Promise<void>
}

/**
 * A real Postgres: the server of HUDSON_TEST_DATABASE_URL (a superuser's URL) where that is set, else one that is started
 * here on a free port and gone with its data when it is stopped or this process ends. Throws with the reason where there
 * can be none. Needs no vitest; in tests, use `testDatabase`.
 */
export async function startPostgres(): Promise<Postgres> {
  const given = process.env['HUDSON_TEST_DATABASE_URL']
  if (given) return { url: given, stop: async () => {}, [Symbol.asyncDispose]: async () => {} }
  const keeper = fork(join(import.meta.dirname, 'postgres-keeper.ts'), {
    // In a session of its own: Ctrl+C in the terminal must not end it before it has cleaned up.
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const exited = once(keeper, 'exit')
  const stop = async (): Promise<void> => {
    keeper.ref()
    if (keeper.connected) keeper.disconnect()
    await exited
  }
  const [answer] = (await Promise.race([once(keeper, 'message'), exited.then(() => [{}])])) as [
    { url?: string; problem?: string },
  ]
  if (answer.url === undefined) {
    await stop()
    throw new Error(`No Postgres could be started: ${answer.problem ?? 'its keeper ended'}`)
  }
  keeper.unref()
  keeper.channel?.unref()
  return { url: answer.url, stop, [Symbol.asyncDispose]: stop }
}

/** Makes an empty database, or a copy of `template`, on the server of `adminUrl`. Returns its URL. */
export async function createDatabase(adminUrl: string, { template = 'template0' } = {}): Promise<string> {
  const name = `hudson_test_${randomBytes(6).toString('hex')}`
  await administer(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${pg.escapeIdentifier(template)} STRATEGY FILE_COPY`)
  return withDatabase(adminUrl, name)
}

/** Drops the database of a URL, whoever is connected to it. */
export async function dropDatabase(url: string): Promise<void> {
  await administer(url, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(databaseOf(url))} WITH (FORCE)`)
}

/** Copies the database of a URL as it is now, and returns the copy's URL. Ends all connections to the source. */
export async function copyDatabase(fromUrl: string): Promise<string> {
  const source = databaseOf(fromUrl)
  const name = pg.escapeIdentifier(source)
  await administer(
    fromUrl,
    // Who was cut off tries again at once: kept out until the copy is made.
    `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`,
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = ${pg.escapeLiteral(source)}`,
  )
  try {
    return await createDatabase(fromUrl, { template: source })
  } finally {
    await administer(fromUrl, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
  }
}

/** Runs statements one by one in the database `postgres`. */
async function administer(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(url, 'postgres') })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(name)}`
  return changed.href
}
