import Database from 'better-sqlite3'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * One process at a time on a data dir. The lock is a file lock of the operating system (through SQLite, which knows how on
 * each of them), so it ends with its process, however that ends: nothing is left behind that could lock anyone out, and no
 * process id has to be trusted.
 *
 * Answers null where another process has it.
 */
export function lockDataDir(dataDir: string): Disposable | null {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, 'instance.lock')
  const lock = new Database(path, { timeout: 0 })
  try {
    chmodSync(path, 0o600)
    // A rollback journal in memory: an exclusive transaction then needs this one file only.
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    return { [Symbol.dispose]: () => lock.close() }
  } catch (error) {
    lock.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
    throw error
  }
}
