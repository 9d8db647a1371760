import type { Clock } from '../clock.ts'
import { localSchema } from '../db/open.ts'
import type { Db } from '../db/database.ts'
import type { OutboxRow } from '../db/schema.ts'
import type { Change, WriteObserver } from '../db/write.ts'
import type { Journal } from './journal.ts'
import { planMutations, readMutation } from './mutation.ts'
import type { Draft, Fields, Mutation } from './mutation.ts'
import { putMutation } from './outbox-rows.ts'
import type { SyncState } from './state.ts'

export interface OutboxDeps {
  readonly db: Db
  readonly clock: Clock
  readonly state: SyncState
  readonly journal: Journal
  /** Hears that something waits, after the commit. `urgent`: a live command. */
  readonly onWrite: (urgent: boolean) => void
  /** Hears that the second copy could not be written, and with null that it could be again. The edit itself is safe in the database. */
  readonly onJournalFailure: (error: unknown) => void
}

/** What one push may carry. */
const MOST_MUTATIONS = 500
const MOST_BYTES = 4_000_000
/** A journal above this is written anew once most of it is confirmed. */
const JOURNAL_LIMIT = 4_000_000

/**
 * What waits to be told to the team.
 *
 * 1. A write and its mutations commit together or not at all [P1]; both are in the journal before anybody hears of the write.
 * 2. Ids count up by one without a gap, across restarts. [P2]
 * 3. A row with pending mutations has its base in `sync_base`, and only such a row. [L4]
 */
export class Outbox {
  readonly #deps: OutboxDeps
  /** Committed, but not in the journal yet. */
  #unwritten: Mutation[] = []
  /** They are on their way into it, beside the commit. */
  #finish: (() => void) | null = null
  #journalBroken = false
  /** Set by the engine: whether the team's database is out of reach. */
  offline = false

  constructor(deps: OutboxDeps) {
    this.#deps = deps
  }

  /** To be registered before every other observer: an acknowledgement must not overtake the journal. */
  observer(): WriteObserver {
    return {
      beforeCommit: (changes, origin) => {
        this.#unwritten = []
        if (origin === 'local' && this.#deps.state.joined)
          this.#unwritten = this.#append(planMutations(changes), changes)
      },
      // Two disks' worth of waiting at once: a line of a write that then fails is taken out again.
      committing: () => this.#beginJournal(),
      notCommitted: () => {
        const finish = this.#finish
        this.#finish = null
        if (!finish) return
        this.#attempt(finish)
        this.rewriteJournal()
      },
      afterCommit: (changes, _features, origin) => {
        if (origin !== 'local' || this.#unwritten.length === 0) return
        this.#toJournal()
        this.#deps.onWrite(changes.some(({ entity }) => entity === 'session_states'))
      },
    }
  }

  /** How many mutations wait. */
  count(): number {
    return this.#deps.db
      .statement('SELECT count(*) FROM sync_outbox WHERE acked_at IS NULL')
      .pluck(true)
      .get() as number
  }

  /** How many edits they are, as people count: what was written at once is one. */
  edits(): number {
    return this.#deps.db.statement(EDITS).pluck(true).get() as number
  }

  /** The one that is next to be confirmed; undefined where nothing waits. */
  head(): { id: number; at: string } | undefined {
    return this.#deps.db
      .statement('SELECT id, at FROM sync_outbox WHERE acked_at IS NULL ORDER BY id LIMIT 1')
      .get() as { id: number; at: string } | undefined
  }

  /** The mutations after `sent` for one push, whole transactions as far as they fit. [P5] */
  batch(sent: number, most = MOST_MUTATIONS): Mutation[] {
    const rows = this.#deps.db
      .statement('SELECT * FROM sync_outbox WHERE acked_at IS NULL AND id > ? ORDER BY id LIMIT ?')
      .all(sent, most + 1) as OutboxRow[]
    let bytes = 0
    let fits = 0
    for (const row of rows) {
      bytes += row.base.length + row.patch.length
      if (fits === most || (fits > 0 && bytes > MOST_BYTES)) break
      fits += 1
    }
    const cut = rows[fits]
    const whole = cut ? rows.findIndex(({ tx }) => tx === cut.tx) : fits
    return rows.slice(0, whole > 0 ? whole : fits).map(readMutation)
  }

  /** Writes the journal anew from what waits: at the start, and when it grew over its limit. */
  rewriteJournal(): void {
    this.#attempt(() => this.#deps.journal.rewrite(this.pending()))
  }

  /** After a pull confirmed some. */
  tidyJournal(): void {
    const { journal } = this.#deps
    if (journal.size === 0 && !this.#journalBroken) return
    const head = this.head()
    // Not for each few that go: of a long queue, all the rest would be written again and again.
    const mostlyDone = journal.size > JOURNAL_LIMIT && this.count() * 2 < journal.count
    if (!head || mostlyDone || this.#journalBroken) this.rewriteJournal()
    else this.#attempt(() => journal.confirm(head.id - 1))
  }

  pending(): Mutation[] {
    return (
      this.#deps.db.statement('SELECT * FROM sync_outbox WHERE acked_at IS NULL ORDER BY id').all() as OutboxRow[]
    ).map(readMutation)
  }

  /** Records changes for the team that are none here, in a transaction of its own. */
  record(work: () => readonly Change[]): void {
    const { db, onWrite } = this.#deps
    db.sqlite
      .transaction(() => {
        const changes = work()
        this.#unwritten = this.#append(planMutations(changes), changes)
      })
      .immediate()
    if (this.#unwritten.length === 0) return
    this.#toJournal()
    onWrite(false)
  }

  /** Adds rows that were here before this data dir joined a team, inside the caller's transaction. */
  adopt(drafts: readonly Draft[]): void {
    this.#append(drafts, [])
  }

  #append(drafts: readonly Draft[], changes: readonly Change[]): Mutation[] {
    if (drafts.length === 0) return []
    const { db, clock, state } = this.#deps
    const last = db.statement('SELECT coalesce(max(id), 0) FROM sync_outbox').pluck(true).get() as number
    const before = new Map(changes.map((change) => [`${change.entity} ${change.id}`, change.before]))
    const keepBase = db.statement(KEEP_BASE)
    const anyHeld = db.statement('SELECT 1 FROM sync_held LIMIT 1').get() !== undefined
    const at = clock.now()
    return drafts.map((draft, index) => {
      const { entity, rowId, op, base, patch } = draft
      const mutation: Mutation = {
        id: last + 1 + index,
        tx: last + 1,
        entity,
        rowId,
        op,
        base,
        patch,
        // R11: also while everything comes anew, who makes a row anew knows that it was deleted.
        seen: op === 'insert' && state.get('resync') === true ? (state.get('seenBefore') ?? 0) : state.cursor.rev,
        offline: this.offline,
        at,
        version: localSchema,
      }
      const image = before.get(`${entity} ${rowId}`)
      keepBase.run({ entity, rowId, row: image ? JSON.stringify(withoutKey(image)) : null })
      // F6: who deletes it here has consented; who makes it anew brings it back.
      if (anyHeld && op !== 'update') db.statement(FORGET_HELD).run(entity, rowId)
      putMutation(db, mutation)
      return mutation
    })
  }

  #beginJournal(): void {
    if (this.#unwritten.length === 0 || this.#journalBroken) return
    this.#attempt(() => {
      this.#finish = this.#deps.journal.append(this.#unwritten)
    })
  }

  #toJournal(): void {
    if (!this.#finish) this.#beginJournal()
    const finish = this.#finish
    this.#finish = null
    this.#unwritten = []
    // Also where it could not be begun.
    if (this.#journalBroken || !finish) this.rewriteJournal()
    else this.#attempt(finish)
  }

  /** A full disk must not undo an edit that is committed; the next one tries to write the whole journal. */
  #attempt(write: () => void): void {
    try {
      write()
      if (this.#journalBroken) this.#deps.onJournalFailure(null)
      this.#journalBroken = false
    } catch (error) {
      this.#journalBroken = true
      this.#deps.onJournalFailure(error)
    }
  }
}

function withoutKey({ key: _key, ...row }: Fields): Fields {
  return row
}

const FORGET_HELD = 'DELETE FROM sync_held WHERE entity = ? AND row_id = ?'

/** A transaction is named by its first mutation; that one may be confirmed already. */
const EDITS = `
  SELECT count(*) FROM sync_outbox
  WHERE acked_at IS NULL AND (id = tx OR id = (SELECT min(id) FROM sync_outbox WHERE acked_at IS NULL))`

/** Of a held deletion the server has no row any more, although one is still shown here. [F6] */
const KEEP_BASE = `
  INSERT OR IGNORE INTO sync_base (entity, row_id, row)
  SELECT :entity, :rowId, iif(EXISTS (SELECT 1 FROM sync_held WHERE entity = :entity AND row_id = :rowId), NULL, :row)`
