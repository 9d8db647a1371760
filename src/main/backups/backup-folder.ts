import type { Backup, BackupKind } from '#shared/backups.ts'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { backupFileName, parseBackupName } from '../db/backup-files.ts'

const KEPT_DAILIES = 7
const KEPT_OTHERS = 10

/** The folder `backups` of a data dir. */
export class BackupFolder {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** Newest first. */
  list(): Backup[] {
    if (!existsSync(this.path)) return []
    const found = readdirSync(this.path).flatMap((file): Backup[] => {
      const name = parseBackupName(file)
      return name ? [{ id: file.slice(0, -ENDING.length), ...name, bytes: statSync(join(this.path, file)).size }] : []
    })
    return found.toSorted((a, b) => (a.at < b.at ? 1 : -1))
  }

  /** null where there is no such backup: only names of backups become paths. */
  pathOf(id: string): string | null {
    const file = `${id}${ENDING}`
    return parseBackupName(file) && existsSync(join(this.path, file)) ? join(this.path, file) : null
  }

  newest(kind: BackupKind): Backup | undefined {
    return this.list().find((backup) => backup.kind === kind)
  }

  /** A name that no backup has. */
  freeName(kind: BackupKind, at: string): string {
    for (let ms = Date.parse(at); ; ms += 1) {
      const file = backupFileName(kind, new Date(ms).toISOString())
      if (!existsSync(join(this.path, file))) return file
    }
  }

  /**
   * Removes the oldest, beyond 7 daily ones and 10 others. Never the one that was just made: where the computer's clock was set
   * back, it looks like the oldest of all.
   */
  prune(made: string): void {
    const all = this.list().filter(({ id }) => `${id}${ENDING}` !== made)
    const isDaily = parseBackupName(made)?.kind === 'daily'
    const dailies = all.filter(({ kind }) => kind === 'daily').slice(KEPT_DAILIES - Number(isDaily))
    const others = all.filter(({ kind }) => kind !== 'daily').slice(KEPT_OTHERS - Number(!isDaily))
    for (const { id } of [...dailies, ...others]) rmSync(join(this.path, `${id}${ENDING}`), { force: true })
  }

  /** Removes what a kill left half-written. */
  sweep(): void {
    if (!existsSync(this.path)) return
    for (const file of readdirSync(this.path)) {
      if (/^restore\.db|\.part(-journal)?$/.test(file)) rmSync(join(this.path, file), { force: true })
    }
  }
}

const ENDING = '.db'
