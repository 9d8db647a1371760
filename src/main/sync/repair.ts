import { v7 as uuid } from 'uuid'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { localSchema } from '../db/open.ts'
import { entities } from '../db/schema.ts'
import type { Entity, OutboxRow } from '../db/schema.ts'
import type { Change } from '../db/write.ts'
import type { JournalContents } from './journal.ts'
import { rebase } from './merge.ts'
import type { Row } from './merge.ts'
import { planMutations, readMutation } from './mutation.ts'
import type { Draft, Mutation } from './mutation.ts'
import { putMutation } from './outbox-rows.ts'
import { PendingRows, rowKey } from './pending-rows.ts'
import { isSameEdit, isTime } from './salvaged.ts'
import { newIdentity } from './state.ts'
import type { SyncState } from './state.ts'

/** What was wrong with the queue, and what became of it. */
export interface Repair {
  /** Entries that did not match their checksum, read again from the journal. */
  readonly restored: number
  /** Edits that only the journal still had. */
  readonly putBack: number
  /** Entries made anew from what they had done to their row. */
  readonly rebuilt: number
  /** Entries of which nothing is left. */
  readonly lost: number
  /** Damaged entries as they were found, for whoever looks into it. */
  readonly evidence: readonly OutboxRow[]
}

export interface RepairDeps {
  readonly db: Db
  readonly clock: Clock
  readonly state: SyncState
}

export interface RepairOptions {
  /** Also looks at what is confirmed, and only kept for a server that is restored to an earlier state. */
  readonly thorough?: boolean
  /** Hears of a repair inside its transaction. */
  readonly note?: (repair: Repair) => void
}

/**
 * Holds the queue against its second copy [D1] and its checksums [D2], and mends what does not fit: at every start before
 * anything is written, and when an entry turns out to be damaged. Answers null where all was well. The caller writes the
 * journal anew.
 *
 * 1. No edit is dropped that either copy, or the row that it changed, still tells.
 * 2. Ids stay as they are and without a gap [P2], so what was sent already is not sent again: a number of which nothing is left
 *    becomes a deletion of something that never was, which does nothing.
 */
export function repairQueue(
  deps: RepairDeps,
  journal: JournalContents,
  { thorough = false, note = () => {} }: RepairOptions = {},
): Repair | null {
  const { db } = deps
  const found = look(db, journal, thorough)
  if (isSound(found)) return null
  db.sqlite.pragma('foreign_keys = OFF')
  try {
    return db.sqlite
      .transaction(() => {
        const repair = new QueueRepair(deps, found).run()
        note(repair)
        return repair
      })
      .immediate()
  } finally {
    db.sqlite.pragma('foreign_keys = ON')
  }
}

interface Found {
  readonly sound: ReadonlyMap<number, Mutation>
  readonly damaged: readonly OutboxRow[]
  /** Damaged, and confirmed long ago. */
  readonly old: readonly OutboxRow[]
  /** Said to be confirmed, at no time that can be. */
  readonly misdated: readonly number[]
  readonly confirmed: number
  /** Confirmed, but the database does not know. */
  readonly forgotten: boolean
  /** In the journal, waiting, and not in the queue. */
  readonly missing: readonly Mutation[]
  /** In the journal under a number that is another edit here. */
  readonly clashing: readonly Mutation[]
  readonly journal: ReadonlyMap<number, Mutation>
}

function look(db: Db, journal: JournalContents, thorough: boolean): Found {
  const acked = db
    .statement('SELECT id, acked_at FROM sync_outbox NOT INDEXED WHERE acked_at IS NOT NULL')
    .all() as Pick<OutboxRow, 'id' | 'acked_at'>[]
  const misdated = acked.filter(({ acked_at }) => !isTime(acked_at)).map(({ id }) => id)
  const known = acked.reduce((last, { id, acked_at }) => (isTime(acked_at) ? Math.max(last, id) : last), 0)
  // Where the database went back, the journal remembers what the team had said.
  const confirmed = Math.max(known, journal.confirmed)
  // Not by the index of those that wait: it may be what is damaged.
  const rows = db
    .statement('SELECT * FROM sync_outbox NOT INDEXED WHERE id > ? ORDER BY id')
    .all(confirmed) as OutboxRow[]
  const sound = new Map<number, Mutation>()
  const damaged = rows.filter((row) => {
    const mutation = readIfSound(row)
    if (mutation) sound.set(row.id, mutation)
    return !mutation
  })
  const before = 'SELECT * FROM sync_outbox NOT INDEXED WHERE id <= ?'
  const old = thorough ? (db.statement(before).all(confirmed) as OutboxRow[]).filter((row) => !readIfSound(row)) : []
  const waiting = journal.mutations.filter(({ id }) => id > confirmed)
  const here = new Set(rows.map(({ id }) => id))
  return {
    sound,
    damaged,
    old,
    misdated,
    confirmed,
    forgotten: confirmed > known,
    missing: waiting.filter(({ id }) => !here.has(id)),
    clashing: waiting.filter((mutation) => {
      const same = sound.get(mutation.id)
      return same !== undefined && !isSameEdit(same, mutation)
    }),
    journal: new Map(waiting.map((mutation) => [mutation.id, mutation])),
  }
}

function isSound({ sound, damaged, old, misdated, confirmed, forgotten, missing, clashing }: Found): boolean {
  const ids = [...sound.keys()]
  const first = confirmed > 0 ? confirmed + 1 : (ids[0] ?? 0)
  const gapless = ids.every((id, index) => id === first + index)
  return gapless && !forgotten && damaged.length + old.length + misdated.length + missing.length + clashing.length === 0
}

class QueueRepair {
  readonly #deps: RepairDeps
  readonly #found: Found
  readonly #rows: PendingRows

  constructor(deps: RepairDeps, found: Found) {
    this.#deps = deps
    this.#found = found
    this.#rows = new PendingRows(deps)
  }

  run(): Repair {
    const { sound, damaged, missing, clashing, journal } = this.#found
    this.#mendConfirmed()
    const queue = new Map(sound)
    const restored = damaged.flatMap(({ id }) => journal.get(id) ?? [])
    for (const mutation of restored) queue.set(mutation.id, mutation)
    const broken = damaged.filter(({ id }) => !queue.has(id))
    const rebuilt = broken.length > 0 ? this.#rebuild(broken, [...queue.values()]) : []
    for (const mutation of [...rebuilt, ...missing]) queue.set(mutation.id, mutation)
    let last = greatest([this.#found.confirmed, ...queue.keys()])
    // Two pasts met under one number: the server may know either, so both go to it from somebody that it does not know.
    for (const mutation of clashing) queue.set(++last, { ...mutation, id: last, tx: last })
    if (clashing.length > 0) this.#deps.state.set('identity', newIdentity())
    const lost = this.#fill(queue)
    this.#write(queue)
    this.#rows.settle(this.#ofSameRows(queue, [...missing, ...clashing]), this.#bases())
    return {
      restored: restored.length,
      putBack: missing.length + clashing.length,
      rebuilt: rebuilt.length,
      lost,
      evidence: damaged,
    }
  }

  #mendConfirmed(): void {
    const { db, clock } = this.#deps
    const { misdated, old, confirmed } = this.#found
    // What came before one that is confirmed is confirmed too.
    const date = db.statement('UPDATE sync_outbox SET acked_at = iif(id < ?, ?, NULL) WHERE id = ?')
    for (const id of misdated) date.run(confirmed, clock.now(), id)
    db.statement('UPDATE sync_outbox SET acked_at = ? WHERE acked_at IS NULL AND id <= ?').run(clock.now(), confirmed)
    db.statement(FORGET_BASES).run()
    // Numbers that the server has seen are not given again.
    for (let id = highest(db) + 1; id <= confirmed; id++) putMutation(db, this.#made(nothing(), id), clock.now())
    for (const { id } of old) {
      db.statement('DELETE FROM sync_outbox WHERE id = ?').run(id)
      putMutation(db, this.#made(nothing(), id), clock.now())
    }
  }

  /** What the damaged entries had done, read off the rows: what is shown and not explained by the others. */
  #rebuild(broken: readonly OutboxRow[], others: readonly Mutation[]): Mutation[] {
    const drafts = planMutations(this.#unexplained(others))
    const byOwnRow = broken.flatMap((row) => drafts.find(({ rowId }) => rowId === row.row_id) ?? [])
    const rest = drafts.filter((draft) => !byOwnRow.includes(draft))
    const last = greatest([...broken, ...others].map(({ id }) => id).concat([...this.#found.journal.keys()]))
    const inPlace = broken.flatMap((row) => {
      const draft = byOwnRow.find(({ rowId }) => rowId === row.row_id) ?? rest.shift()
      return draft ? [this.#made(draft, row.id)] : []
    })
    return [...inPlace, ...rest.map((draft, index) => this.#made(draft, last + 1 + index))]
  }

  #unexplained(others: readonly Mutation[]): Change[] {
    const { db } = this.#deps
    const held = new Set(db.statement(`SELECT entity || ' ' || row_id FROM sync_held`).pluck(true).all())
    return [...this.#bases()].flatMap(([key, base]) => {
      const [entity, id] = key.split(' ') as [Entity, string]
      if (held.has(key)) return []
      const shown = this.#rows.row(entity, id)
      const edits = others.filter((one) => rowKey(one) === key)
      const explained = rebase(base, edits, shown)
      // A base of an older version lacks columns.
      const before = explained && { ...shown, ...explained }
      return isEqual(before, shown) ? [] : [{ entity, id, before, after: shown }]
    })
  }

  #bases(): Map<string, Row | null> {
    const rows = this.#deps.db.statement('SELECT entity, row_id AS rowId, row FROM sync_base').all() as {
      entity: Entity
      rowId: string
      row: string | null
    }[]
    const shared = rows.filter(({ entity }) => entities.includes(entity))
    return new Map(shared.map((one) => [rowKey(one), one.row === null ? null : (JSON.parse(one.row) as Row)]))
  }

  /** Numbers without an edit: the server takes them only without a gap. Answers how many there were. */
  #fill(queue: Map<number, Mutation>): number {
    const { confirmed } = this.#found
    const ids = [...queue.keys(), ...this.#found.damaged.map(({ id }) => id)]
    const last = greatest([confirmed, ...ids])
    const first = confirmed > 0 ? confirmed + 1 : ids.reduce((least, id) => Math.min(least, id), last)
    let lost = 0
    for (let id = first; id <= last; id++) {
      if (queue.has(id)) continue
      queue.set(id, this.#made(nothing(), id))
      lost += 1
    }
    return lost
  }

  #made(draft: Draft, id: number): Mutation {
    const { clock, state } = this.#deps
    return { ...draft, id, tx: id, seen: state.cursor.rev, offline: false, at: clock.now(), version: localSchema }
  }

  #write(queue: ReadonlyMap<number, Mutation>): void {
    const { db } = this.#deps
    for (const mutation of queue.values()) {
      if (this.#found.sound.get(mutation.id) === mutation) continue
      db.statement('DELETE FROM sync_outbox WHERE id = ?').run(mutation.id)
      putMutation(db, mutation)
    }
  }

  /** Everything that waits of the rows that some edits are of. */
  #ofSameRows(queue: ReadonlyMap<number, Mutation>, edits: readonly Mutation[]): Mutation[] {
    const keys = new Set(edits.map(rowKey))
    return [...queue.values()].filter((one) => keys.has(rowKey(one))).toSorted((a, b) => a.id - b.id)
  }
}

const FORGET_BASES = `DELETE FROM sync_base WHERE NOT EXISTS (
  SELECT 1 FROM sync_outbox o WHERE o.entity = sync_base.entity AND o.row_id = sync_base.row_id AND o.acked_at IS NULL)`

function highest(db: Db): number {
  return db.statement('SELECT coalesce(max(id), 0) FROM sync_outbox').pluck(true).get() as number
}

function greatest(ids: readonly number[]): number {
  return ids.reduce((most, id) => Math.max(most, id), 0)
}

/** An edit that changes nothing anywhere. */
function nothing(): Draft {
  return { entity: 'message_presets', rowId: uuid(), op: 'delete', base: {}, patch: {} }
}

function isEqual(a: Row | null, b: Row | null): boolean {
  if (a === null || b === null) return a === b
  return Object.entries(b).every(([name, value]) => a[name] === value)
}

function readIfSound(row: OutboxRow): Mutation | null {
  try {
    return readMutation(row)
  } catch {
    // Damaged: it is what this is about.
    return null
  }
}
