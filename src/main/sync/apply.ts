import type { Clock } from '../clock.ts'
import { Insertions } from '../db/insertions.ts'
import type { Inserted } from '../db/insertions.ts'
import type { Db } from '../db/open.ts'
import { entities, synced } from '../db/schema.ts'
import type { Entity, OutboxRow, Synced } from '../db/schema.ts'
import type { Change } from '../db/write.ts'
import { planHold } from './hold.ts'
import { differing, rebase, settle } from './merge.ts'
import type { Row, Verdict } from './merge.ts'
import type { Mutation } from './mutation.ts'
import { readMutation } from './outbox.ts'
import type { Cursor, SyncState } from './state.ts'
import type { WireRow } from './remote.ts'
import { decoderOf, fromWire } from './wire.ts'
import type { Column } from './wire.ts'

/** Everything of a complete pull. */
export interface Answer {
  readonly cursor: Cursor
  readonly lastMutationId: number
  readonly verdicts: readonly Verdict[]
  readonly rows: Iterable<WireRow>
  /** A declared full resync: what is not among the rows is gone. [L7] */
  readonly full: boolean
}

export interface Applied {
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
}

/**
 * Writes what a pull brought. To be called inside a transaction, with foreign keys not enforced. [L1, L5, L6]
 *
 * 1. Afterwards every row is `base ⊕ pending` [L4], the confirmed mutations have left the queue [L3], and the cursor says so.
 * 2. It reads the local rows itself: what a person wrote a moment before the transaction is seen.
 */
export class Applier {
  readonly #db: Db
  readonly #clock: Clock
  readonly #state: SyncState
  readonly #insertions: Insertions
  readonly #columns = new Map<Synced, readonly Column[]>()

  constructor({ db, clock, state }: ApplierDeps) {
    this.#db = db
    this.#clock = clock
    this.#state = state
    this.#insertions = new Insertions(db)
  }

  apply(answer: Answer): Applied {
    const incoming = this.#incoming(answer.rows)
    if (answer.full) this.#addAbsent(incoming)
    const acks = this.#acks(answer)
    const work = new Rows(this.#db)
    this.#hold(incoming)
    for (const entity of synced) this.#applyEntity({ entity, incoming: incoming.get(entity) ?? new Map(), acks, work })
    this.#forgetBases(acks.last)
    const confirmed = this.#confirm(acks.last)
    this.#state.set('cursor', answer.cursor)
    this.#state.set('lastPullAt', this.#clock.now())
    return { changes: work.changes, touched: work.touched, confirmed }
  }

  /** Rows that are to be here whatever the cursor says; it stays where it is. */
  applyRows(rows: Iterable<WireRow>): Applied {
    const incoming = this.#incoming(rows)
    const work = new Rows(this.#db)
    const acks: Acks = { last: 0, special: new Map(), verdicts: new Map() }
    for (const entity of synced) this.#applyEntity({ entity, incoming: incoming.get(entity) ?? new Map(), acks, work })
    return { changes: work.changes, touched: work.touched, confirmed: 0 }
  }

  #incoming(rows: Iterable<WireRow>): Incoming {
    const byEntity: Incoming = new Map()
    for (const { entity, id, body } of rows) {
      // L8: what a newer version added.
      if (!synced.includes(entity)) continue
      let ofEntity = byEntity.get(entity)
      if (!ofEntity) byEntity.set(entity, (ofEntity = new Map()))
      const row = body === null ? null : fromWire(JSON.parse(body) as Row, this.#columnsOf(entity))
      // Of several pages the last one counts.
      ofEntity.delete(id)
      ofEntity.set(id, row)
    }
    return byEntity
  }

  /** L7: in a full resync what the server does not hold is gone; edits that it has not judged stay on top. */
  #addAbsent(incoming: Incoming): void {
    for (const entity of synced) {
      const there = incoming.get(entity) ?? new Map<string, Row | null>()
      incoming.set(entity, there)
      const ids = this.#db.statement(`SELECT id FROM ${entity}`).pluck(true).all() as string[]
      for (const id of ids) if (!there.has(id)) there.set(id, null)
    }
  }

  /** What has to be looked at one by one: mutations whose verdict is not "applied as it was". */
  #acks({ lastMutationId: last, verdicts }: Answer): Acks {
    const byId = new Map(verdicts.filter(({ n }) => n <= last).map((verdict) => [verdict.n, verdict]))
    const special = new Map<Synced, Set<string>>()
    for (const n of byId.keys()) {
      const row = this.#db.statement('SELECT entity, row_id FROM sync_outbox WHERE id = ? AND acked_at IS NULL').get(n) as
        | Pick<OutboxRow, 'entity' | 'row_id'>
        | undefined
      if (!row) continue
      const ids = special.get(row.entity) ?? new Set()
      special.set(row.entity, ids.add(row.row_id))
    }
    // Rows that have both confirmed and waiting mutations keep a base, which takes over what was confirmed.
    const mixed = this.#db.statement(MIXED).all({ last }) as Pick<OutboxRow, 'entity' | 'row_id'>[]
    for (const { entity, row_id } of mixed) special.set(entity, (special.get(entity) ?? new Set()).add(row_id))
    return { last, special, verdicts: byId }
  }

  #hold(incoming: Incoming): void {
    const { held, tripped } = planHold(this.#db, incoming)
    if (!tripped) return
    const at = this.#clock.now()
    for (const { entity, id } of held) {
      incoming.get(entity)?.delete(id)
      this.#db.statement('INSERT OR IGNORE INTO sync_held (entity, row_id, at) VALUES (?, ?, ?)').run(entity, id, at)
      // The server has no such row any more; what is shown waits for a decision.
      this.#db.statement('UPDATE sync_base SET row = NULL WHERE entity = ? AND row_id = ?').run(entity, id)
    }
  }

  #applyEntity({ entity, incoming, acks, work }: EntityWork): void {
    const special = acks.special.get(entity) ?? new Set<string>()
    const fresh: Inserted[] = []
    const local = this.#localRows(entity, [...incoming.keys(), ...special])
    for (const [id, row] of incoming) {
      const shown = local.get(id) ?? null
      const pending = this.#pendingOf(entity, id)
      if (shown === null && row !== null && pending.length === 0) {
        fresh.push({ ...row, id })
        continue
      }
      this.#settleRow({ entity, id, base: row, pending, acks, shown, work })
    }
    this.#insertFresh(entity, fresh, work)
    for (const id of special) {
      if (incoming.has(id)) continue
      const pending = this.#pendingOf(entity, id)
      const kept = this.#baseOf(entity, id)
      const shown = local.get(id) ?? null
      const known = kept === undefined ? shown : kept
      const base = pending
        .filter((one) => one.id <= acks.last)
        .reduce((row, one) => settle(row, one, acks.verdicts.get(one.id)), known)
      this.#settleRow({ entity, id, base, pending, acks, shown, work })
    }
  }

  /** One row becomes its new base with what still waits on top. */
  #settleRow({ entity, id, base, pending, acks, shown, work }: RowWork): void {
    const waiting = pending.filter((one) => one.id > acks.last)
    if (waiting.length > 0) {
      this.#db
        .statement('INSERT INTO sync_base (entity, row_id, row) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET row = excluded.row')
        .run(entity, id, base && JSON.stringify(base))
    }
    const target = rebase(base, waiting, shown)
    if (target !== null) this.#db.statement('DELETE FROM sync_held WHERE entity = ? AND row_id = ?').run(entity, id)
    try {
      work.write(entity, { id, shown, target })
    } catch (error) {
      this.#setAside(entity, id, { row: target, error })
    }
  }

  #insertFresh(entity: Synced, rows: readonly Inserted[], work: Rows): void {
    for (const alike of byShape(rows)) {
      try {
        this.#insertions.run(entity, alike)
        work.inserted(entity, alike)
      } catch {
        // One of them does not fit; each by itself tells which.
        for (const row of alike) this.#insertOne(entity, row, work)
      }
    }
  }

  #insertOne(entity: Synced, row: Inserted, work: Rows): void {
    if (this.#exists(entity, row.id)) return void work.inserted(entity, [row])
    try {
      this.#insertions.run(entity, [row])
      work.inserted(entity, [row])
    } catch (error) {
      this.#setAside(entity, row.id, { row, error })
    }
  }

  /** L6 */
  #setAside(entity: Synced, id: string, { row, error }: { row: Row | null; error: unknown }): void {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT'))) throw error
    this.#db
      .statement(
        'INSERT INTO sync_aside (entity, row_id, body, problem, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body, problem = excluded.problem, at = excluded.at',
      )
      .run(entity, id, JSON.stringify(row), error.message, this.#clock.now())
  }

  /** Rows all of whose mutations are confirmed are their own base again. */
  #forgetBases(last: number): void {
    this.#db.statement(FORGET_BASES).run({ last })
  }

  #confirm(last: number): number {
    return this.#db.statement('UPDATE sync_outbox SET acked_at = ? WHERE acked_at IS NULL AND id <= ?').run(this.#clock.now(), last)
      .changes
  }

  #pendingOf(entity: Synced, id: string): Mutation[] {
    const rows = this.#db
      .statement('SELECT * FROM sync_outbox WHERE entity = ? AND row_id = ? AND acked_at IS NULL ORDER BY id')
      .all(entity, id) as OutboxRow[]
    return rows.map(readMutation)
  }

  /** undefined = the row is its own base. */
  #baseOf(entity: Synced, id: string): Row | null | undefined {
    const row = this.#db.statement('SELECT row FROM sync_base WHERE entity = ? AND row_id = ?').get(entity, id) as
      | { row: string | null }
      | undefined
    return row && (row.row === null ? null : (JSON.parse(row.row) as Row))
  }

  #localRows(entity: Synced, ids: readonly string[]): Map<string, Row> {
    if (ids.length === 0) return new Map()
    const rows = this.#db
      .statement(`SELECT t.* FROM json_each(?) wanted CROSS JOIN ${entity} t ON t.id = wanted.value`)
      .all(JSON.stringify(ids)) as (Row & { id: string })[]
    return new Map(rows.map((row) => [row.id, row]))
  }

  #exists(entity: Synced, id: string): boolean {
    return this.#db.statement(`SELECT 1 FROM ${entity} WHERE id = ?`).get(id) !== undefined
  }

  #columnsOf(entity: Synced): readonly Column[] {
    let columns = this.#columns.get(entity)
    if (!columns) {
      const names = this.#db.sqlite.pragma(`table_info(${entity})`) as { name: string }[]
      columns = names.filter(({ name }) => name !== 'key').map(({ name }) => ({ name, decode: decoderOf(name) }))
      this.#columns.set(entity, columns)
    }
    return columns
  }
}

/** Changed rows by entity and id; null = deleted. */
export type Incoming = Map<Synced, Map<string, Row | null>>

interface Acks {
  /** Mutations up to this id are confirmed. */
  readonly last: number
  readonly special: ReadonlyMap<Synced, ReadonlySet<string>>
  readonly verdicts: ReadonlyMap<number, Verdict>
}

interface EntityWork {
  readonly entity: Synced
  readonly incoming: ReadonlyMap<string, Row | null>
  readonly acks: Acks
  readonly work: Rows
}

interface RowWork {
  readonly entity: Synced
  readonly id: string
  readonly base: Row | null
  readonly pending: readonly Mutation[]
  readonly acks: Acks
  readonly shown: Row | null
  readonly work: Rows
}

/** Writes single rows and remembers what changed. */
class Rows {
  readonly changes: Change[] = []
  readonly touched = new Set<Synced>()
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  write(entity: Synced, { id, shown, target }: { id: string; shown: Row | null; target: Row | null }): void {
    if (target === null) {
      if (shown === null) return
      this.#db.statement(`DELETE FROM ${entity} WHERE id = ?`).run(id)
    } else if (shown === null) {
      const names = Object.keys(target)
      this.#db
        .statement(`INSERT INTO ${entity} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
        .run(Object.values(target))
    } else {
      const changed = Object.entries(differing(shown, target))
      if (changed.length === 0) return
      this.#db
        .statement(`UPDATE ${entity} SET ${changed.map(([name]) => `${name} = ?`).join(', ')} WHERE id = ?`)
        .run(...changed.map(([, value]) => value), id)
    }
    this.#note(entity, { id, before: shown, after: target && { ...shown, ...target } })
  }

  inserted(entity: Synced, rows: readonly Inserted[]): void {
    for (const row of rows) this.#note(entity, { id: row.id, before: null, after: row })
  }

  #note(entity: Synced, change: Omit<Change, 'entity'>): void {
    this.touched.add(entity)
    if (isShared(entity)) this.changes.push({ entity, ...change })
  }
}

function isShared(entity: Synced): entity is Entity {
  return entities.some((one) => one === entity)
}

/** Rows that are inserted together must have the same columns. */
function byShape(rows: readonly Inserted[]): Inserted[][] {
  const shapes = new Map<string, Inserted[]>()
  for (const row of rows) {
    const shape = Object.keys(row).join()
    const alike = shapes.get(shape)
    if (alike) alike.push(row)
    else shapes.set(shape, [row])
  }
  return [...shapes.values()]
}

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
