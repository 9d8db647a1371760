import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { PageFile } from '../../src/main/recovery/page-file.ts'
import { readSchema, walkTree } from '../../src/main/recovery/trees.ts'
import { readWal, writeWal } from '../../src/main/recovery/wal-file.ts'
import { tempDir } from './data-dir.ts'

/** A database whose newest changes are in its log, and copies of both as a kill leaves them. */
function logged(dir: string, work: (db: Database.Database) => void) {
  const path = join(dir, 'one.db')
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.pragma('wal_autocheckpoint = 0')
  work(db)
  const copy = join(dir, 'copy.db')
  copyFileSync(path, copy)
  copyFileSync(`${path}-wal`, `${copy}-wal`)
  const all = (sql: string): unknown[][] => db.prepare(sql).raw().all() as unknown[][]
  return { db, copy, wal: readFileSync(`${copy}-wal`), all }
}

const value = fc.oneof(
  fc.constant(null),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Number.isInteger(number)),
  fc.string({ maxLength: 40 }).filter((text) => text.isWellFormed()),
  fc.string({ minLength: 3_000, maxLength: 20_000 }).filter((text) => text.isWellFormed()),
  fc.uint8Array({ maxLength: 9_000 }).map((bytes) => Buffer.from(bytes)),
)

test('what is read page by page is what SQLite reads, in tables with and without rowids, over a log', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 2 ** 40 }), value, value), {
        minLength: 1,
        maxLength: 60,
        selector: ([id]) => id,
      }),
      fc.nat({ max: 60 }),
      (rows, inFile) => {
        using root = tempDir()
        const { db, copy, all } = logged(root.path, (one) => {
          one.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, a, b)')
          one.exec('CREATE TABLE w (id TEXT PRIMARY KEY, a, b) WITHOUT ROWID')
          rows.forEach(([id, a, b], n) => {
            one.prepare('INSERT INTO t VALUES (?, ?, ?)').run(id, a, b)
            one.prepare('INSERT INTO w VALUES (?, ?, ?)').run(`row ${id}`, a, b)
            if (n === inFile) one.pragma('wal_checkpoint(TRUNCATE)')
          })
        })
        using file = new PageFile(copy, { wal: true })
        const read = (table: string): unknown[][] => {
          const root_ = must(
            readSchema(file).find(({ name }) => name === table),
            table,
          ).root
          const walk = walkTree(file, root_, new Set())
          const found = [...walk.cells].map(({ rowid, values }) =>
            rowid === null ? [...values] : [rowid, ...values.slice(1)],
          )
          expect(walk.broken()).toBe(0)
          return found.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))
        }
        const sorted = (found: unknown[][]): unknown[][] =>
          found.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))
        expect(read('t')).toEqual(sorted(all('SELECT * FROM t')))
        expect(read('w')).toEqual(sorted(all('SELECT * FROM w')))
        db.close()
      },
    ),
    { numRuns: 30 },
  )
})

describe('a log', () => {
  const FRAME = 4096 + 24
  const insert = (db: Database.Database, n: number): void => {
    for (let at = 0; at < n; at++) db.prepare('INSERT INTO t VALUES (randomblob(2000))').run()
  }

  test('is read as SQLite reads it, and what is made anew of it is as good', () => {
    using root = tempDir()
    const { db, copy, wal } = logged(root.path, (one) => {
      one.exec('CREATE TABLE t (a)')
      insert(one, 50)
    })
    const { frames, lost, pageSize } = must(readWal(wal), 'a log')
    expect([frames.length, lost]).toEqual([(wal.length - 32) / FRAME, []])
    writeFileSync(`${copy}-wal`, writeWal(wal, pageSize, frames))
    const again = new Database(copy)
    expect([
      again.prepare('SELECT count(*) FROM t').pluck().get(),
      again.pragma('integrity_check', { simple: true }),
    ]).toEqual([50, 'ok'])
    again.close()
    db.close()
  })

  test.each([
    ['a byte of a page', (wal: Buffer) => (wal[32 + FRAME * 20 + 3_000] = 0xff)],
    ['the checksum of a frame', (wal: Buffer) => (wal[32 + FRAME * 20 + 18] = 0xff)],
    ['the header', (wal: Buffer) => wal.fill(0, 0, 32)],
  ])('of which %s is damaged has lost what was committed after it; made anew it has it', (_what, damage) => {
    using root = tempDir()
    const { db, copy, wal, all } = logged(root.path, (one) => {
      one.exec('CREATE TABLE t (a)')
      insert(one, 50)
    })
    damage(wal)
    const { frames, lost, pageSize } = must(readWal(wal), 'a log')
    expect(lost.length).toBeGreaterThan(20)
    writeFileSync(`${copy}-wal`, writeWal(wal, pageSize, [...frames, ...lost]))
    const again = new Database(copy)
    expect(again.prepare('SELECT count(*) FROM t').raw().all()).toEqual(all('SELECT count(*) FROM t'))
    again.close()
    db.close()
  })

  test.each([
    [
      'holds what was rolled back',
      (db: Database.Database) => {
        insert(db, 10)
        db.pragma('cache_size = 5')
        db.exec('BEGIN')
        insert(db, 200)
        db.exec('ROLLBACK')
        insert(db, 3)
      },
    ],
    [
      'was begun anew over an older one',
      (db: Database.Database) => {
        insert(db, 100)
        db.pragma('wal_checkpoint(RESTART)')
        insert(db, 3)
      },
    ],
    [
      'holds a transaction that was not committed',
      (db: Database.Database) => {
        insert(db, 10)
        db.pragma('cache_size = 5')
        db.exec('BEGIN')
        insert(db, 200)
      },
    ],
  ])('that %s has lost nothing', (_what, work) => {
    using root = tempDir()
    const { db, wal } = logged(root.path, (one) => {
      one.exec('CREATE TABLE t (a)')
      work(one)
    })
    expect(wal.length).toBeGreaterThan(32 + FRAME * 90)
    expect(must(readWal(wal), 'a log').lost).toEqual([])
    if (db.inTransaction) db.exec('ROLLBACK')
    db.close()
  })

  test('whose last transaction was torn by a power cut has lost nothing: that was not acknowledged', () => {
    using root = tempDir()
    const { db, wal } = logged(root.path, (one) => {
      one.exec('CREATE TABLE t (a)')
      insert(one, 20)
      one.transaction(() => insert(one, 30))()
    })
    const last = Math.floor((wal.length - 32) / FRAME) - 1
    wal.fill(0, 32 + FRAME * (last - 5), 32 + FRAME * (last - 4))
    expect(must(readWal(wal), 'a log').lost).toEqual([])
    db.close()
  })
})
