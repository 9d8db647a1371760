import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import { AppError } from '#shared/app-error.ts'
import { parseBackupName } from '../db/backup-files.ts'
import { moveDurably, syncFile } from '../db/durable-files.ts'
import type { UpdateEngine } from './engine.ts'
import { isUnchanged } from './package-file.ts'
import type { UpdateRecord, UpdateRecordState } from './update-record.ts'
import { wayBack } from './way-back.ts'
import type { WayBack } from './way-back.ts'

export interface DataFiles {
  readonly dataDir: string
  readonly dbPath: string
  readonly journalPath: string
}

interface GoingBack {
  readonly record: UpdateRecord
  readonly engine: UpdateEngine
  readonly version: string
  readonly files: DataFiles
  readonly now: string
}

/** The way back, where it can be gone now. Throws `conflict` where it cannot. */
export async function usableWayBack(state: UpdateRecordState, version: string): Promise<WayBack & { kind: 'back' }> {
  const way = wayBack(state, version)
  if (way.kind === 'none') throw new AppError('conflict', way.reason)
  if (await isUnchanged(way.to)) return way
  throw new AppError(
    'conflict',
    'The package of the earlier version was changed, so it is not used. Nothing was changed.',
  )
}

/**
 * Puts the version before this one in place, and where it cannot read the data, the backup that was made for it. Only while
 * nothing has the data open. Throws `conflict` where that is not allowed or not possible; then nothing was changed.
 */
export async function goBack({ record, engine, version, files, now }: GoingBack): Promise<void> {
  const way = await usableWayBack(record.state, version)
  if (way.needsBackup && way.backup !== null) putBackupInPlace(files, way.backup, now)
  const installed = { ...way.to, rollbackAllowed: [] }
  const before = record.state
  // First: the version that is started by it reads this.
  record.change({ boot: null, installed, prepared: null, previous: null, ready: null, onQuit: false, failure: null })
  try {
    await engine.install(way.to, { restart: true })
  } catch (error) {
    record.change(before)
    throw error
  }
}

/** Puts a backup in the place of the database, which goes to `quarantine` with all that belongs to it: nothing is deleted. */
export function putBackupInPlace(files: DataFiles, backup: string, now: string): void {
  const folder = join(files.dataDir, 'quarantine', `newer-${now.replaceAll(/[:.]/g, '-')}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  copyFileSync(backup, `${files.dbPath}.back`)
  syncFile(`${files.dbPath}.back`)
  for (const path of [files.dbPath, `${files.dbPath}-wal`, `${files.dbPath}-shm`, files.journalPath]) {
    if (existsSync(path)) moveDurably(path, join(folder, basename(path)))
  }
  moveDurably(`${files.dbPath}.back`, files.dbPath)
}

/** The newest backup that this app can read, where the data itself was written by a newer one. */
export function readableBackup(
  { dataDir }: DataFiles,
  dbSchema: number,
): { readonly path: string; readonly at: string } | null {
  const folder = join(dataDir, 'backups')
  if (!existsSync(folder)) return null
  const found = readdirSync(folder).flatMap((file) => {
    const name = parseBackupName(file)
    return name ? [{ path: join(folder, file), at: name.at }] : []
  })
  return found.toSorted((a, b) => (a.at < b.at ? 1 : -1)).find(({ path }) => schemaOf(path) <= dbSchema) ?? null
}

function schemaOf(path: string): number {
  try {
    const db = new Database(path, { readonly: true })
    try {
      return Number(db.pragma('user_version', { simple: true }))
    } finally {
      db.close()
    }
  } catch {
    // One that cannot be read is none to go back to.
    return Infinity
  }
}
