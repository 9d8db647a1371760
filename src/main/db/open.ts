import Database from 'better-sqlite3'
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Db } from './database.ts'
import { checkFits, migrate, orderMigrations } from './migrate.ts'

const migrations = orderMigrations(
  import.meta.glob<string>('../../../migrations/local/*.sql', { query: '?raw', import: 'default', eager: true }),
)

/** The version of the local schema that this app speaks. */
export const localSchema = migrations.length

/** Opens (or makes) `hudson.db` at `path`, private to the user, and migrates it. `:memory:` gives an empty one for tests. */
export function openDb(path: string): Db {
  const inMemory = path === ':memory:'
  if (!inMemory) mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const sqlite = new Database(path)
  try {
    // Before anything that writes: a newer or broken database stays as it is, to the byte.
    checkFits(sqlite, migrations)
    if (!inMemory) chmodSync(path, 0o600)
    sqlite.pragma('journal_mode = WAL')
    sqlite.pragma('synchronous = FULL')
    // On macOS a plain fsync does not flush the drive's cache; elsewhere these two do nothing.
    sqlite.pragma('fullfsync = 1')
    sqlite.pragma('checkpoint_fullfsync = 1')
    sqlite.pragma('foreign_keys = ON')
    sqlite.pragma('busy_timeout = 5000')
    sqlite.pragma('cache_size = -65536')
    sqlite.pragma('temp_store = MEMORY')
    migrate(sqlite, migrations, (from) => backUpBeforeMigration(sqlite, path, from))
  } catch (error) {
    sqlite.close()
    throw error
  }
  return new Db(sqlite)
}

/** A consistent copy in `backups/`, named by the version that it holds and the time. */
function backUpBeforeMigration(sqlite: Database.Database, path: string, from: number): void {
  if (path === ':memory:') return
  const folder = join(dirname(path), 'backups')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const file = join(folder, `before-migration-v${from}-${stamp}.db`)
  if (existsSync(file)) return
  sqlite.prepare('VACUUM INTO ?').run(file)
  chmodSync(file, 0o600)
}
