import Database from 'better-sqlite3'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { backupFileName } from '../../src/main/db/backup-files.ts'
import { tempDir } from '../recovery/data-dir.ts'
import { add, openShelf, setMode } from './support.ts'
import type { Shelf } from './support.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

async function kinds(shelf: Shelf): Promise<string[]> {
  return (await shelf.call('backups.list', {})).items.map(({ kind }) => kind)
}

describe('a backup', () => {
  test('holds everything, is checked, private, and listed with the newest first', async () => {
    using root = tempDir()
    await using shelf = openShelf(root.path)
    add.brand(shelf, 'Acme')
    const first = await shelf.call('backups.create', {})
    shelf.clock.advance(1_000)
    const second = await shelf.call('backups.create', {})
    expect((await shelf.call('backups.list', {})).items).toEqual([second, first])
    const path = join(root.path, 'backups', `${first.id}.db`)
    expect(first).toEqual({
      id: 'manual-2026-11-22T10-00-00-000Z',
      kind: 'manual',
      at: shelf.clock.now().replace('01.000', '00.000'),
      bytes: statSync(path).size,
    })
    expect([statSync(path).mode & 0o777, readdirSync(join(root.path, 'backups')).length]).toEqual([0o600, 2])
    const copy = new Database(path, { readonly: true })
    expect([
      copy.pragma('integrity_check', { simple: true }),
      copy.prepare('SELECT name FROM brands').pluck().all(),
    ]).toEqual(['ok', ['Acme']])
    copy.close()
  })

  test('of a database that is damaged does not count, and leaves nothing behind', async () => {
    using root = tempDir()
    await using shelf = openShelf(root.path)
    for (let n = 0; n < 50; n++) add.brand(shelf, `Brand ${n} ${'x'.repeat(300)}`)
    await shelf.call('backups.create', {})
    shelf.db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
    const page = shelf.db.sqlite.prepare(`SELECT max(pageno) FROM dbstat WHERE name = 'brands'`).pluck().get() as number
    const bytes = readFileSync(join(root.path, 'hudson.db'))
    bytes.fill(0xee, (page - 1) * 4096, page * 4096)
    writeFileSync(join(root.path, 'hudson.db'), bytes)
    shelf.clock.advance(1_000)
    await expect(shelf.call('backups.create', {})).rejects.toThrow(/malformed|damaged/)
    expect(readdirSync(join(root.path, 'backups'))).toEqual(['manual-2026-11-22T10-00-00-000Z.db'])
  })

  test('goes where a person wants it, and never over a file that is there', async () => {
    using root = tempDir()
    await using shelf = openShelf(join(root.path, 'data'))
    const path = join(root.path, 'copy.db')
    const made = await shelf.call('backups.create', { path })
    expect([made.bytes, statSync(path).mode & 0o777]).toEqual([statSync(path).size, 0o600])
    const before = readFileSync(path)
    await expect(shelf.call('backups.create', { path })).rejects.toMatchObject({ code: 'conflict' })
    await expect(shelf.call('backups.create', { path: 'copy.db' })).rejects.toMatchObject({ code: 'bad-call' })
    const nowhere = join(root.path, 'no', 'copy.db')
    await expect(shelf.call('backups.create', { path: nowhere })).rejects.toMatchObject({ code: 'not-found' })
    expect([readFileSync(path).equals(before), readdirSync(root.path).toSorted()]).toEqual([true, ['copy.db', 'data']])
    expect(await kinds(shelf)).toEqual([])
  })
})

describe('by itself', () => {
  test('one is made every day, some time after the start; not of nothing, and not during a show', async () => {
    using root = tempDir()
    await using shelf = openShelf(root.path)
    shelf.backups.start()
    shelf.clock.advance(2 * DAY)
    await shelf.settled()
    expect(await kinds(shelf)).toEqual([])
    const session = add.session(shelf)
    shelf.clock.advance(HOUR)
    await shelf.settled()
    expect(await kinds(shelf)).toEqual(['daily'])
    shelf.clock.advance(23 * HOUR)
    await shelf.settled()
    expect(await kinds(shelf)).toEqual(['daily'])
    setMode(shelf, session, 'rehearsal')
    shelf.clock.advance(3 * HOUR)
    await shelf.settled()
    expect(await kinds(shelf)).toEqual(['daily'])
    setMode(shelf, session, 'off')
    shelf.clock.advance(HOUR)
    await shelf.settled()
    expect(await kinds(shelf)).toEqual(['daily', 'daily'])
  })

  test('a start within the day makes no second one', async () => {
    using root = tempDir()
    {
      await using shelf = openShelf(root.path)
      add.session(shelf)
      shelf.backups.start()
      shelf.clock.advance(3 * MINUTE)
      await shelf.settled()
    }
    await using shelf = openShelf(root.path)
    shelf.backups.start()
    shelf.clock.advance(HOUR)
    await shelf.settled()
    expect(await kinds(shelf)).toEqual(['daily'])
  })

  test('one is begun when a session goes live, and nothing waits for it', async () => {
    using root = tempDir()
    await using shelf = openShelf(root.path)
    const session = add.session(shelf)
    setMode(shelf, session, 'rehearsal')
    setMode(shelf, session, 'live')
    expect(await kinds(shelf)).toEqual([])
    await shelf.settled()
    expect(await kinds(shelf)).toEqual(['before-live'])
    setMode(shelf, session, 'live')
    await shelf.settled()
    expect(await kinds(shelf)).toEqual(['before-live'])
  })

  test('one that fails is in the log, and nowhere else', async () => {
    using root = tempDir()
    await using shelf = openShelf(root.path)
    const session = add.session(shelf)
    writeFileSync(join(root.path, 'backups'), 'no folder')
    setMode(shelf, session, 'live')
    await shelf.settled()
    expect(shelf.log).toMatchObject([{ event: 'a backup failed', fields: { kind: 'before-live' } }])
  })

  test('seven daily ones and ten others stay; what a kill left half-written goes', async () => {
    using root = tempDir()
    const folder = join(root.path, 'backups')
    mkdirSync(folder)
    const at = (n: number): string => `2026-10-${String(n).padStart(2, '0')}T10:00:00.000Z`
    for (let n = 1; n <= 12; n++) {
      writeFileSync(join(folder, backupFileName('daily', at(n))), '')
      writeFileSync(
        join(folder, backupFileName(n % 2 === 0 ? 'before-live' : 'before-migration', at(n), n % 2 === 0 ? '' : '-v1')),
        '',
      )
    }
    for (const name of ['daily-2026-11-01T10-00-00-000Z.db.part', 'notes.txt']) writeFileSync(join(folder, name), '')
    await using shelf = openShelf(root.path)
    shelf.backups.start()
    await shelf.call('backups.create', {})
    const { items } = await shelf.call('backups.list', {})
    expect([items.filter(({ kind }) => kind === 'daily').length, items.length]).toEqual([7, 17])
    expect(items.at(-1)?.at).toBe(at(4))
    expect(existsSync(join(folder, 'notes.txt'))).toBe(true)
    expect(readdirSync(folder)).toHaveLength(18)
  })
})
