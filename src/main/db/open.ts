import Database from 'better-sqlite3'
import { chmodSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { backupFileName, copyDatabase } from './backup-files.ts'
import { Db } from './database.ts'
import { checkFits, mark, migrate, orderMigrations } from './migrate.ts'

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
    sqlite.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
    sqlite.pragma('cache_size = -65536')
    sqlite.pragma('temp_store = MEMORY')
    // A log that one large transaction made long does not stay so.
    sqlite.pragma(`journal_size_limit = ${LOG_LIMIT}`)
    migrate(sqlite, migrations, (from) => backUpBeforeMigration(sqlite, path, from))
    mark(sqlite)
  } catch (error) {
    sqlite.close()
    throw error
  }
  return new Db(sqlite)
}

const LOG_LIMIT = 32_000_000
/** Pages of the log that are taken over at once: of a page that changes time and again, that is then the work of one. */
export const LOG_PAGES = 4_000

/** Throws where a database is none that this app can open, as `openDb` would. Only reads. */
export function checkFitsApp(sqlite: Database.Database): void {
  checkFits(sqlite, migrations)
}

/** Brings a database that holds nothing, or an older version, to a version: for one that is being rebuilt. No backup. */
export function migrateTo(sqlite: Database.Database, version: number): void {
  migrate(sqlite, migrations.slice(0, version), () => {})
}

function backUpBeforeMigration(sqlite: Database.Database, path: string, from: number): void {
  if (path === ':memory:') return
  const name = backupFileName('before-migration', new Date().toISOString(), `-v${from}`)
  copyDatabase(sqlite, join(dirname(path), 'backups', name))
}
