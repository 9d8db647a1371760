import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { JournalFile } from './journal.ts'
import type { JournalContents } from './journal.ts'
import { mendState } from './mend-state.ts'
import { pendingMutations } from './outbox-rows.ts'
import type { Mutation } from './mutation.ts'
import { repairQueue } from './repair.ts'
import type { Repair } from './repair.ts'
import { replay } from './replay.ts'
import { SyncState } from './state.ts'

export interface ReconcileDeps {
  readonly db: Db
  readonly clock: Clock
  readonly journalPath: string
  /** Hears of a repair; where that can be, inside its transaction. */
  readonly note: (repair: Repair) => void
}

/**
 * At every start, before anything is accepted: makes the queue and the journal say the same. [D1] Answers what had to be
 * mended in the queue; null where nothing had.
 */
export function reconcile(deps: ReconcileDeps, contents: JournalContents): Repair | null {
  const { db, clock, journalPath, note } = deps
  mendState(db)
  const state = new SyncState(db)
  if (!state.joined && contents.mutations.length + contents.damaged === 0) return null
  const repair = state.joined ? repairQueue({ db, clock, state }, contents, { note }) : takeOver(deps, contents)
  const pending = pendingMutations(db)
  if (repair || contents.damaged > 0 || !haveSameIds(pending, contents.mutations)) {
    using journal = new JournalFile(journalPath)
    journal.rewrite(pending)
  }
  return repair
}

/** The database is of before this data dir joined its team: somebody put an old one in its place. */
function takeOver({ db, clock, note }: ReconcileDeps, { mutations, damaged }: JournalContents): Repair | null {
  if (mutations.length === 0) return null
  const edits = { confirmed: [], pending: mutations, fromJournal: mutations.length, damaged }
  replay(db, clock, { edits, bases: new Map(), databaseId: null })
  const repair = { restored: 0, putBack: mutations.length, rebuilt: 0, lost: damaged, evidence: [] }
  note(repair)
  return repair
}

function haveSameIds(a: readonly Mutation[], b: readonly Mutation[]): boolean {
  return a.length === b.length && a.every(({ id }, index) => id === b[index]?.id)
}
