import Database from 'better-sqlite3'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BackupFolder } from '../../src/main/backups/backup-folder.ts'
import { backupFileName } from '../../src/main/db/backup-files.ts'
import { migrate, orderMigrations } from '../../src/main/db/migrate.ts'
import { openDb } from '../../src/main/db/open.ts'
import { tempDir } from '../recovery/data-dir.ts'
import { add, contents, openShelf } from './support.ts'

test('a file of an older version is migrated as a copy, and restored', async () => {
  using root = tempDir()
  await using shelf = openShelf(join(root.path, 'data'))
  const path = join(root.path, 'old.db')
  const old = new Database(path)
  const files = ['0001-base.sql', '0002-product-search.sql']
  migrate(
    old,
    orderMigrations(
      Object.fromEntries(files.map((file) => [file, readFileSync(join('migrations/local', file), 'utf8')])),
    ),
    () => {},
  )
  old.exec(
    `INSERT INTO brands VALUES ('01920000-0000-7000-8000-000000000001', 'Old', 'old', '', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')`,
  )
  old.close()
  const before = readFileSync(path)
  expect(await shelf.call('backups.restore', { path })).toMatchObject({ restored: 1 })
  expect(shelf.db.sqlite.prepare('SELECT name FROM brands').pluck().all()).toEqual(['Old'])
  expect(readFileSync(path).equals(before)).toBe(true)
  expect(readdirSync(join(root.path, 'data', 'backups'))).toEqual([expect.stringMatching(/^before-restore/)])
})

test('a backup that is made after the clock was set back is kept, and the oldest of the others goes', () => {
  using root = tempDir()
  const folder = new BackupFolder(root.path)
  const names = Array.from({ length: 10 }, (_, n) => backupFileName('manual', new Date(2e12 + n).toISOString()))
  const made = folder.freeName('manual', new Date(1e12).toISOString())
  for (const name of [...names, made]) writeFileSync(join(root.path, name), '')
  folder.prune(made)
  expect(readdirSync(root.path).toSorted()).toEqual([made, ...names.slice(1)].toSorted())
})

test.each([
  ['is not there', 'not-found', /no such backup/, () => {}],
  ['is a folder', 'bad-call', /no backup of Hudson/, (path: string) => mkdirSync(path)],
  ['is empty', 'bad-call', /no backup of Hudson/, (path: string) => writeFileSync(path, '')],
  [
    'is a letter',
    'bad-call',
    /no backup of Hudson/,
    (path: string) => writeFileSync(path, 'Dear grandmother. '.repeat(99)),
  ],
  [
    'belongs to another program',
    'bad-call',
    /no backup of Hudson/,
    (path: string) => {
      const db = new Database(path)
      db.exec('CREATE TABLE products (anything)')
      db.close()
    },
  ],
  [
    'is damaged',
    'bad-call',
    /damaged/,
    (path: string) => {
      openDb(path)[Symbol.dispose]()
      writeFileSync(path, readFileSync(path).fill(0xa5, 30_000, 60_000))
    },
  ],
  [
    'is of a newer version',
    'update-required',
    /newer version/,
    (path: string) => {
      openDb(path)[Symbol.dispose]()
      const db = new Database(path)
      db.pragma('user_version = 77')
      db.pragma(`application_id = ${0x4844_0000 | 77}`)
      db.close()
    },
  ],
] as const)('a file that %s is refused in words, and nothing is changed', async (...[_what, code, words, make]) => {
  using root = tempDir()
  await using shelf = openShelf(join(root.path, 'data'))
  add.brand(shelf)
  const path = join(root.path, 'file.db')
  make(path)
  const before = contents(shelf.db)
  for (const name of ['backups.preview', 'backups.restore'] as const) {
    await expect(shelf.call(name, { path })).rejects.toMatchObject({ code, message: expect.stringMatching(words) })
  }
  expect([contents(shelf.db), (await shelf.call('backups.list', {})).items]).toEqual([before, []])
})

test.each([{}, { id: 'daily-2026-11-22T10-00-00-000Z', path: '/x' }, { id: '../hudson' }, { id: 'hudson' }])(
  'a backup is named by an id or a path, and an id leads nowhere else: %o',
  async (which) => {
    using root = tempDir()
    await using shelf = openShelf(root.path)
    const code = 'id' in which && !('path' in which) ? 'not-found' : 'bad-call'
    await expect(shelf.call('backups.preview', which)).rejects.toMatchObject({ code })
  },
)
