import type { BackupKind } from '#shared/backups.ts'
import Database from 'better-sqlite3'
import { chmodSync, closeSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DamagedDatabase } from './damage.ts'
import { moveDurably, syncFile } from './durable-files.ts'

/** What a backup's file name says. */
export interface BackupName {
  readonly kind: BackupKind
  /** ISO 8601 in UTC. */
  readonly at: string
}

/** The name of a backup's file, from what made it and when: `daily-2026-11-22T10-00-00-000Z.db`. */
export function backupFileName(kind: BackupKind, at: string, detail = ''): string {
  return `${kind}${detail}-${at.replaceAll(/[:.]/g, '-')}.db`
}

/** null where the file is no backup. */
export function parseBackupName(file: string): BackupName | null {
  const match = NAME.exec(file)
  const [, kind, date, hours, minutes, seconds, ms] = match ?? []
  return kind === undefined ? null : { kind: kind as BackupKind, at: `${date}T${hours}:${minutes}:${seconds}.${ms}Z` }
}

const NAME =
  /^(daily|manual|before-live|before-restore|before-migration|before-update)(?:-v\d+)?-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z\.db$/

/**
 * A consistent copy of a whole database, private to the user, while others go on reading and writing it. It is checked before
 * it gets its name: afterwards it is there whole, or not at all.
 */
export function copyDatabase(from: Database.Database, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  const part = `${to}.part`
  rmSync(part, { force: true })
  try {
    // SQLite writes into an empty file that is there, and leaves its mode.
    closeSync(openSync(part, 'wx', 0o600))
    from.prepare('VACUUM INTO ?').run(part)
    chmodSync(part, 0o600)
    verifyCopy(part)
    syncFile(part)
    moveDurably(part, to)
  } catch (error) {
    rmSync(part, { force: true })
    rmSync(`${part}-journal`, { force: true })
    throw error
  }
}

function verifyCopy(path: string): void {
  const copy = new Database(path, { readonly: true })
  try {
    const [first] = copy.pragma('integrity_check(1)') as { integrity_check: string }[]
    if (first?.integrity_check !== 'ok') throw new DamagedDatabase(`a copy is damaged: ${first?.integrity_check}`)
  } finally {
    copy.close()
  }
}
