import { AppError } from '#shared/app-error.ts'
import type { Client, ClientConfig } from 'pg'
import { createHash } from 'node:crypto'
import type { Migration } from '../db/migrate.ts'

// Migrates the team's database. What holds, whoever runs it and however often:
// 1. Each migration commits together with its row in schema_migrations, or leaves nothing.
// 2. Two at once wait for each other: every transaction takes the same lock first and looks again. The lock is the
//    transaction's own, so it also holds through a pooler.
// 3. A database that is newer, changed or somebody else's is refused before anything is written.

/** Any number that no other program of this database takes: "hudson" in ASCII. */
const LOCK = 0x68_75_64_73_6f_6e
const OLDEST_SERVER = 150_000

interface Applied {
  readonly version: number
  readonly name: string
  readonly checksum: string
  readonly appliedAt: Date
}

export interface MigrationStatus {
  readonly name: string
  /** Null: not yet. */
  readonly appliedAt: Date | null
}

/** Connects for the time of `work`. Fails with what the driver throws (`classifyError`). */
export async function withClient<T>(config: ClientConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const { Client } = (await import('pg')).default
  // A suspended Neon database may take its time to wake up.
  const client = new Client({ connectionTimeoutMillis: 15_000, keepAlive: true, ...config })
  // A connection that breaks also fails the query that waits for it; without a listener it would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Applies what is pending, one transaction each, and tells each after its commit. Answers how many they were. */
export async function migrateRemote(
  client: Client,
  migrations: readonly Migration[],
  onApplied: (migration: Migration) => void,
): Promise<number> {
  for (let count = 0; ; count += 1) {
    const applied = await inTransaction(client, () => applyNext(client, migrations))
    if (!applied) return count
    onApplied(applied)
  }
}

/** Tells what is applied and what is pending. Only reads. */
export async function remoteStatus(client: Client, migrations: readonly Migration[]): Promise<MigrationStatus[]> {
  const applied = await readApplied(client, migrations)
  return migrations.map(({ name }, index) => ({ name, appliedAt: applied[index]?.appliedAt ?? null }))
}

/** Applies the first that is pending, if any. */
async function applyNext(client: Client, migrations: readonly Migration[]): Promise<Migration | undefined> {
  await client.query(`SELECT pg_advisory_xact_lock(${LOCK}::bigint)`)
  // Another one's migration is waited for, however long it takes; what somebody forgot to close is not.
  await client.query(`SET LOCAL lock_timeout = '30s'`)
  const applied = await readApplied(client, migrations)
  const next = migrations[applied.length]
  if (!next) return undefined
  await client.query(
    `CREATE TABLE IF NOT EXISTS schema_migrations (
       version int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
     )`,
  )
  await client.query(next.sql).catch((error: unknown) => {
    throw new MigrationError(next.name, error)
  })
  await client.query('INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)', [
    next.version,
    next.name,
    checksumOf(next),
  ])
  return next
}

/** A migration's own SQL failed; nothing of it was kept. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'

  constructor(migration: string, cause: unknown) {
    super(migration, { cause })
  }
}

async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    // Whatever the login's own settings are. A lock that somebody holds open is waited for, but not for ever.
    await client.query(
      `SET LOCAL search_path = public; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '30s'`,
    )
    const value = await work()
    await client.query('COMMIT')
    return value
  } catch (error) {
    // A connection that is gone has rolled back already.
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

/** What is applied, in order, having checked that these migrations can go on from it. */
async function readApplied(client: Client, migrations: readonly Migration[]): Promise<Applied[]> {
  await checkServer(client)
  if (!(await hasOurTable(client))) return []
  const { rows } = await client.query<Applied>(
    'SELECT version, name, checksum, applied_at AS "appliedAt" FROM public.schema_migrations ORDER BY version',
  )
  const newest = rows.at(-1)?.version ?? 0
  if (newest > migrations.length) {
    throw new AppError(
      'update-required',
      `The database was set up by a newer version of Hudson (database ${newest}, this version ${migrations.length}). ` +
        'Nothing was changed. Use the newer version.',
    )
  }
  rows.forEach((row, index) => {
    const ours = migrations[index]
    if (ours?.version === row.version && ours.name === row.name && checksumOf(ours) === row.checksum) return
    throw new AppError(
      'conflict',
      `The database was set up with another text of ${row.name} than this version of Hudson has. Nothing was changed. ` +
        'Use the version that set it up, or an empty database.',
    )
  })
  return rows
}

async function checkServer(client: Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version`,
  )
  const [server] = rows
  if (server && server.number >= OLDEST_SERVER) return
  throw new AppError(
    'update-required',
    `The server is PostgreSQL ${server?.version}; Hudson needs 15 or newer. Nothing was changed. Update the server.`,
  )
}

/** False: the database is empty. Throws where it holds the tables of something else; Rails too has a schema_migrations. */
async function hasOurTable(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ name: string; ours: boolean }>(
    `SELECT c.relname AS name, c.relname = 'schema_migrations' AND 2 = (
       SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
         AND (a.attname, a.atttypid) IN (('version', 'int4'::regtype), ('checksum', 'text'::regtype))) AS ours
     FROM pg_class c
     WHERE c.relnamespace = to_regnamespace('public') AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
     ORDER BY c.relname`,
  )
  if (rows.length === 0) return false
  if (rows.some(({ ours }) => ours)) return true
  const names = rows.slice(0, 3).map(({ name }) => name)
  if (rows.length > names.length) names.push('…')
  throw new AppError(
    'conflict',
    `The database holds tables of something else (${names.join(', ')}). Nothing was changed. ` +
      'Make an empty database for Hudson and use its URL.',
  )
}

/** Of the text with plain line ends: a checkout may have turned them. */
function checksumOf({ sql }: Migration): string {
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex')
}
