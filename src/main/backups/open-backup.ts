import { AppError } from '#shared/app-error.ts'
import Database from 'better-sqlite3'
import { existsSync, rmSync, statSync } from 'node:fs'
import { copyDatabase } from '../db/backup-files.ts'
import { isDamage } from '../db/damage.ts'
import { checkFitsApp, localSchema, migrateTo } from '../db/open.ts'

/** A backup that is opened, at our version. */
export interface OpenedBackup extends Disposable {
  readonly db: Database.Database
  readonly path: string
}

/**
 * Opens a backup to read from; its file stays as it is. One of an older version is migrated as a copy at `work`. Throws an
 * AppError that says what is wrong with it.
 */
export function openBackup(path: string, work: string): OpenedBackup {
  if (!existsSync(path)) throw new AppError('not-found', 'There is no such backup. Nothing was changed.')
  if (!statSync(path).isFile()) throw notOurs()
  check(path)
  if (versionOf(path) === localSchema) return opened(path, () => {})
  try {
    migratedCopy(path, work)
    return opened(work, () => rmSync(work, { force: true }))
  } catch (error) {
    rmSync(work, { force: true })
    throw error
  }
}

function migratedCopy(path: string, work: string): void {
  const old = new Database(path, { readonly: true })
  try {
    copyDatabase(old, work)
  } finally {
    old.close()
  }
  const db = new Database(work)
  try {
    migrateTo(db, localSchema)
  } finally {
    db.close()
  }
}

function opened(path: string, after: () => void): OpenedBackup {
  const db = new Database(path, { readonly: true })
  const close = (): void => {
    db.close()
    after()
  }
  return { db, path, [Symbol.dispose]: close }
}

function check(path: string): void {
  const db = new Database(path, { readonly: true })
  try {
    checkFitsApp(db)
    if (versionOf(path) === 0) throw notOurs()
    const [first] = db.pragma('integrity_check(1)') as { integrity_check: string }[]
    if (first?.integrity_check !== 'ok') throw damaged()
  } catch (error) {
    if (isDamage(error)) throw 'code' in error && error.code === 'SQLITE_NOTADB' ? notOurs() : damaged()
    if (error instanceof AppError && error.code === 'update-required') throw newer()
    if (error instanceof AppError && error.code === 'conflict') throw notOurs()
    throw error
  } finally {
    db.close()
  }
}

function versionOf(path: string): number {
  const db = new Database(path, { readonly: true })
  try {
    return Number(db.pragma('user_version', { simple: true }))
  } finally {
    db.close()
  }
}

function notOurs(): AppError {
  return new AppError('bad-call', 'This file is no backup of Hudson. Nothing was changed. Choose another file.')
}

function damaged(): AppError {
  return new AppError('bad-call', 'This backup is damaged. Nothing was changed. Choose another one.')
}

function newer(): AppError {
  return new AppError(
    'update-required',
    'This backup was made by a newer version of Hudson. Nothing was changed. Install that version, then restore it.',
  )
}
