import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { backupFileName, copyDatabase } from '../../src/main/db/backup-files.ts'
import { openDb } from '../../src/main/db/open.ts'
import type { Log } from '../../src/main/log.ts'
import { openData } from '../../src/main/open-data.ts'
import type { OpenedData } from '../../src/main/open-data.ts'
import { noteSuspicion } from '../../src/main/recovery/quarantine.ts'
import { readReport, storeReport } from '../../src/main/recovery/recovery.ts'
import { describeDamage } from '../../src/main/recovery/report.ts'
import { readJournal } from '../../src/main/sync/journal.ts'
import { pendingMutations } from '../../src/main/sync/outbox-rows.ts'
import { SyncState } from '../../src/main/sync/state.ts'
import { FakeClock } from '../support/core.ts'
import { filesOf, Hands, killed, listening, openStation, rowsOf, said, seeded, tempDir } from './data-dir.ts'
import type { Station } from './data-dir.ts'

const clock = new FakeClock()

interface Made {
  readonly joined: boolean
  readonly edits: number
  /** Before the last edits. */
  readonly first?: (station: Station) => void
}

/** A data dir as it is left by a process that was killed with `edits` edits in the log, those before in the file. */
function made(root: string, { joined, edits, first }: Made) {
  const at = join(root, 'first')
  using station = openStation(at, { joined })
  const hands = new Hands(station, seeded(7))
  hands.furnish(20)
  first?.(station)
  station.db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
  const filed = rowsOf(station.db)
  for (let n = 0; n < edits; n++) hands.edit()
  const dir = killed(at, join(root, 'killed'))
  const pending = joined ? station.outbox.pending() : []
  return { dir, pending, filed, rows: rowsOf(station.db), clientId: joined ? station.state.identity.clientId : null }
}

function opened(dir: string, log: Log = listening()): OpenedData & Disposable {
  const data = openData(filesOf(dir), { clock, log })
  return { ...data, [Symbol.dispose]: () => data.db[Symbol.dispose]() }
}

function garble(path: string, { from = 0, to = Infinity } = {}): void {
  const bytes = readFileSync(path)
  const random = seeded(3)
  for (let at = from; at < Math.min(to, bytes.length); at++) bytes[at] = Math.floor(random() * 256)
  writeFileSync(path, bytes)
}

function quarantine(dir: string): string {
  return join(dir, 'quarantine', must(readdirSync(join(dir, 'quarantine'))[0], 'a folder'))
}

test('a sound data dir is opened as it is', () => {
  using root = tempDir()
  const { dir, pending, rows } = made(root.path, { joined: true, edits: 20 })
  const log = listening()
  using data = opened(dir, log)
  expect([data.complete, log.heard, readReport(data.db)]).toEqual([true, [], null])
  expect(readdirSync(dir).toSorted()).toEqual(['hudson.db', 'hudson.db-shm', 'hudson.db-wal', 'hudson.journal'])
  expect(pendingMutations(data.db)).toEqual(pending)
  expect(rowsOf(data.db)).toEqual(rows)
})

test('[D3] garbage over the whole database: every edit that waited is in the queue of a new client', () => {
  using root = tempDir()
  const { dir, pending, clientId } = made(root.path, { joined: true, edits: 50 })
  const files = filesOf(dir)
  garble(files.dbPath)
  garble(`${files.dbPath}-wal`)
  const names = ['hudson.db', 'hudson.db-wal', 'hudson.journal']
  const before = names.map((name) => readFileSync(join(dir, name)))
  using data = opened(dir)
  const { db } = data
  expect(pendingMutations(db).map(said)).toEqual(pending.map(said))
  expect(readJournal(files.journalPath).mutations).toEqual(pendingMutations(db))
  const state = new SyncState(db)
  expect(state.identity).toMatchObject({ greeted: false, previous: null })
  expect([state.identity.clientId === clientId, state.cursor, state.get('resync'), data.complete]).toEqual([
    false,
    { rev: 0, token: null },
    true,
    false,
  ])
  expect(readdirSync(quarantine(dir))).toEqual(expect.arrayContaining([...names, 'report.json']))
  names.forEach((name, n) => expect(readFileSync(join(quarantine(dir), name)).equals(must(before[n], name))).toBe(true))
  expect(readReport(db)).toMatchObject({
    repaired: true,
    edits: { fromDatabase: 0, fromJournal: pending.length, rebuilt: 0, lost: 0 },
    rows: { kept: 0 },
  })
  expect(readReport(db)?.words.join(' ')).toMatch(/\d+ edits that wait for the team: safe/)
  expect([existsSync(join(dir, 'recovery.json')), statSync(files.dbPath).mode & 0o777]).toEqual([false, 0o600])
})

test('[D3] what waits is shown at once: new rows as they are, edits of rows that are not here yet with the next pull', () => {
  using root = tempDir()
  const { dir, pending, rows } = made(root.path, { joined: true, edits: 40 })
  garble(filesOf(dir).dbPath)
  rmSync(`${filesOf(dir).dbPath}-wal`)
  using data = opened(dir)
  const shown = rowsOf(data.db)
  // Everything was made here and waits: nothing is missing.
  expect(shown).toEqual(rows)
  expect(pending.some(({ op }) => op === 'update')).toBe(true)
})

test('garbage over the database while its log is sound: what the log has comes from there, the rest of the edits from the journal', () => {
  using root = tempDir()
  const { dir, pending, rows } = made(root.path, { joined: true, edits: 50 })
  garble(filesOf(dir).dbPath)
  using data = opened(dir)
  expect(pendingMutations(data.db).map(said)).toEqual(pending.map(said))
  expect(readReport(data.db)?.edits.fromDatabase).toBeGreaterThan(0)
  for (const [key, row] of rowsOf(data.db)) expect(row, key).toEqual(rows.get(key))
})

test('garbage over the first page: everything else is read page by page', () => {
  using root = tempDir()
  const { dir, filed } = made(root.path, { joined: false, edits: 5 })
  garble(filesOf(dir).dbPath, { to: 4096 })
  rmSync(`${filesOf(dir).dbPath}-wal`)
  using data = opened(dir)
  expect(rowsOf(data.db)).toEqual(filed)
  expect(readReport(data.db)).toMatchObject({ rows: { kept: filed.size, fromBackup: 0 }, backup: null })
})

test('a log that is damaged in the middle: what was committed after the damage is not lost', () => {
  using root = tempDir()
  const { dir, rows } = made(root.path, { joined: false, edits: 40 })
  const log = `${filesOf(dir).dbPath}-wal`
  const bytes = readFileSync(log)
  // One byte of a frame's checksum: no content is touched, but the chain breaks.
  const at = 32 + Math.floor((bytes.length - 32) / 4120 / 2) * 4120 + 17
  bytes[at] = must(bytes[at], 'a byte') ^ 1
  writeFileSync(log, bytes)
  using data = opened(dir)
  expect(rowsOf(data.db)).toEqual(rows)
  expect(readReport(data.db)?.repaired).toBe(true)
})

test('without a team, what cannot be read comes from the newest good backup', () => {
  using root = tempDir()
  const { dir, filed } = made(root.path, {
    joined: false,
    edits: 10,
    first: ({ db, dir: at }) => {
      copyDatabase(db.sqlite, join(at, '..', 'killed', 'backups', backupFileName('daily', '2026-11-21T10:00:00.000Z')))
    },
  })
  const newer = join(dir, 'backups', backupFileName('manual', '2026-11-22T09:00:00.000Z'))
  writeFileSync(newer, 'not a database any more')
  garble(filesOf(dir).dbPath)
  rmSync(`${filesOf(dir).dbPath}-wal`)
  using data = opened(dir)
  expect(rowsOf(data.db)).toEqual(filed)
  expect(readReport(data.db)).toMatchObject({
    rows: { kept: 0, fromBackup: filed.size },
    backup: 'daily-2026-11-21T10-00-00-000Z.db',
  })
})

test('without a team, rows that lost what they belong to stand under something that is marked', () => {
  using root = tempDir()
  const { dir } = made(root.path, { joined: false, edits: 0 })
  const files = filesOf(dir)
  {
    using db = openDb(files.dbPath)
    const pages = db.sqlite
      .prepare(`SELECT pageno FROM dbstat WHERE name = 'products' AND pagetype = 'leaf'`)
      .pluck()
      .all() as number[]
    db[Symbol.dispose]()
    for (const page of pages) garble(files.dbPath, { from: (page - 1) * 4096, to: page * 4096 })
  }
  using data = opened(dir)
  const { db } = data
  expect(db.sqlite.pragma('foreign_key_check')).toEqual([])
  const report = must(readReport(db), 'a report')
  const items = db.sqlite.prepare('SELECT count(*) FROM session_products').pluck().get()
  expect([items, report.rows.made > 0]).toEqual([10, true])
  expect(db.sqlite.prepare(`SELECT DISTINCT name, status FROM products WHERE name LIKE 'Recovered%'`).all()).toEqual([
    { name: 'Recovered product', status: 'draft' },
  ])
})

test.each([
  ['an empty file', (path: string) => writeFileSync(path, '')],
  ['no file', (path: string) => rmSync(path)],
])('%s where the database was, beside a log: SQLite would throw the log away', (_what, break_) => {
  using root = tempDir()
  const { dir, pending } = made(root.path, { joined: true, edits: 30 })
  break_(filesOf(dir).dbPath)
  using data = opened(dir)
  expect(pendingMutations(data.db).map(said)).toEqual(pending.map(said))
  expect(readReport(data.db)?.edits.fromDatabase).toBeGreaterThan(0)
})

test('a database that is gone is made anew from the journal; without one, this is a first start', () => {
  using root = tempDir()
  const { dir, pending } = made(root.path, { joined: true, edits: 10 })
  for (const end of ['', '-wal']) rmSync(`${filesOf(dir).dbPath}${end}`)
  {
    using data = opened(dir)
    expect(pendingMutations(data.db).map(said)).toEqual(pending.map(said))
  }
  const fresh = join(root.path, 'fresh')
  mkdirSync(fresh)
  using data = opened(fresh)
  expect([data.complete, readReport(data.db)]).toEqual([true, null])
})

test('[D1] a database of before this folder joined its team: the edits of the journal go on', () => {
  using root = tempDir()
  const { dir, pending } = made(root.path, { joined: true, edits: 10 })
  for (const end of ['', '-wal']) rmSync(`${filesOf(dir).dbPath}${end}`)
  openDb(filesOf(dir).dbPath)[Symbol.dispose]()
  using data = opened(dir)
  expect(pendingMutations(data.db).map(said)).toEqual(pending.map(said))
  expect(new SyncState(data.db).get('resync')).toBe(true)
})

test('settings and messages of this computer come along; a value that cannot be read does not keep Hudson from starting', () => {
  using root = tempDir()
  const { dir } = made(root.path, {
    joined: true,
    edits: 3,
    first: ({ db }) => {
      db.sqlite.exec(`INSERT INTO settings VALUES ('settings', '{"theme":"dark"}'), ('other', '{"a":')`)
      db.sqlite.exec(`INSERT INTO live_messages VALUES ('01920000-0000-7000-8000-000000000001',
        '01920000-0000-7000-8000-000000000002', 'Show the back', 'red', '2026-11-22T10:00:00.000Z', NULL, NULL, NULL)`)
    },
  })
  using data = opened(dir)
  const all = (sql: string): unknown => data.db.sqlite.prepare(sql).pluck().all()
  expect(all(`SELECT name FROM settings WHERE name <> 'recovery'`)).toEqual(['settings'])
  expect(all('SELECT text FROM live_messages')).toEqual(['Show the back'])
  expect(readReport(data.db)?.repaired).toBe(true)
})

test('damage that was met in use is looked for at the next start; where there is none, all goes on', () => {
  using root = tempDir()
  const { dir } = made(root.path, { joined: true, edits: 3 })
  const files = filesOf(dir)
  {
    using data = opened(dir)
    noteSuspicion(files, 'database disk image is malformed')
    storeReport(data.db, describeDamage(clock.now()))
  }
  using data = opened(dir)
  expect([readReport(data.db), existsSync(join(dir, 'damage-seen.txt')), existsSync(join(dir, 'quarantine'))]).toEqual([
    null,
    false,
    false,
  ])
})

test.each(['newer', "another program's"])('a %s database is no damage: it is refused and stays as it is', (kind) => {
  using root = tempDir()
  const files = filesOf(root.path)
  const db = openDb(files.dbPath)
  if (kind === 'newer') {
    db.sqlite.pragma('user_version = 77')
    db.sqlite.pragma(`application_id = ${0x4844_0000 | 77}`)
  } else {
    for (const name of ['user_version', 'application_id']) db.sqlite.pragma(`${name} = 0`)
  }
  db[Symbol.dispose]()
  const before = readFileSync(files.dbPath)
  const code = kind === 'newer' ? 'update-required' : 'conflict'
  expect(() => opened(root.path)).toThrow(expect.objectContaining({ code }))
  expect([readFileSync(files.dbPath).equals(before), readdirSync(root.path)]).toEqual([true, ['hudson.db']])
})

test('what ends the process while the damaged file is read is not read a third time', () => {
  using root = tempDir()
  const { dir, pending } = made(root.path, { joined: true, edits: 10 })
  garble(filesOf(dir).dbPath, { to: 4096 })
  rmSync(`${filesOf(dir).dbPath}-wal`)
  const underWay = { folder: '2026-11-22T09-00-00-000Z', reason: 'x', phase: 'moving', tries: 2 }
  writeFileSync(join(dir, 'recovery.json'), JSON.stringify(underWay))
  using data = opened(dir)
  expect(readReport(data.db)).toMatchObject({ rows: { kept: 0 }, edits: { fromJournal: pending.length } })
})
