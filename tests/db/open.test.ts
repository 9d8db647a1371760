import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AppError } from '../../src/shared/app-error.ts'
import { DamagedDatabase } from '../../src/main/db/damage.ts'
import { migrate, orderMigrations } from '../../src/main/db/migrate.ts'
import { openDb } from '../../src/main/db/open.ts'
import { dataDirProblem } from '../../src/main/storage-problem.ts'

function folder(): Disposable & { readonly dir: string; readonly file: string; hash(): string } {
  const dir = mkdtempSync(join(tmpdir(), 'hudson-open-'))
  const file = join(dir, 'hudson.db')
  return {
    dir,
    file,
    hash: () => createHash('sha256').update(readFileSync(file)).digest('hex'),
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }),
  }
}

function made(file: string, sql: string): void {
  const db = new Database(file)
  db.exec(sql)
  db.close()
}

function failureOf(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}

test('a new database is private to the user, keeps what it acknowledged and checks its references', () => {
  using here = folder()
  using db = openDb(here.file)
  const pragma = (name: string): unknown => db.sqlite.pragma(name, { simple: true })
  expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1])
  expect(statSync(here.file).mode & 0o777).toBe(0o600)
  expect(existsSync(join(here.dir, 'backups'))).toBe(false)
})

test('a database newer than the app is refused and stays as it is, to the byte', () => {
  using here = folder()
  made(here.file, 'CREATE TABLE of_tomorrow (id); PRAGMA user_version = 999')
  chmodSync(here.file, 0o640)
  const before = here.hash()
  expect(failureOf(() => openDb(here.file))).toMatchObject({ code: 'update-required' })
  expect([here.hash(), statSync(here.file).mode & 0o777, readdirSync(here.dir)]).toEqual([before, 0o640, ['hudson.db']])
})

test.each([
  ['newer', 60, 77],
  ['of another program', 60, 0],
  ['of another version', 71, 1],
])('damage of the header that makes a database look %s is seen as damage', (_what, at, value) => {
  using here = folder()
  openDb(here.file)[Symbol.dispose]()
  const bytes = readFileSync(here.file)
  if (at === 60) bytes.writeUInt32BE(value, at)
  else bytes[at] = value
  writeFileSync(here.file, bytes)
  expect(failureOf(() => openDb(here.file))).toBeInstanceOf(DamagedDatabase)
})

test('a database of another program is refused and stays as it is', () => {
  using here = folder()
  made(here.file, 'CREATE TABLE products (anything)')
  const before = here.hash()
  expect(failureOf(() => openDb(here.file))).toMatchObject({ code: 'conflict' })
  expect(here.hash()).toBe(before)
})

test.each([
  ['not a database', Buffer.from('a letter to my grandmother. '.repeat(500))],
  ['a database whose pages are damaged', 'damaged'],
] as const)('a file that is %s is refused in words and stays as it is', (_what, content) => {
  using here = folder()
  if (content === 'damaged') {
    openDb(here.file)[Symbol.dispose]()
    const bytes = readFileSync(here.file)
    bytes.fill(0xa5, 4096 / 8, bytes.length / 2)
    writeFileSync(here.file, bytes)
  } else writeFileSync(here.file, content)
  const before = here.hash()
  const told = dataDirProblem(failureOf(() => openDb(here.file)))
  expect(told).toBeInstanceOf(AppError)
  expect(told?.message).toMatch(/damaged/)
  expect(told?.message).not.toContain(here.dir)
  expect(here.hash()).toBe(before)
})

test('an older database is copied whole before it is migrated', () => {
  using here = folder()
  const first = orderMigrations({ '0001-base.sql': readFileSync('migrations/local/0001-base.sql', 'utf8') })
  const old = new Database(here.file)
  migrate(old, first, () => {
    throw new Error('a new database needs no copy')
  })
  old.exec(`INSERT INTO brands VALUES ('b', 'Old', 'old', '', '2026-01-01', '2026-01-01')`)
  old.close()
  using db = openDb(here.file)
  expect(db.sqlite.prepare('SELECT name FROM brands').pluck().all()).toEqual(['Old'])
  const [copy, ...more] = readdirSync(join(here.dir, 'backups'))
  expect([copy, more]).toEqual([expect.stringMatching(/^before-migration-v1-.*\.db$/), []])
  const path = join(here.dir, 'backups', copy ?? '')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  using kept = openCopy(path)
  expect([
    kept.pragma('user_version', { simple: true }),
    kept.prepare('SELECT name FROM brands').pluck().all(),
  ]).toEqual([1, ['Old']])
})

function openCopy(path: string): Database.Database & Disposable {
  const db = new Database(path, { readonly: true })
  return Object.assign(db, { [Symbol.dispose]: () => void db.close() })
}

test('a migration that fails leaves the database at the version before it', () => {
  const db = new Database(':memory:')
  const steps = orderMigrations({
    '0001-one.sql': 'CREATE TABLE one (id TEXT)',
    '0002-two.sql': 'CREATE TABLE two (id TEXT); INSERT INTO nowhere VALUES (1)',
  })
  expect(() => migrate(db, steps, () => undefined)).toThrow('nowhere')
  expect(db.pragma('user_version', { simple: true })).toBe(1)
  expect(db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all()).toEqual(['one'])
  db.close()
})

test.each([
  ['a gap', { '0001-a.sql': '', '0003-c.sql': '' }],
  ['a double', { '0001-a.sql': '', 'x/0001-b.sql': '' }],
  ['a name of another form', { 'first.sql': '' }],
])('migrations with %s are refused', (_what, files) => {
  expect(() => orderMigrations(files)).toThrow(/igration/)
})
