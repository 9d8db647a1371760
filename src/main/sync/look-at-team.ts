import type { Client } from 'pg'
import { REMOTE_SCHEMA } from './remote.ts'

/** What a login finds in a database. */
export interface TeamFound {
  /** The functions of the protocol are there, and may be called; null = they are not there. */
  readonly hello: boolean | null
  readonly leases: boolean | null
  /** It may change the tables themselves: an owner's login. */
  readonly isOwner: boolean
  /** Of the server. */
  readonly version: string
  /** `older`: it has less than this Hudson needs. null = it could not be asked. */
  readonly schema: 'fits' | 'older' | null
}

/**
 * Looks at a database as a desktop that says hello, and takes the hello back: nothing stays of it. `databaseId`: the team that
 * this computer belongs to. Fails as a hello does: HU426 needs a newer Hudson, HU409 is another team's.
 */
export async function lookAtTeam(client: Client, databaseId: string | null): Promise<TeamFound> {
  const may = (signature: string): string =>
    `(SELECT has_function_privilege(to_regprocedure('public.${signature}'), 'execute'))`
  const { rows } = await client.query<Omit<TeamFound, 'schema'>>(
    `SELECT ${may('sync_hello(uuid,uuid,uuid[],uuid,integer,uuid,bigint,jsonb)')} AS hello,
       ${may('team_lease_look(uuid,uuid)')} AS leases, current_setting('server_version') AS version,
       coalesce(has_table_privilege(to_regclass('public.products'), 'update'), false) AS "isOwner"`,
  )
  const found = rows[0] ?? { hello: null, leases: null, version: '', isOwner: false }
  return { ...found, schema: found.hello === true ? await schemaOf(client, databaseId) : null }
}

async function schemaOf(client: Client, databaseId: string | null): Promise<'fits' | 'older'> {
  await client.query('BEGIN')
  try {
    const about = JSON.stringify({ device: '', version: '' })
    const { rows } = await client.query<{ schema: number }>(
      `SELECT (sync_hello(gen_random_uuid(), NULL, '{}', gen_random_uuid(), $1, $2, 0, $3) ->> 'schema')::int AS schema`,
      [REMOTE_SCHEMA, databaseId, about],
    )
    return (rows[0]?.schema ?? 0) < REMOTE_SCHEMA ? 'older' : 'fits'
  } finally {
    await client.query('ROLLBACK')
  }
}
