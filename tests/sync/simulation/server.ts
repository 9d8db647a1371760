import pg from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { PostgresRemote } from '../../../src/main/sync/postgres.ts'
import { copyDatabase, createDatabase, dropDatabase } from '../../support/postgres.ts'

const migrations = Object.entries(
  import.meta.glob<string>('../../../migrations/remote/*.sql', { query: '?raw', import: 'default', eager: true }),
)
  .toSorted(([a], [b]) => a.localeCompare(b))
  .map(([, sql]) => sql)
  .join('\n')

/** Ids that the server makes are the same each time a seed runs. Its tokens are not: they tell histories apart. */
const repeatable = `CREATE SEQUENCE simulated_ids;
  CREATE FUNCTION simulated_id() RETURNS uuid LANGUAGE sql AS $$ SELECT md5(nextval('public.simulated_ids')::text)::uuid $$;
  ${migrations.replaceAll('PRIMARY KEY DEFAULT gen_random_uuid()', 'PRIMARY KEY DEFAULT simulated_id()')}`

/** Changes the text of `migrations/remote`, to plant a fault. */
export type Sabotage = (sql: string) => string

/** The tables that are synced, parts before their wholes. */
export const tables = [
  'session_states',
  'session_products',
  'sessions',
  'talking_points',
  'product_images',
  'product_variants',
  'products',
  'brands',
  'message_presets',
  'conflicts',
  'conflict_log',
] as const

export type Row = Readonly<Record<string, unknown>>

/** A row of `sync_index` that changed. */
export interface Indexed {
  readonly entity: string
  readonly id: string
  readonly rev: number
  readonly deleted: boolean
}

/** The team's database, made anew for each seed. */
export class SimServer implements AsyncDisposable {
  readonly #adminUrl: string
  readonly #template: string
  #url: string | null = null
  /** Cannot be used for the next seed. */
  #spoiled = false
  #admin: pg.Client | null = null
  #psql: pg.Client | null = null
  #lookout: pg.Client | null = null
  readonly #remotes = new Map<string, PostgresRemote>()
  /** psql holds a transaction open, and with it the clock. */
  psqlOpen = false

  private constructor(adminUrl: string, template: string) {
    this.#adminUrl = adminUrl
    this.#template = template
  }

  static async start(adminUrl: string, sabotage: Sabotage = (sql) => sql): Promise<SimServer> {
    const template = await createDatabase(adminUrl)
    const client = await connect(template)
    await client.query(sabotage(repeatable))
    await client.end()
    return new SimServer(adminUrl, template)
  }

  /** An empty team database. */
  async begin(): Promise<void> {
    if (this.#url === null || this.#spoiled) {
      await this.#leave()
      await this.#enter(await createDatabase(this.#adminUrl, { template: new URL(this.#template).pathname.slice(1) }))
      this.#spoiled = false
      return
    }
    await this.sql(`${tables.map((table) => `DELETE FROM ${table};`).join('')}
      DELETE FROM sync_results; DELETE FROM sync_clients; DELETE FROM sync_index; DELETE FROM sync_revs;
      UPDATE sync_clock SET rev = 0, schema_version = 1, min_client_schema = 1, database_id = gen_random_uuid();
      INSERT INTO sync_revs (rev, token) SELECT rev, token FROM sync_clock;
      ALTER SEQUENCE simulated_ids RESTART`)
  }

  /** What a client of this name and version calls. */
  remote(device: string, schema: number): PostgresRemote {
    const key = `${device} ${schema}`
    let remote = this.#remotes.get(key)
    if (!remote) {
      const connection = { connectionString: this.url }
      remote = new PostgresRemote({
        calls: connection,
        listening: connection,
        about: { device, version: '0' },
        schema,
        // Silence is the simulated network's to make: a busy machine must not be taken for it.
        silentMs: 600_000,
        deadlineMs: 600_000,
      })
      this.#remotes.set(key, remote)
    }
    return remote
  }

  /** Aside from what psql does. */
  async sql(text: string, values?: readonly unknown[]): Promise<Row[]> {
    return (await open(this.#admin).query<Row>(text, values && [...values])).rows
  }

  async psql(text: string, values?: readonly unknown[]): Promise<Row[]> {
    return (await open(this.#psql).query<Row>(text, values && [...values])).rows
  }

  /** The newest rev, and what changed since another one, as it is seen from outside or by psql. */
  async since(
    rev: number,
    by: 'sql' | 'psql' = 'sql',
  ): Promise<{ readonly rev: number; readonly changed: readonly Indexed[] }> {
    const rows = await this[by](
      `SELECT greatest(c.rev, (SELECT max(r.rev) FROM sync_revs r))::float8 AS head, x.entity, x.id, x.rev::float8, x.deleted FROM sync_clock c
       LEFT JOIN sync_index x ON x.rev > $1 ORDER BY x.rev, x.entity, x.id`,
      [rev],
    )
    return { rev: Number(rows[0]?.['head']), changed: rows.filter(({ id }) => id !== null) as unknown as Indexed[] }
  }

  /** Every row of a table, as Postgres' JSON says it. */
  async rows(table: string): Promise<Row[]> {
    const rows = await this.sql(`SELECT row_to_json(t) AS r FROM ${table} t ORDER BY id`)
    return rows.map((row) => row['r'] as Row)
  }

  /** Waits until a call comes to its end, or for a lock that psql holds. */
  async endOrLock(call: Promise<void>): Promise<void> {
    if (!this.psqlOpen) return call
    const end = call.then(() => 'ended' as const)
    while ((await Promise.race([end, sleep(1)])) !== 'ended') {
      // Not psql: in a transaction it would see what it saw first.
      const { rows } = await open(this.#lookout).query(
        `SELECT 1 AS yes FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
      if (rows.length > 0) return
    }
  }

  /** A copy to go back to. */
  async snapshot(): Promise<string> {
    this.#spoiled = true
    const from = this.url
    await this.#hangUp()
    const copy = await copyDatabase(from)
    await this.#enter(from)
    return copy
  }

  /** The database is what it was at the snapshot; its address is the same to clients. */
  async restore(snapshot: string): Promise<void> {
    await this.#leave()
    await this.#enter(snapshot)
    this.#spoiled = true
    // What it makes from now on has other ids than what it made then.
    await this.sql(`SELECT setval('simulated_ids', nextval('simulated_ids') + 1000000)`)
  }

  /** The next seed gets a fresh one. */
  spoil(): void {
    this.#spoiled = true
  }

  async drop(snapshot: string): Promise<void> {
    await dropDatabase(snapshot)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#leave()
    await dropDatabase(this.#template)
  }

  get url(): string {
    if (this.#url === null) throw new Error('no database yet')
    return this.#url
  }

  async #enter(url: string): Promise<void> {
    this.#url = url
    this.#admin = await connect(url)
    this.#psql = await connect(url)
    this.#lookout = await connect(url)
  }

  async #leave(): Promise<void> {
    await this.#hangUp()
    if (this.#url !== null) await dropDatabase(this.#url)
    this.#url = null
  }

  async #hangUp(): Promise<void> {
    for (const remote of this.#remotes.values()) await remote[Symbol.asyncDispose]()
    this.#remotes.clear()
    await this.#admin?.end()
    await this.#psql?.end()
    await this.#lookout?.end()
    this.#lookout = null
    this.#admin = null
    this.#psql = null
    this.psqlOpen = false
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client
}

function open(client: pg.Client | null): pg.Client {
  if (!client) throw new Error('no database yet')
  return client
}
