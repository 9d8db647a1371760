import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openData } from '../../src/main/open-data.ts'
import { readReport } from '../../src/main/recovery/recovery.ts'
import { readJournal } from '../../src/main/sync/journal.ts'
import { pendingMutations } from '../../src/main/sync/outbox-rows.ts'
import { FakeClock } from '../support/core.ts'
import { filesOf, Hands, killed, listening, openStation, rowsOf, said, seeded, tempDir } from './data-dir.ts'

const STEPS = [
  'renameSync',
  'writeFileSync',
  'copyFileSync',
  'rmSync',
  'mkdirSync',
  'openSync',
  'fsyncSync',
  'ftruncateSync',
] as const

/** Copies the folder before and after everything that may change it: each copy is what a kill there would leave. */
function recordSteps(dir: string, to: string, work: () => void): string[] {
  const { cpSync } = fs
  const originals = Object.fromEntries(STEPS.map((name) => [name, fs[name]]))
  const steps: string[] = []
  const states = new Set<string>()
  let copying = false
  const note = (): void => {
    const state = copying ? '' : stateOf(dir)
    if (copying || states.has(state)) return
    copying = true
    states.add(state)
    steps.push(join(to, `step-${steps.length}`))
    cpSync(dir, steps.at(-1) ?? '', { recursive: true })
    copying = false
  }
  for (const name of STEPS) {
    const original = fs[name] as (...args: unknown[]) => unknown
    const stepping = (...args: unknown[]): unknown => {
      note()
      const answer = original(...args)
      note()
      return answer
    }
    Object.assign(fs, { [name]: stepping })
  }
  syncBuiltinESMExports()
  try {
    work()
  } finally {
    Object.assign(fs, originals)
    syncBuiltinESMExports()
  }
  return steps
}

function stateOf(dir: string): string {
  return fs
    .readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => {
      const { size, mtimeMs, ino } = fs.statSync(join(dir, name))
      return `${name} ${size} ${mtimeMs} ${ino}`
    })
    .toSorted()
    .join('\n')
}

test.each(['a joined one', 'one without a team', 'one whose log is cut'])(
  'a kill at any moment of a recovery (%s) loses nothing',
  (kind) => {
    using root = tempDir()
    const joined = kind !== 'one without a team'
    const at = join(root.path, 'first')
    let pending: string[] = []
    let rows = new Map<string, unknown>()
    {
      using station = openStation(at, { joined })
      const hands = new Hands(station, seeded(5))
      hands.furnish(10)
      station.db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
      for (let n = 0; n < 15; n++) hands.edit()
      pending = joined ? station.outbox.pending().map(said) : []
      rows = rowsOf(station.db)
      killed(at, join(root.path, 'killed'))
    }
    const dir = join(root.path, 'killed')
    const files = filesOf(dir)
    if (kind === 'one whose log is cut') fs.truncateSync(`${files.dbPath}-wal`, 60_000)
    else {
      const bytes = fs.readFileSync(files.dbPath)
      bytes.fill(0x5a, 0, 9_000)
      fs.writeFileSync(files.dbPath, bytes)
      fs.rmSync(`${files.dbPath}-wal`)
    }
    const clock = new FakeClock()
    const steps = recordSteps(dir, root.path, () => {
      openData(files, { clock, log: listening() }).db[Symbol.dispose]()
    })
    expect(steps.length).toBeGreaterThan(kind === 'one whose log is cut' ? 3 : 15)
    for (const step of [...steps, dir]) {
      clock.advance(60_000)
      const { db } = openData(filesOf(step), { clock, log: listening() })
      using _db = db
      const found = pendingMutations(db)
      expect(found.map(said), step).toEqual(pending)
      expect(
        found.map(({ id }) => id),
        step,
      ).toEqual(found.map((_, n) => (found[0]?.id ?? 0) + n))
      expect(readJournal(filesOf(step).journalPath).mutations, step).toEqual(found)
      expect(fs.existsSync(join(step, 'recovery.json')), step).toBe(false)
      expect(readReport(db), step).not.toBeNull()
      const now = rowsOf(db)
      // Without the log, the newest rows of one without a team are gone.
      for (const [key, row] of joined ? rows : []) expect(now.get(key), `${step} ${key}`).toEqual(row)
      if (kind !== 'one whose log is cut') {
        const folders = fs.readdirSync(join(step, 'quarantine'))
        expect(folders, step).toHaveLength(1)
        expect(fs.existsSync(join(step, 'quarantine', folders[0] ?? '', 'hudson.db')), step).toBe(true)
      }
    }
  },
)
