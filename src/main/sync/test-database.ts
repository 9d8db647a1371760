import { AppError } from '#shared/app-error.ts'
import type { TeamSettings } from '#shared/settings.ts'
import type { Client } from 'pg'
import { performance } from 'node:perf_hooks'
import { classifyError } from './classify-error.ts'
import { readCa } from './connect.ts'
import { parseDatabaseUrl } from './database-url.ts'
import { withClient } from './remote-migrate.ts'

interface Found {
  /** The functions of the protocol are there, and may be called; null = they are not there. */
  readonly hello: boolean | null
  readonly leases: boolean | null
  readonly version: string
}

/**
 * setup.testDatabase: connects, and looks whether this is a team's database that this login may use. What is wrong is the answer. A
 * suspended database has 15 s to wake up.
 */
export async function testDatabase(
  url: string,
  { caFile, allowTls12 }: Pick<TeamSettings, 'caFile' | 'allowTls12'>,
): Promise<{ ok: boolean; detail: string }> {
  const begun = performance.now()
  try {
    const config = parseDatabaseUrl(url, { ca: readCa(caFile), allowTls12 })
    const found = await withClient({ ...config, application_name: 'hudson-setup' }, look)
    return judged(found, Math.round(performance.now() - begun))
  } catch (error) {
    return { ok: false, detail: error instanceof AppError ? error.message : classifyError(error).problem }
  }
}

async function look(client: Client): Promise<Found> {
  const may = (signature: string): string =>
    `(SELECT has_function_privilege(to_regprocedure('public.${signature}'), 'execute'))`
  const { rows } = await client.query<Found>(
    `SELECT ${may('sync_hello(uuid,uuid,uuid[],uuid,integer,uuid,bigint,jsonb)')} AS hello,
       ${may('team_lease_look(uuid,uuid)')} AS leases, current_setting('server_version') AS version`,
  )
  return rows[0] ?? { hello: null, leases: null, version: '' }
}

const ADMIN = 'whoever looks after the database'

function judged({ hello, leases, version }: Found, ms: number): { ok: boolean; detail: string } {
  if (hello === null) {
    return {
      ok: false,
      detail: `The database answers, and is not set up for Hudson yet. Ask ${ADMIN} to run "hudson migrate" on it.`,
    }
  }
  if (!hello) {
    return {
      ok: false,
      detail: `This login may not use Hudson's functions. Ask ${ADMIN} for one made by "hudson migrate --create-login".`,
    }
  }
  if (leases !== true) {
    return {
      ok: false,
      detail: `The database was set up by an older Hudson. Ask ${ADMIN} to run "hudson migrate" on it again.`,
    }
  }
  return { ok: true, detail: `PostgreSQL ${version.split(' ')[0]}, reached in ${ms} ms, ready for the team.` }
}
