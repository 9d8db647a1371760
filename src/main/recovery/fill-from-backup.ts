import Database from 'better-sqlite3'
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseBackupName } from '../db/backup-files.ts'
import { isDamage } from '../db/damage.ts'
import { localSchema, migrateTo } from '../db/open.ts'
import { isJson, SAVED } from './tables.ts'
import type { Saved } from './tables.ts'

export interface FillOptions {
  /** Tables of which something may be missing. */
  readonly lost: ReadonlySet<Saved>
  readonly backupsDir: string
  /** Where files may be made that are thrown away afterwards. */
  readonly work: string
}

export interface Filled {
  readonly rows: number
  readonly backup: string | null
  /** What the backup knows of the team. */
  readonly state: ReadonlyMap<string, unknown>
}

/** Brings in rows of the newest good backup that a rebuilt database does not have. What waited then is not taken: it is old. */
export function fillFromBackup(db: Database.Database, { lost, backupsDir, work }: FillOptions): Filled {
  for (const file of newestFirst(backupsDir)) {
    const backup = openBackup(join(backupsDir, file), work)
    if (!backup) continue
    try {
      const tables = SAVED.filter((table) => lost.has(table) && !table.startsWith('sync_'))
      const rows = db.transaction(() => tables.reduce((sum, table) => sum + copyTable(backup, db, table), 0))()
      return { rows, backup: file, state: lost.has('sync_state') ? stateOf(backup) : new Map() }
    } finally {
      backup.close()
    }
  }
  return { rows: 0, backup: null, state: new Map() }
}

function newestFirst(dir: string): string[] {
  if (!existsSync(dir)) return []
  const dated = readdirSync(dir).flatMap((file) => {
    const name = parseBackupName(file)
    return name ? [{ file, at: name.at }] : []
  })
  return dated.toSorted((a, b) => (a.at < b.at ? 1 : -1)).map(({ file }) => file)
}

/** At our version; null where it is damaged, or none that this app can read. */
function openBackup(path: string, work: string): Database.Database | null {
  mkdirSync(work, { recursive: true, mode: 0o700 })
  const copy = join(work, 'backup.db')
  copyFileSync(path, copy)
  const db = new Database(copy)
  try {
    const [first] = db.pragma('integrity_check(1)') as { integrity_check: string }[]
    if (first?.integrity_check === 'ok' && Number(db.pragma('user_version', { simple: true })) > 0) {
      migrateTo(db, localSchema)
      return db
    }
  } catch (error) {
    if (!isDamage(error) && !(error instanceof Error && 'code' in error && error.code === 'update-required'))
      throw error
  }
  db.close()
  return null
}

function copyTable(from: Database.Database, to: Database.Database, table: Saved): number {
  const columns = (to.pragma(`table_info(${table})`) as { name: string }[])
    .map(({ name }) => name)
    // This machine's number of a product may be another one's by now.
    .filter((name) => name !== 'key')
  const names = columns.join(', ')
  const put = to.prepare(`INSERT OR IGNORE INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')})`)
  let rows = 0
  for (const row of from.prepare(`SELECT ${names} FROM ${table}`).raw(true).iterate() as Iterable<unknown[]>) {
    rows += put.run(row).changes
  }
  return rows
}

function stateOf(backup: Database.Database): Map<string, unknown> {
  const rows = backup.prepare('SELECT name, value FROM sync_state').all() as { name: string; value: string }[]
  return new Map(
    rows.filter(({ value }) => isJson(value)).map(({ name, value }) => [name, JSON.parse(value) as unknown]),
  )
}
