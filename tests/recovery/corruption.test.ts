import Database from 'better-sqlite3'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { openData } from '../../src/main/open-data.ts'
import { readJournal } from '../../src/main/sync/journal.ts'
import { pendingMutations } from '../../src/main/sync/outbox-rows.ts'
import type { Mutation } from '../../src/main/sync/mutation.ts'
import { FakeClock } from '../support/core.ts'
import { times } from '../support/torture.ts'
import { filesOf, Hands, killed, listening, openStation, rowsOf, said, seeded, tempDir } from './data-dir.ts'
import type { Station } from './data-dir.ts'

const CASES = times(30, 200)
const clock = new FakeClock()

/** What a process left that was killed, and what it had acknowledged by then. */
interface Snapshot {
  readonly dir: string
  readonly pending: readonly Mutation[]
  readonly rows: ReadonlyMap<string, Record<string, unknown>>
}

const root = tempDir()
const snapshots: { joined: Snapshot[]; alone: Snapshot[] } = { joined: [], alone: [] }

beforeAll(() => {
  snapshots.joined = record('joined')
  snapshots.alone = record('alone')
}, 60_000)

afterAll(() => root[Symbol.dispose]())

/** Kills at several moments: with all of it in the log, with half of it, some of it confirmed by the team, the log begun anew. */
function record(kind: 'joined' | 'alone'): Snapshot[] {
  const taken: Snapshot[] = []
  using station = openStation(join(root.path, kind), { joined: kind === 'joined' })
  const { db, outbox } = station
  const take = (): void => {
    const dir = killed(station.dir, join(root.path, `${kind}-${taken.length}`))
    taken.push({ dir, pending: kind === 'joined' ? outbox.pending() : [], rows: rowsOf(db) })
  }
  const hands = new Hands(station, seeded(11))
  const edits = (count: number): void => {
    for (let n = 0; n < count; n++) hands.edit()
  }
  hands.furnish(40)
  take()
  db.sqlite.pragma('wal_checkpoint(PASSIVE)')
  edits(10)
  take()
  if (kind === 'joined') confirm(station, 60)
  edits(20)
  db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
  edits(50)
  take()
  if (kind === 'joined') confirm(station, 10_000)
  edits(25)
  take()
  db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
  take()
  return taken
}

/** What a pull does that confirms everything up to that mutation. */
function confirm({ db, outbox, clock: at }: Station, last: number): void {
  db.sqlite.transaction(() => {
    db.statement('UPDATE sync_outbox SET acked_at = ? WHERE acked_at IS NULL AND id <= ?').run(at.now(), last)
    db.statement(
      `DELETE FROM sync_base WHERE NOT EXISTS (SELECT 1 FROM sync_outbox o
         WHERE o.entity = sync_base.entity AND o.row_id = sync_base.row_id AND o.acked_at IS NULL)`,
    ).run()
  })()
  outbox.tidyJournal()
}

/** One way to break a file. Answers the bytes, and what was done, for the message of a failure. */
function damage(bytes: Buffer, random: () => number): string {
  const below = (n: number): number => Math.floor(random() * n)
  const kind = ['flips', 'page', 'cut', 'hole'][below(4)]
  switch (kind) {
    case 'page': {
      const at = below(Math.ceil(bytes.length / 4096)) * 4096
      for (let n = at; n < Math.min(at + 4096, bytes.length); n++) bytes[n] = below(256)
      return `garbage over the page at ${at}`
    }
    case 'hole': {
      const at = below(bytes.length)
      bytes.fill(0, at, Math.min(bytes.length, at + 1 + below(20_000)))
      return `zeros from ${at}`
    }
    case 'cut':
      return 'cut'
    default: {
      const count = 1 + below(12)
      const at = Array.from({ length: count }, () => below(bytes.length))
      for (const n of at) bytes[n] = must(bytes[n], 'a byte') ^ (1 + below(255))
      return `flips at ${at.join(', ')}`
    }
  }
}

interface Case {
  readonly dir: string
  readonly file: string
  readonly what: string
  readonly snapshot: Snapshot
}

function broken(kind: 'joined' | 'alone', seed: number): Case | null {
  const random = seeded(seed)
  const list = snapshots[kind]
  const snapshot = must(list[Math.floor(random() * list.length)], 'a snapshot')
  const dir = join(root.path, `case-${kind}-${seed}`)
  killed(snapshot.dir, dir)
  const file = ['hudson.db', 'hudson.db-wal', 'hudson.journal'][seed % (kind === 'joined' ? 3 : 2)] ?? ''
  const path = join(dir, file)
  if (!existsSync(path) || statSync(path).size === 0) return null
  const bytes = readFileSync(path)
  const what = damage(bytes, random)
  writeFileSync(path, what === 'cut' ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes)
  return { dir, file, what, snapshot }
}

/** Whether SQLite itself sees that something is wrong. */
function seenBySqlite(dir: string): boolean {
  const copy = killed(dir, `${dir}-look`)
  try {
    const db = new Database(join(copy, 'hudson.db'))
    try {
      const rows = db.pragma('integrity_check') as { integrity_check: string }[]
      return rows[0]?.integrity_check !== 'ok'
    } finally {
      db.close()
    }
  } catch {
    return true
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

function quarantined(dir: string): string | null {
  const folder = join(dir, 'quarantine')
  return existsSync(folder) ? join(folder, must(readdirSync(folder)[0], 'a folder')) : null
}

/** Fields that a waiting edit wrote and that are not shown. A row that only edits wait of may not be here before the next pull. */
function lostOf(
  pending: readonly Mutation[],
  before: ReadonlyMap<string, Record<string, unknown>>,
  now: ReadonlyMap<string, Record<string, unknown>>,
): string[] {
  const made = new Set(pending.filter(({ op }) => op === 'insert').map(({ entity, rowId }) => `${entity} ${rowId}`))
  return pending.flatMap(({ entity, rowId, patch }) => {
    const key = `${entity} ${rowId}`
    const [old, row] = [before.get(key), now.get(key)]
    if (!old) return row ? [`${key} is back`] : []
    if (!row) return made.has(key) ? [`${key} is missing`] : []
    return Object.keys(patch).flatMap((name) => (row[name] === old[name] ? [] : [`${key} ${name}`]))
  })
}

describe.each(Array.from({ length: CASES }, (_, n) => n + 1))('damage %i', (seed) => {
  test('[D3] every edit that waited is in the queue again, and on its row; what SQLite sees is quarantined', () => {
    const one = broken('joined', seed)
    if (!one) return
    const { dir, file, what, snapshot } = one
    const about = `seed ${seed}: ${what} of ${file}`
    const seen = seenBySqlite(dir)
    const before = new Map(
      readdirSync(dir).flatMap((name) => {
        const bytes = readFileSync(join(dir, name))
        return bytes.length > 0 ? [[name, bytes] as const] : []
      }),
    )
    const { db } = openData(filesOf(dir), { clock, log: listening() })
    using _db = db
    const pending = pendingMutations(db)
    expect(pending.map(said), about).toEqual(snapshot.pending.map(said))
    expect(
      pending.map(({ id }) => id),
      about,
    ).toEqual(pending.map((_, n) => (pending[0]?.id ?? 0) + n))
    expect(readJournal(filesOf(dir).journalPath), about).toMatchObject({ mutations: pending, damaged: 0 })
    const kept = quarantined(dir)
    if (seen) expect(kept, about).not.toBeNull()
    for (const name of kept && existsSync(join(kept, 'hudson.db')) ? before.keys() : []) {
      expect(
        readFileSync(join(must(kept, 'a folder'), name)).equals(must(before.get(name), name)),
        `${about}: ${name}`,
      ).toBe(true)
    }
    expect(db.sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(lostOf(pending, snapshot.rows, rowsOf(db)), about).toEqual([])
    rmSync(dir, { recursive: true, force: true })
  })

  test('without a team: what can be read is there, and Hudson works with it', () => {
    const one = broken('alone', seed)
    if (!one) return
    const { dir, file, what, snapshot } = one
    const about = `seed ${seed}: ${what} of ${file}`
    const { db } = openData(filesOf(dir), { clock, log: listening() })
    using _db = db
    expect(db.sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.sqlite.pragma('foreign_key_check')).toEqual([])
    const rows = rowsOf(db)
    const short = [...snapshot.rows.keys()].filter((key) => !rows.has(key)).length
    // What is cut off is gone; of the log, what came last.
    if (file === 'hudson.db' && what !== 'cut') expect(short / snapshot.rows.size, about).toBeLessThan(0.2)
    rmSync(dir, { recursive: true, force: true })
  })
})
