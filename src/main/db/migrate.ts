import { AppError } from '#shared/app-error.ts'
import type Database from 'better-sqlite3'
import { DamagedDatabase } from './damage.ts'

/** One file of `migrations/local`: its number is the `user_version` that the database has after it. */
export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** The migrations of a folder's files (`NNNN-name.sql` → SQL), in order. Throws at a gap, a double or a name of another form. */
export function orderMigrations(files: Readonly<Record<string, string>>): Migration[] {
  const migrations = Object.entries(files).map(([path, sql]) => {
    const match = /(?:^|\/)(\d{4})-([a-z0-9-]+)\.sql$/.exec(path)
    if (!match) throw new Error(`Not a migration's name: ${path}`)
    return { version: Number(match[1]), name: `${match[1]}-${match[2]}`, sql }
  })
  migrations.sort((a, b) => a.version - b.version)
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1)
      throw new Error(`Migrations must count from 1 without a gap: ${migration.name}`)
  })
  return migrations
}

/**
 * Throws where the database is not one that these migrations can go on from: `update-required` where it is newer than the
 * app, `conflict` where another program made it, `DamagedDatabase` where its header contradicts itself. Only reads.
 */
export function checkFits(db: Database.Database, migrations: readonly Migration[]): void {
  const current = versionOf(db)
  const told = Number(db.pragma('application_id', { simple: true }))
  if (isOurs(told) && told !== markOf(current)) {
    throw new DamagedDatabase(`the header says version ${current} in one place, and ${told & 0xffff} in the other`)
  }
  if (current > migrations.length) {
    throw new AppError(
      'update-required',
      `This data was written by a newer version of Hudson (data ${current}, this app ${migrations.length}). ` +
        'Nothing was changed. Install the newer version, or choose another data folder.',
    )
  }
  const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get())
  if (current < 0 || (current === 0 && tables > 0)) {
    throw new AppError(
      'conflict',
      'The file hudson.db in this data folder was made by another program. Nothing was changed. ' +
        'Choose another data folder, or move that file away.',
    )
  }
}

/**
 * Brings the database to the newest version, forward only, each migration in a transaction of its own together with its
 * `user_version`. `backUp` runs once before the first, unless the database is new. Throws, before anything is touched,
 * where the database does not fit (`checkFits`).
 */
export function migrate(db: Database.Database, migrations: readonly Migration[], backUp: (from: number) => void): void {
  checkFits(db, migrations)
  const current = versionOf(db)
  const pending = migrations.slice(current)
  if (pending.length > 0 && current > 0) backUp(current)
  for (const migration of pending) {
    db.transaction(() => {
      db.exec(migration.sql)
      db.pragma(`user_version = ${migration.version}`)
      mark(db)
    }).immediate()
  }
}

/** Writes the version into the header a second time, beside what tells a database of ours from others'. */
export function mark(db: Database.Database): void {
  const right = markOf(versionOf(db))
  if (db.pragma('application_id', { simple: true }) !== right) db.pragma(`application_id = ${right}`)
}

/** 'HD', and the version. */
function markOf(version: number): number {
  return 0x4844_0000 | version
}

function isOurs(applicationId: number): boolean {
  return applicationId >>> 16 === 0x4844
}

function versionOf(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}
