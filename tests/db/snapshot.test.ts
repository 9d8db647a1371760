import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Db } from '../../src/main/db/database.ts'
import { openDb } from '../../src/main/db/open.ts'

function twoConnections(): readonly [Db, Db] {
  const folder = mkdtempSync(join(tmpdir(), 'hudson-snapshot-'))
  const [one, two] = [openDb(join(folder, 'hudson.db')), openDb(join(folder, 'hudson.db'))]
  onTestFinished(() => {
    one[Symbol.dispose]()
    two[Symbol.dispose]()
    rmSync(folder, { recursive: true })
  })
  return [one, two]
}

const settings = (db: Db): unknown => db.statement('SELECT count(*) FROM settings').pluck(true).get()
const add = (db: Db, name: string): void =>
  void db.statement("INSERT INTO settings (name, value) VALUES (?, '1')").run(name)

test('what a snapshot reads is of one moment, whatever is committed meanwhile', () => {
  const [one, two] = twoConnections()
  const seen = one.snapshot(() => {
    const before = settings(one)
    add(two, 'x')
    return [before, settings(one)]
  })
  expect(seen).toEqual([0, 0])
  expect(settings(one)).toBe(1)
})

test('a snapshot inside a write sees what was written, and does not end it', () => {
  const [one, two] = twoConnections()
  one.sqlite
    .transaction(() => {
      add(one, 'x')
      expect(one.snapshot(() => settings(one))).toBe(1)
      add(one, 'y')
    })
    .immediate()
  expect(settings(two)).toBe(2)
})

test('a snapshot that fails is over', () => {
  const [one] = twoConnections()
  expect(() =>
    one.snapshot(() => {
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(one.sqlite.inTransaction).toBe(false)
  add(one, 'x')
})
