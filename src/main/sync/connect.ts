import { AppError } from '#shared/app-error.ts'
import type { TeamSettings } from '#shared/settings.ts'
import { readFileSync } from 'node:fs'
import { WorkerBulk } from './bulk.ts'
import type { Bulk, WorkerBulkOptions } from './bulk.ts'
import { directUrl, parseDatabaseUrl } from './database-url.ts'
import type { LeaseCalls } from './leases.ts'
import type { PresenceCalls } from './presence.ts'
import { PostgresRemote } from './postgres.ts'
import type { Remote } from './remote.ts'

export interface ConnectOptions {
  readonly databaseUrl: string
  readonly team: TeamSettings
  readonly about: { readonly device: string; readonly version: string }
  /** For large pulls in a thread of their own. */
  readonly bulk: Pick<WorkerBulkOptions, 'script' | 'dbPath' | 'stagePath'> | undefined
}

/** The ways to the team's database. */
export interface Connection {
  readonly remote: Remote
  readonly bulk: Bulk | undefined
  /** What is not synced but asked. Absent where the address cannot be used. */
  readonly team?: LeaseCalls & PresenceCalls
}

/**
 * The team's database as it is configured. Connects at the first call; what is wrong with the address or the CA file is the
 * answer to every call, so that work goes on and `sync.status` says what to do.
 */
export function connectRemote({ databaseUrl, team, about, bulk }: ConnectOptions): Connection {
  try {
    const options = { ca: readCa(team.caFile), allowTls12: team.allowTls12 }
    const connection = {
      calls: parseDatabaseUrl(databaseUrl, options),
      listening: parseDatabaseUrl(directUrl(databaseUrl), options),
      about,
    }
    const remote = new PostgresRemote(connection)
    return { remote, team: remote, bulk: bulk && new WorkerBulk({ ...bulk, connection }) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { remote: refusing(error), bulk: undefined }
  }
}

/** The certificates of a PEM file. Throws `bad-call` where it cannot be read. */
export function readCa(path: string | null): string | undefined {
  if (path === null) return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new AppError(
      'bad-call',
      'The file with the certificates to trust (settings, team.caFile) cannot be read. Choose it again, or take it out of the settings.',
      { cause },
    )
  }
}

function refusing(error: AppError): Remote {
  const refuse = async (): Promise<never> => {
    throw error
  }
  return {
    hello: refuse,
    push: refuse,
    pull: refuse,
    fetch: refuse,
    resolve: refuse,
    listen: refuse,
    rest: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
}
