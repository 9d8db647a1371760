import type { Clock } from '../clock.ts'
import { Insertions } from '../db/insertions.ts'
import type { Inserted } from '../db/insertions.ts'
import type { Db } from '../db/database.ts'
import { synced } from '../db/schema.ts'
import type { OutboxRow, Synced } from '../db/schema.ts'
import type { Change } from '../db/write.ts'
import type { WireRow } from './chunks.ts'
import { planHold } from './hold.ts'
import { rebase, settle } from './merge.ts'
import type { Row, Verdict } from './merge.ts'
import { readMutation } from './mutation.ts'
import type { Mutation } from './mutation.ts'
import { RowWriter } from './row-writer.ts'
import type { Cursor, SyncState } from './state.ts'
import { columnsOf, fromWire } from './wire.ts'
import type { Column } from './wire.ts'

/** The end of a complete pull: what it confirms, and up to where it goes. */
export interface Head {
  readonly cursor: Cursor
  readonly lastMutationId: number
  readonly verdicts: readonly Verdict[]
  /** A declared full resync: what is not among the rows is gone. [L7] */
  readonly full: boolean
}

/** Everything of a complete pull. */
export interface Answer extends Head {
  readonly rows: readonly WireRow[]
}

export interface Applied {
  /** In bulk, only of what the rest of the app has to hear one by one. */
  readonly changes: readonly Change[]
  /** Entities whose rows changed, `conflicts` and `conflict_log` among them. */
  readonly touched: ReadonlySet<Synced>
  /** Mutations that left the queue. */
  readonly confirmed: number
}

export interface ApplierDeps {
  readonly db: Db
  readonly clock: Clock
  readonly state: SyncState
  /** Which changes somebody has to hear one by one; all where it is left out. */
  readonly hears?: (change: Change) => boolean
}

/** Ids of rows that are to go, by entity. */
export type Gone = ReadonlyMap<Synced, ReadonlySet<string>>

/**
 * Writes what a pull brought. To be called inside a transaction, with foreign keys not enforced. [L1, L5, L6]
 *
 * 1. Afterwards every row is `base ⊕ pending` [L4], the confirmed mutations have left the queue [L3], and the cursor says so.
 * 2. It reads the local rows itself: what a person wrote a moment before the transaction is seen.
 */
export class Applier {
  readonly #deps: ApplierDeps
  readonly #insertions: Insertions
  readonly #columns = new Map<Synced, readonly Column[]>()

  constructor(deps: ApplierDeps) {
    this.#deps = deps
    this.#insertions = new Insertions(deps.db)
  }

  apply(answer: Answer): Applied {
    const { rows } = answer
    // A pull of ours holds what fits into one statement; a larger one comes in pages (`begin`).
    const run = this.begin(answer, rows)
    run.add(rows)
    return run.finish()
  }

  /** For pages: `heads` is every row that the pull holds. */
  begin(head: Head, heads: Iterable<WireRow>): ApplyRun {
    return new ApplyRun(
      { ...this.#deps, insertions: this.#insertions, columnsOf: (entity) => this.#columnsOf(entity) },
      head,
      heads,
    )
  }

  /** Rows that are to be here whatever the cursor says; it stays where it is. */
  applyRows(rows: readonly WireRow[]): Applied {
    const { state } = this.#deps
    const run = this.begin({ cursor: state.cursor, lastMutationId: 0, verdicts: [], full: false }, rows)
    run.add(rows)
    return run.finish()
  }

  #columnsOf(entity: Synced): readonly Column[] {
    let columns = this.#columns.get(entity)
    if (!columns) {
      columns = columnsOf(this.#deps.db, entity)
      this.#columns.set(entity, columns)
    }
    return columns
  }
}

interface RunDeps extends ApplierDeps {
  readonly insertions: Insertions
  readonly columnsOf: (entity: Synced) => readonly Column[]
}

/** One pull on its way in. Rows may come in several portions; of a row that comes twice the later one counts. */
export class ApplyRun {
  readonly #deps: RunDeps
  readonly #head: Head
  readonly #writer: RowWriter
  readonly #verdicts: ReadonlyMap<number, Verdict>
  /** Rows that have to be looked at although they may not come: their mutations were not simply applied. */
  readonly #special: ReadonlyMap<Synced, Set<string>>
  readonly #held: Gone
  readonly #absent: Gone
  /** Whether anything waits at all: then every row that comes must be looked up in the queue. */
  readonly #busy: boolean

  constructor(deps: RunDeps, head: Head, heads: Iterable<WireRow>) {
    this.#deps = deps
    this.#head = head
    this.#writer = new RowWriter(deps)
    this.#verdicts = new Map(head.verdicts.filter(({ n }) => n <= head.lastMutationId).map((one) => [one.n, one]))
    this.#busy = deps.db.statement('SELECT 1 FROM sync_outbox WHERE acked_at IS NULL LIMIT 1').get() !== undefined
    this.#special = this.#findSpecial()
    if (head.full) this.#writer.forgetAside()
    const { gone, present } = sorted(heads, head.full)
    this.#absent = head.full ? this.#absentFrom(present) : new Map()
    for (const [entity, ids] of this.#absent) gone.set(entity, new Set([...(gone.get(entity) ?? []), ...ids]))
    this.#held = this.#hold(gone)
  }

  add(rows: readonly WireRow[]): void {
    const byEntity = new Map<Synced, Map<string, Row | null>>()
    for (const { entity, id, row } of rows) {
      // L8: what a newer version added.
      if (!synced.includes(entity) || this.#held.get(entity)?.has(id)) continue
      let ofEntity = byEntity.get(entity)
      if (!ofEntity) byEntity.set(entity, (ofEntity = new Map()))
      ofEntity.set(id, row && fromWire(row, this.#deps.columnsOf(entity)))
    }
    for (const entity of synced) {
      const incoming = byEntity.get(entity)
      if (incoming) this.#addEntity(entity, incoming)
    }
  }

  finish(): Applied {
    for (const [entity, ids] of this.#absent) {
      const gone = [...ids].filter((id) => !this.#held.get(entity)?.has(id))
      if (gone.length > 0) this.#addEntity(entity, new Map(gone.map((id) => [id, null])))
    }
    for (const [entity, ids] of this.#special) this.#settleAlone(entity, [...ids])
    this.#dropStranded()
    this.#forgetBases()
    const confirmed = this.#confirm()
    this.#prune()
    const { state, clock } = this.#deps
    state.set('cursor', this.#head.cursor)
    state.set('lastPullAt', clock.now())
    const { changes, touched } = this.#writer
    return { changes, touched, confirmed }
  }

  #addEntity(entity: Synced, incoming: ReadonlyMap<string, Row | null>): void {
    const fresh: Inserted[] = []
    const special = this.#special.get(entity)
    const local = this.#localRows(entity, [...incoming.keys()])
    for (const [id, row] of incoming) {
      special?.delete(id)
      const shown = local.get(id) ?? null
      const pending = this.#busy ? this.#pendingOf(entity, id) : []
      if (shown === null && row !== null && pending.length === 0) fresh.push({ ...row, id })
      else this.#settleRow({ entity, id, base: row, pending, shown })
    }
    this.#writer.insertAll(entity, fresh, this.#deps.insertions)
  }

  /** Rows that did not come, whose mutations the server judged otherwise, or of which some are confirmed and some wait. */
  #settleAlone(entity: Synced, ids: readonly string[]): void {
    const local = this.#localRows(entity, ids)
    for (const id of ids) {
      const pending = this.#pendingOf(entity, id)
      const kept = this.#baseOf(entity, id)
      const shown = local.get(id) ?? null
      const base = pending
        .filter((one) => one.id <= this.#head.lastMutationId)
        .reduce((row, one) => settle(row, one, this.#verdicts.get(one.id)), kept === undefined ? shown : kept)
      this.#settleRow({ entity, id, base, pending, shown })
    }
  }

  /** One row becomes its new base with what still waits on top. */
  #settleRow({ entity, id, base, pending, shown }: RowWork): void {
    const { db } = this.#deps
    const waiting = pending.filter((one) => one.id > this.#head.lastMutationId)
    if (waiting.length > 0) {
      db.statement(
        'INSERT INTO sync_base (entity, row_id, row) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET row = excluded.row',
      ).run(entity, id, base && JSON.stringify(base))
    }
    const target = rebase(base, waiting, shown)
    // F6: it is here until somebody consents, whatever became of an edit that was made meanwhile.
    if (target === null && shown !== null && this.#isHeld(entity, id)) return
    if (base !== null || shown === null)
      db.statement('DELETE FROM sync_held WHERE entity = ? AND row_id = ?').run(entity, id)
    this.#writer.write(entity, { id, shown, target })
  }

  /** L3: what cannot be confirmed by forgetting its base. */
  #findSpecial(): Map<Synced, Set<string>> {
    const { db } = this.#deps
    const special = new Map<Synced, Set<string>>()
    const add = ({ entity, row_id }: Pick<OutboxRow, 'entity' | 'row_id'>): void => {
      special.set(entity, (special.get(entity) ?? new Set()).add(row_id))
    }
    for (const n of this.#verdicts.keys()) {
      const row = db.statement('SELECT entity, row_id FROM sync_outbox WHERE id = ? AND acked_at IS NULL').get(n)
      if (row) add(row as Pick<OutboxRow, 'entity' | 'row_id'>)
    }
    const mixed = db.statement(MIXED).all({ last: this.#head.lastMutationId })
    for (const row of mixed) add(row as Pick<OutboxRow, 'entity' | 'row_id'>)
    return special
  }

  /** L7: in a full resync what the server does not hold is gone; edits that it has not judged stay on top. */
  #absentFrom(present: Gone): Gone {
    const { db } = this.#deps
    const absent = new Map<Synced, Set<string>>()
    for (const entity of synced) {
      // Also what only waits to be judged: an edit of an item that was removed here, with its session, later on.
      const known = db.statement(`SELECT id FROM ${entity} UNION SELECT row_id FROM sync_base WHERE entity = ?`)
      const ids = known.pluck(true).all(entity) as string[]
      const here = present.get(entity)
      absent.set(entity, new Set(ids.filter((id) => !here?.has(id))))
    }
    return absent
  }

  #hold(gone: Gone): Gone {
    const { db, clock } = this.#deps
    const held = planHold(db, gone)
    const at = clock.now()
    for (const [entity, ids] of held) {
      for (const id of ids) {
        db.statement('INSERT OR IGNORE INTO sync_held (entity, row_id, at) VALUES (?, ?, ?)').run(entity, id, at)
        // The server has no such row any more; what is shown waits for a decision.
        db.statement('UPDATE sync_base SET row = NULL WHERE entity = ? AND row_id = ?').run(entity, id)
      }
    }
    return held
  }

  /** F6: an item waits with its product, but not without its session: it could not come back. */
  #dropStranded(): void {
    const { db } = this.#deps
    const stranded = db
      .statement(
        `SELECT i.* FROM sync_held h CROSS JOIN session_products i ON i.id = h.row_id
         WHERE h.entity = 'session_products' AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = i.session_id)`,
      )
      .all() as (Row & { id: string })[]
    for (const row of stranded) {
      this.#writer.write('session_products', { id: row.id, shown: row, target: null })
      db.statement(`DELETE FROM sync_held WHERE entity = 'session_products' AND row_id = ?`).run(row.id)
    }
  }

  #isHeld(entity: Synced, id: string): boolean {
    return (
      this.#deps.db.statement('SELECT 1 FROM sync_held WHERE entity = ? AND row_id = ?').get(entity, id) !== undefined
    )
  }

  /** Rows all of whose mutations are confirmed are their own base again. */
  #forgetBases(): void {
    const { db } = this.#deps
    const last = this.#head.lastMutationId
    const waits = db.statement('SELECT 1 FROM sync_outbox WHERE acked_at IS NULL AND id > ? LIMIT 1').get(last)
    // After a long queue that is ten thousand rows at once, and none of them has to be looked up.
    if (waits === undefined) db.statement('DELETE FROM sync_base').run()
    else db.statement(FORGET_BASES).run({ last })
  }

  #confirm(): number {
    const { db, clock } = this.#deps
    return db
      .statement('UPDATE sync_outbox SET acked_at = ? WHERE acked_at IS NULL AND id <= ?')
      .run(clock.now(), this.#head.lastMutationId).changes
  }

  /** L3: kept for a server that is restored to an earlier state; the newest for good, as the ids count on from it. */
  #prune(): void {
    const { db, clock } = this.#deps
    const before = new Date(Date.parse(clock.now()) - KEPT_MS).toISOString()
    db.statement('DELETE FROM sync_outbox WHERE acked_at < ? AND id < (SELECT max(id) FROM sync_outbox)').run(before)
  }

  #pendingOf(entity: Synced, id: string): Mutation[] {
    const rows = this.#deps.db
      .statement('SELECT * FROM sync_outbox WHERE entity = ? AND row_id = ? AND acked_at IS NULL ORDER BY id')
      .all(entity, id) as OutboxRow[]
    return rows.map(readMutation)
  }

  /** undefined = the row is its own base. */
  #baseOf(entity: Synced, id: string): Row | null | undefined {
    const row = this.#deps.db.statement('SELECT row FROM sync_base WHERE entity = ? AND row_id = ?').get(entity, id) as
      | { row: string | null }
      | undefined
    return row && (row.row === null ? null : (JSON.parse(row.row) as Row))
  }

  #localRows(entity: Synced, ids: readonly string[]): Map<string, Row> {
    const rows = this.#deps.db
      .statement(`SELECT t.* FROM json_each(?) wanted CROSS JOIN ${entity} t ON t.id = wanted.value`)
      .all(JSON.stringify(ids)) as (Row & { id: string })[]
    return new Map(rows.map((row) => [row.id, row]))
  }
}

interface RowWork {
  readonly entity: Synced
  readonly id: string
  readonly base: Row | null
  readonly pending: readonly Mutation[]
  readonly shown: Row | null
}

/** Which rows a pull deletes, and, for a full one, which it holds. */
function sorted(heads: Iterable<WireRow>, full: boolean): { gone: Map<Synced, Set<string>>; present: Gone } {
  const gone = new Map<Synced, Set<string>>()
  const present = new Map<Synced, Set<string>>()
  for (const { entity, id, row } of heads) {
    if (row === null) gone.set(entity, (gone.get(entity) ?? new Set()).add(id))
    else gone.get(entity)?.delete(id)
    if (full) present.set(entity, (present.get(entity) ?? new Set()).add(id))
  }
  return { gone, present }
}

/** For how long confirmed mutations are kept: 30 days. */
const KEPT_MS = 30 * 86_400_000

const MIXED = `
  SELECT DISTINCT w.entity, w.row_id FROM sync_outbox w
  WHERE w.acked_at IS NULL AND w.id > :last AND EXISTS (
    SELECT 1 FROM sync_outbox c
    WHERE c.entity = w.entity AND c.row_id = w.row_id AND c.acked_at IS NULL AND c.id <= :last)`

const FORGET_BASES = `
  DELETE FROM sync_base WHERE (entity, row_id) IN (
    SELECT c.entity, c.row_id FROM sync_outbox c WHERE c.acked_at IS NULL AND c.id <= :last
      AND NOT EXISTS (
        SELECT 1 FROM sync_outbox w
        WHERE w.entity = c.entity AND w.row_id = c.row_id AND w.acked_at IS NULL AND w.id > :last))`
