import Database from 'better-sqlite3'
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { DamagedDatabase, isDamage } from '../db/damage.ts'
import { checkFitsApp, localSchema } from '../db/open.ts'
import { synced } from '../db/schema.ts'
import { isJson } from './tables.ts'
import { readWal } from './wal-file.ts'

export type Condition =
  /** Nothing is there yet. */
  { readonly kind: 'absent' } | { readonly kind: 'sound' } | { readonly kind: 'damaged'; readonly reason: string }

export interface InspectOptions {
  /** Something told of damage before: look at everything, however long it takes. */
  readonly suspect: boolean
  /** Whether something in the data dir speaks of a database that was in use here. */
  readonly wasUsed: () => boolean
}

/** Up to these sizes, in bytes, a database is looked at as a whole: about 8 and 3 ms for each million. */
const WHOLE = 8_000_000
const QUICK = 32_000_000
/** After an end that was not clean. */
const QUICK_AFTER_CRASH = 128_000_000

/**
 * Looks at the local database before it is opened, as closely as its size allows without keeping anybody waiting. Changes
 * nothing. Throws where it is sound but not for this app (`checkFitsApp`), or cannot be read at all.
 */
export function inspect(path: string, { suspect, wasUsed }: InspectOptions): Condition {
  const size = sizeOf(path)
  const logged = sizeOf(`${path}-wal`) > 0
  // SQLite takes a file without content for a new database, and throws away the log beside it.
  if (size === 0) return logged || wasUsed() ? damaged('the file is empty or gone') : { kind: 'absent' }
  if (logged) {
    const lost = readWal(readFileSync(`${path}-wal`))?.lost.length ?? 0
    if (lost > 0) return damaged(`${lost} pages of the newest changes are cut off by damage before them`)
  }
  try {
    look(path, { suspect, size, logged })
    return { kind: 'sound' }
  } catch (error) {
    // All of its statements are ours and right, for every database of ours that is whole.
    if (isDamage(error) || isSqliteError(error)) return damaged(error.message)
    throw error
  } finally {
    // A reader leaves its files behind.
    if (!logged) for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
  }
}

interface Effort {
  readonly suspect: boolean
  readonly size: number
  /** It was not closed: the process was killed, or the power went. */
  readonly logged: boolean
}

function look(path: string, effort: Effort): void {
  const db = new Database(path, { readonly: true })
  try {
    checkFitsApp(db)
    checkTables(db)
    checkPages(db, effort)
    checkValues(db)
  } finally {
    db.close()
  }
}

function isSqliteError(error: unknown): error is Error {
  return error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR'
}

function damaged(reason: string): Condition {
  return { kind: 'damaged', reason }
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0
}

function checkPages(db: Database.Database, { suspect, size, logged }: Effort): void {
  if (suspect || size <= WHOLE) return refuseProblems(db, 'integrity_check(3)')
  if (size <= (logged ? QUICK_AFTER_CRASH : QUICK)) return refuseProblems(db, 'quick_check(3)')
  // What is nowhere else. The rest is looked at in the background.
  for (const table of IRREPLACEABLE) if (hasTable(db, table)) refuseProblems(db, `integrity_check(${table})`)
}

const OWN = [
  'settings',
  'live_messages',
  'media_files',
  'media_sessions',
  'sync_state',
  'sync_outbox',
  'sync_base',
  'sync_held',
  'sync_aside',
  'jobs',
  'job_items',
  'point_proposals',
  'shopify_changes',
]
const IRREPLACEABLE = [
  'settings',
  'sync_state',
  'sync_outbox',
  'sync_base',
  'sessions',
  'session_products',
  'session_states',
]

function checkTables(db: Database.Database): void {
  if (db.pragma('user_version', { simple: true }) !== localSchema) return
  const missing = [...OWN, ...synced].filter((table) => !hasTable(db, table))
  if (missing.length > 0) throw new DamagedDatabase(`there is no table ${missing.join(', ')}`)
}

function refuseProblems(db: Database.Database, pragma: string): void {
  const rows = db.pragma(pragma) as Record<string, string>[]
  const problems = rows.flatMap((row) => Object.values(row)).filter((text) => text !== 'ok')
  if (problems.length > 0) throw new DamagedDatabase(problems.slice(0, 3).join('; '))
}

/** What Hudson could not start with. */
function checkValues(db: Database.Database): void {
  for (const table of ['settings', 'sync_state']) {
    if (!hasTable(db, table)) continue
    const rows = db.prepare(`SELECT name, value FROM ${table}`).all() as { name: string; value: string }[]
    for (const { name, value } of rows)
      if (!isJson(value)) throw new DamagedDatabase(`${table}: ${name} cannot be read`)
  }
}

function hasTable(db: Database.Database, name: string): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(name) !== undefined
}
