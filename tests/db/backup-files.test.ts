import Database from 'better-sqlite3'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backupFileName, copyDatabase, parseBackupName } from '../../src/main/db/backup-files.ts'
import { openDb } from '../../src/main/db/open.ts'

function folder(): Disposable & { readonly dir: string } {
  const dir = mkdtempSync(join(tmpdir(), 'hudson-copy-'))
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) }
}

test('a name says what made the backup and when; other files are none', () => {
  const at = '2026-11-22T10:00:00.123Z'
  for (const kind of ['daily', 'manual', 'before-live', 'before-restore', 'before-migration'] as const) {
    expect(parseBackupName(backupFileName(kind, at))).toEqual({ kind, at })
  }
  expect(parseBackupName(backupFileName('before-migration', at, '-v2'))).toEqual({ kind: 'before-migration', at })
  for (const name of ['daily.db', 'notes.txt', 'daily-2026-11-22T10-00-00-123Z.db.part', '../daily-x.db']) {
    expect(parseBackupName(name), name).toBeNull()
  }
})

test('a copy is whole, private, and made while others write', () => {
  using here = folder()
  using db = openDb(join(here.dir, 'hudson.db'))
  db.sqlite.exec(`INSERT INTO settings VALUES ('a', '1')`)
  using reader = openDb(join(here.dir, 'hudson.db'))
  const to = join(here.dir, 'backups', 'copy.db')
  copyDatabase(reader.sqlite, to)
  db.sqlite.exec(`INSERT INTO settings VALUES ('b', '2')`)
  const copy = new Database(to, { readonly: true })
  expect(copy.prepare('SELECT name FROM settings').pluck().all()).toEqual(['a'])
  expect(copy.pragma('user_version', { simple: true })).toBe(db.sqlite.pragma('user_version', { simple: true }))
  copy.close()
  expect([statSync(to).mode & 0o777, readdirSync(join(here.dir, 'backups'))]).toEqual([0o600, ['copy.db']])
})

test('where the disk is full, or the database is damaged, nothing half-written is left', () => {
  using here = folder()
  using db = openDb(join(here.dir, 'hudson.db'))
  const to = join(here.dir, 'backups', 'copy.db')
  // A file where the folder should be stands for a disk that takes nothing.
  writeFileSync(join(here.dir, 'backups'), '')
  expect(() => copyDatabase(db.sqlite, to)).toThrow(/EEXIST|ENOTDIR/)
  rmSync(join(here.dir, 'backups'))
  db.sqlite.unsafeMode(true)
  db.sqlite.pragma('writable_schema = ON')
  db.sqlite.exec(`UPDATE sqlite_schema SET rootpage = 9999 WHERE name = 'settings'`)
  db.sqlite.pragma('writable_schema = RESET')
  expect(() => copyDatabase(db.sqlite, to)).toThrow(/malformed/)
  expect(existsSync(to)).toBe(false)
  expect(readdirSync(join(here.dir, 'backups'))).toEqual([])
})
