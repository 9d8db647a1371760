import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { RecoveryReport } from '#shared/recovery.ts'
import type { Clock } from './clock.ts'
import { parseBackupName } from './db/backup-files.ts'
import { isDamage } from './db/damage.ts'
import type { Db } from './db/database.ts'
import { copyDurably, moveDurably, syncFile, writeDurably } from './db/durable-files.ts'
import { openDb } from './db/open.ts'
import type { Log } from './log.ts'
import { inspect } from './recovery/inspect.ts'
import { mendReferences } from './recovery/mend-references.ts'
import {
  beginRecovery,
  clearSuspicion,
  endRecovery,
  isSuspect,
  noteTry,
  quarantine,
  quarantineDir,
  recoveryUnderWay,
} from './recovery/quarantine.ts'
import type { DataFiles, Recovery } from './recovery/quarantine.ts'
import { rebuildRows } from './recovery/rebuild.ts'
import { forgetReport, readReport, storeReport } from './recovery/recovery.ts'
import { describeRecovery, describeRepair } from './recovery/report.ts'
import { JournalFile, readJournal } from './sync/journal.ts'
import { pendingMutations } from './sync/outbox-rows.ts'
import { reconcile } from './sync/reconcile.ts'
import { replay } from './sync/replay.ts'
import type { Repair } from './sync/repair.ts'
import { uniteEdits } from './sync/salvaged.ts'

export interface OpenDataDeps {
  readonly clock: Clock
  readonly log: Log
}

export interface OpenedData {
  readonly db: Db
  /** Whether it holds everything that belongs to this data dir; else what it does not mention may be wanted all the same. */
  readonly complete: boolean
}

/**
 * Opens the local database of a data dir, whatever state the last end left it in.
 *
 * 1. A damaged one is moved to `quarantine`, and a new one made of what can be read; nothing is deleted. A kill at any moment
 *    leaves a state from which the next start goes on.
 * 2. When it is open, its queue and the journal say the same. [D1]
 */
export function openData(files: DataFiles, { clock, log }: OpenDataDeps): OpenedData {
  mkdirSync(files.dataDir, { recursive: true, mode: 0o700 })
  const recovery = recoveryUnderWay(files) ?? examine(files, { clock, log })
  if (recovery) recover(files, recovery, { clock, log })
  try {
    return attach(files, { clock, log }, !recovery)
  } catch (error) {
    if (!isDamage(error)) throw error
    // Of a large database not everything was looked at.
    log.error('the local database is damaged', { reason: error.message })
    recover(files, beginRecovery(files, { reason: error.message, at: clock.now() }), { clock, log })
    return attach(files, { clock, log }, false)
  }
}

function attach(files: DataFiles, { clock, log }: OpenDataDeps, whole: boolean): OpenedData {
  const db = openDb(files.dbPath)
  try {
    mendQueue(files, db, { clock, log })
    settleSuspicion(files, db, log)
    return { db, complete: whole && !isBehind(db) }
  } catch (error) {
    db[Symbol.dispose]()
    throw error
  }
}

/** Whether a full resync is due: rows of the team may be missing until then. */
function isBehind(db: Db): boolean {
  return db.statement(`SELECT value FROM sync_state WHERE name = 'resync'`).pluck(true).get() === 'true'
}

/** Everything was looked at, and there is no damage (any more). */
function settleSuspicion(files: DataFiles, db: Db, log: Log): void {
  if (!isSuspect(files)) return
  log.warn('damage was seen while the database was in use, but it is sound')
  if (readReport(db)?.repaired === false) forgetReport(db)
  clearSuspicion(files)
}

/** Answers the recovery that has to be; null where all is well. */
function examine(files: DataFiles, { clock, log }: OpenDataDeps): Recovery | null {
  const condition = inspect(files.dbPath, { suspect: isSuspect(files), wasUsed: () => wasUsed(files) })
  if (condition.kind !== 'damaged') return null
  log.error('the local database is damaged', { reason: condition.reason })
  return beginRecovery(files, { reason: condition.reason, at: clock.now() })
}

/** Whether there must have been a database: a file that is gone was perhaps meant to go, an empty one was not. */
function wasUsed({ dataDir, dbPath, journalPath }: DataFiles): boolean {
  const { mutations, confirmed, damaged } = readJournal(journalPath)
  if (mutations.length + confirmed + damaged > 0) return true
  const backups = join(dataDir, 'backups')
  return (
    existsSync(dbPath) && existsSync(backups) && readdirSync(backups).some((file) => parseBackupName(file) !== null)
  )
}

function recover(files: DataFiles, begun: Recovery, deps: OpenDataDeps): void {
  const recovery = quarantine(files, begun)
  const { dbPath, journalPath } = files
  // The new one gets its name when it is whole.
  if (!existsSync(dbPath)) {
    const tried = noteTry(files, recovery)
    const report = rebuild(files, tried, deps)
    syncFile(`${dbPath}.new`)
    writeDurably(join(quarantineDir(files, tried.folder), 'report.json'), JSON.stringify(report, null, 2))
    moveDurably(`${dbPath}.new`, dbPath)
    deps.log.warn('the local database was made anew', { ...report })
  }
  using db = openDb(dbPath)
  using journal = new JournalFile(journalPath)
  journal.rewrite(pendingMutations(db))
  endRecovery(files)
}

/** A process that ended while it read the damaged database does not read it a third time. */
const TRIES = 2

function rebuild(files: DataFiles, { folder, tries }: Recovery, { clock }: OpenDataDeps): RecoveryReport {
  const { dbPath, dataDir, journalPath } = files
  const target = `${dbPath}.new`
  const rebuilt = rebuildRows({
    folder: quarantineDir(files, folder),
    name: basename(dbPath),
    target,
    backupsDir: join(dataDir, 'backups'),
    now: clock.now(),
    trusted: tries <= TRIES,
  })
  const journal = readJournal(journalPath)
  const edits = uniteEdits(rebuilt.outbox, journal)
  const { state, outbox, bases } = rebuilt
  const joined =
    state.has('identity') ||
    outbox.length + bases.size + journal.mutations.length + journal.confirmed + journal.damaged > 0
  return finish(target, (db) => {
    const made = joined ? 0 : mendReferences(db.sqlite, clock.now())
    const databaseId = state.get('databaseId')
    if (joined) replay(db, clock, { edits, bases, databaseId: typeof databaseId === 'string' ? databaseId : null })
    return describeRecovery({
      joined,
      at: clock.now(),
      edits: {
        fromDatabase: edits.pending.length - edits.fromJournal,
        fromJournal: edits.fromJournal,
        rebuilt: 0,
        lost: edits.damaged,
      },
      rows: { kept: rebuilt.kept, mended: rebuilt.mended, fromBackup: rebuilt.fromBackup, made },
      incomplete: rebuilt.lost.filter((table) => !table.startsWith('sync_')),
      backup: rebuilt.backup,
      folder,
    })
  })
}

/** Opens the new database for the last touches; closed, it is one file. */
function finish(target: string, work: (db: Db) => RecoveryReport): RecoveryReport {
  using db = openDb(target)
  const report = work(db)
  storeReport(db, report)
  return report
}

/** D1, D2: the queue and its second copy are brought to say the same. */
function mendQueue({ dataDir, journalPath }: DataFiles, db: Db, { clock, log }: OpenDataDeps): void {
  const contents = readJournal(journalPath)
  const at = clock.now()
  const folder = at.replaceAll(/[:.]/g, '-')
  const keep = (name: string, write: (path: string) => void): void => {
    mkdirSync(join(dataDir, 'quarantine', folder), { recursive: true, mode: 0o700 })
    write(join(dataDir, 'quarantine', folder, name))
  }
  if (contents.damaged > 0) keep(basename(journalPath), (path) => copyDurably(journalPath, path))
  const note = ({ restored, putBack, rebuilt, lost }: Repair): void => {
    const edits = { fromDatabase: restored, fromJournal: putBack, rebuilt, lost }
    if (restored + putBack + rebuilt + lost > 0) storeReport(db, describeRepair(edits, at))
  }
  const repair = reconcile({ db, clock, journalPath, note }, contents)
  if (contents.damaged > 0) log.warn('lines of the journal were damaged', { lines: contents.damaged })
  if (!repair) return
  const { evidence, ...counts } = repair
  log.warn('the queue of edits was mended', counts)
  if (evidence.length > 0) keep('queue.json', (path) => writeDurably(path, JSON.stringify(evidence, null, 2)))
}
