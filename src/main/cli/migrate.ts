import { AppError } from '#shared/app-error.ts'
import type { ClientConfig, Client } from 'pg'
import { readFileSync } from 'node:fs'
import type { Migration } from '../db/migrate.ts'
import { classifyError } from '../sync/classify-error.ts'
import { checkLoginIsNew, checkLoginName, createLogin } from '../sync/create-login.ts'
import { describeTarget, directUrl, parseDatabaseUrl } from '../sync/database-url.ts'
import { MigrationError, migrateRemote, remoteStatus, withClient } from '../sync/remote-migrate.ts'
import { remoteMigrations } from '../sync/remote-migrations.ts'

export interface MigrateOptions {
  readonly url: string
  readonly status: boolean
  /** Also make a login of this name. */
  readonly createLogin?: string | undefined
  /** A PEM file of the certificates to trust. */
  readonly caFile?: string | undefined
  readonly allowTls12: boolean
  readonly migrations?: readonly Migration[]
  /** Gets what was asked for, line by line. */
  readonly print: (line: string) => void
  /** Gets what else there is to tell. */
  readonly tell: (line: string) => void
}

/** `hudson migrate`. Throws an AppError with words for whoever looks after the database. */
export async function migrate(options: MigrateOptions): Promise<void> {
  if (options.createLogin !== undefined) checkLoginName(options.createLogin)
  const { migrations = remoteMigrations } = options
  // Not through a pooler, which would know nothing of our settings.
  const config: ClientConfig = {
    ...parseDatabaseUrl(directUrl(options.url), { ca: readCa(options.caFile), allowTls12: options.allowTls12 }),
    application_name: 'hudson-migrate',
  }
  try {
    await withClient(config, async (client) => {
      if (options.status) await printStatus(client, migrations, options.print)
      else if (options.createLogin === undefined) await apply(client, migrations, options.print)
      else await applyAndCreateLogin(client, migrations, { ...options, createLogin: options.createLogin })
    })
  } catch (error) {
    throw inWords(error, options.url)
  }
}

async function printStatus(
  client: Client,
  migrations: readonly Migration[],
  print: MigrateOptions['print'],
): Promise<void> {
  for (const { name, appliedAt } of await remoteStatus(client, migrations)) {
    print(appliedAt ? `applied ${name} (${appliedAt.toISOString()})` : `pending ${name}`)
  }
}

async function apply(client: Client, migrations: readonly Migration[], print: MigrateOptions['print']): Promise<void> {
  const count = await migrateRemote(client, migrations, ({ name }) => print(`applied ${name}`))
  print(`${count === 0 ? 'already up to date' : 'up to date'}: schema ${migrations.length}`)
}

async function applyAndCreateLogin(
  client: Client,
  migrations: readonly Migration[],
  { url, createLogin: name, print, tell }: MigrateOptions & { readonly createLogin: string },
): Promise<void> {
  await checkLoginIsNew(client, name)
  await apply(client, migrations, tell)
  const handOut = new URL(url)
  handOut.username = name
  handOut.password = await createLogin(client, name)
  print(handOut.href)
}

function readCa(path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new AppError('not-found', `The CA file ${path} cannot be read.`, { cause: error })
  }
}

/** An administrator is told more than a producer: which database, and what the server itself said of a failed migration. */
function inWords(error: unknown, url: string): AppError {
  if (error instanceof AppError) return new AppError(error.code, `${describeTarget(url)}: ${error.message}`)
  const failed = error instanceof MigrationError ? error.message : null
  const cause = failed === null ? error : (error as Error).cause
  const { kind, code, problem } = classifyError(cause)
  return new AppError(code, `${describeTarget(url)}: ${wordsFor(kind, failed, cause) ?? problem}`, { cause: error })
}

function wordsFor(kind: string, failed: string | null, cause: unknown): string | null {
  if (kind === 'rights') {
    return (
      'This login may not set up the database. Nothing was changed. Use the URL of its owner: a login that may create ' +
      'tables in the schema "public", and roles (CREATEROLE).'
    )
  }
  if (kind === 'retry')
    return 'Another program keeps something open in it. Nothing was changed. End that one, then try again.'
  const said = cause instanceof Error ? cause.message : String(cause)
  if (failed !== null) return `${failed} failed, and nothing of it was kept: ${said}`
  return kind === 'server' || kind === 'unmigrated' ? `The server says: ${said}` : null
}
