import { AppError } from '#shared/app-error.ts'
import type { Feature } from '#shared/contract.ts'
import { must } from '#shared/must.ts'
import type { Clock } from '../clock.ts'
import { Insertions, table } from './insertions.ts'
import type { Inserted } from './insertions.ts'
import type { Db } from './database.ts'
import type { Entity, Schema } from './schema.ts'

/** What one write did to one row. `before` and `after` hold whole rows; null = there is none. */
export interface Change {
  readonly entity: Entity
  readonly id: string
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
}

/** Writes inside one transaction. Ids are the caller's; `updated_at` is kept here. */
export interface Tx {
  /** The transaction's moment, for every stamp in it. */
  readonly now: string
  insert<E extends Entity>(entity: E, row: Unstamped<Schema[E]>): void
  /** The same for many rows of one table, at half the cost. All have the same columns. */
  insertAll<E extends Entity>(entity: E, rows: readonly Unstamped<Schema[E]>[]): void
  /** Writes the fields that differ; answers whether any did. `not-found` where there is no such row. */
  update<E extends Entity>(entity: E, id: string, patch: Partial<Unstamped<Schema[E]>>): boolean
  /** `not-found` where there is no such row. */
  remove(entity: Entity, id: string): void
  /** Marks a row as changed now: for a whole whose parts changed. */
  touch(entity: Exclude<Entity, 'talking_points'>, id: string): void
  row<E extends Entity>(entity: E, id: string): Schema[E] | undefined
}

/** A row without what the writer stamps on it. */
export type Unstamped<Row> = Omit<Row, 'created_at' | 'updated_at' | 'key'>

/** Which features' queries show an entity. */
const shownBy: Readonly<Record<Entity, readonly Feature[]>> = {
  brands: ['brands', 'products', 'sessions'],
  products: ['products', 'brands', 'sessions', 'points', 'shopify'],
  product_variants: ['products', 'sessions'],
  product_images: ['products', 'sessions', 'images'],
  sessions: ['sessions', 'products', 'conflicts'],
  session_products: ['sessions', 'products', 'conflicts', 'points', 'shopify'],
  session_states: ['live', 'conflicts'],
  talking_points: ['points', 'products'],
  message_presets: ['presets'],
}

/** The features whose queries show any of these entities. */
export function featuresOf(changed: readonly Entity[]): ReadonlySet<Feature> {
  return new Set([...new Set(changed)].flatMap((entity) => shownBy[entity]))
}

/** Whose write it is: this desktop's own, or one that came from the team. */
export type Origin = 'local' | 'remote'

/** Hears of a finished write. */
export interface WriteObserver {
  /** Inside the transaction, before its commit: what it writes commits or fails with it. */
  readonly beforeCommit?: (changes: readonly Change[], origin: Origin) => void
  /** The same, when all have written: only the database itself can refuse now. */
  readonly committing?: () => void
  /** After `committing`, where the commit failed. */
  readonly notCommitted?: () => void
  /** After the commit. */
  readonly afterCommit?: (changes: readonly Change[], features: ReadonlySet<Feature>, origin: Origin) => void
}

/**
 * The one way to write to the shared tables.
 *
 * 1. Everything that `work` does commits together, with what observers add in `beforeCommit`, or not at all.
 * 2. Observers see every changed row, whole, before and after; a row written twice is one change.
 * 3. `work` is synchronous: a promise would let other writes into the transaction, so one that returns it is refused.
 * 4. Writers do not nest.
 */
export class Writer {
  readonly #db: Db
  readonly #clock: Clock
  readonly #observers: WriteObserver[] = []
  /** Made once: to make one costs as much as a small write. */
  readonly #inTransaction: (work: () => void) => void

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
    const transaction = db.sqlite.transaction((work: () => void) => work())
    this.#inTransaction = (work) => transaction.immediate(work)
  }

  observe(observer: WriteObserver): void {
    this.#observers.push(observer)
  }

  transact<T>(work: (tx: Tx) => T): T {
    return this.#commit('local', () => {
      const log = new ChangeLog()
      const value = work(this.#begin(log))
      if (value instanceof Promise) throw new Error('A transaction must be synchronous')
      return { value, changes: log.changes() }
    })
  }

  /**
   * The same for what can be had again at any time: it survives the end of this process, and maybe not a power cut, where it is gone
   * with all that came after it. Half the cost of a small write is to wait for the disk.
   */
  transactLoosely<T>(work: (tx: Tx) => T): T {
    this.#db.sqlite.pragma('synchronous = NORMAL')
    try {
      return this.transact(work)
    } finally {
      this.#db.sqlite.pragma('synchronous = FULL')
    }
  }

  /** Commits what came from the team: `work` writes the rows itself and answers what it changed. */
  accept<T>(work: () => { value: T; changes: readonly Change[] }): T {
    return this.#commit('remote', work)
  }

  /**
   * The same with foreign keys not enforced, for what is not whole: what arrives is never refused for what is missing here. Only
   * where `accept` fails with `lacksOther`: to set them off and on has every statement of this connection prepared anew.
   */
  acceptInPart<T>(work: () => { value: T; changes: readonly Change[] }): T {
    this.#db.sqlite.pragma('foreign_keys = OFF')
    try {
      return this.#commit('remote', work)
    } finally {
      this.#db.sqlite.pragma('foreign_keys = ON')
    }
  }

  /** Tells of changes that another connection committed. */
  announce(changes: readonly Change[]): void {
    this.#tell(changes, 'remote')
  }

  #commit<T>(origin: Origin, work: () => { value: T; changes: readonly Change[] }): T {
    if (this.#db.sqlite.inTransaction) throw new Error('A write inside a write: pass the tx on instead')
    let committing = false
    let result: { value: T; changes: readonly Change[] } | undefined
    try {
      this.#inTransaction(() => {
        result = work()
        if (result.changes.length === 0) return
        for (const observer of this.#observers) observer.beforeCommit?.(result.changes, origin)
        committing = true
        for (const observer of this.#observers) observer.committing?.()
      })
    } catch (error) {
      if (committing) for (const observer of this.#observers) observer.notCommitted?.()
      throw error
    }
    const { value, changes } = must(result, 'a transaction that committed')
    this.#tell(changes, origin)
    return value
  }

  #tell(changes: readonly Change[], origin: Origin): void {
    if (changes.length === 0) return
    const features = featuresOf(changes.map(({ entity }) => entity))
    for (const observer of this.#observers) observer.afterCommit?.(changes, features, origin)
  }

  #begin(log: ChangeLog): Tx {
    const db = this.#db
    const now = this.#clock.now()
    const row = (entity: Entity, id: string): Record<string, unknown> | undefined =>
      db.statement(`SELECT * FROM ${table(entity)} WHERE id = ?`).get(id) as Record<string, unknown> | undefined

    const existing = (entity: Entity, id: string): Record<string, unknown> => {
      const found = row(entity, id)
      if (!found) throw new AppError('not-found', 'That is no longer there. It may have been deleted meanwhile.')
      return found
    }

    const insertions = new Insertions(db)
    // A row that undo brings back is as old as it was.
    const stamped = (entity: Entity, values: Inserted): Inserted =>
      isStamped(entity) ? { created_at: now, ...values, updated_at: now } : { created_at: now, ...values }
    const insertAll = (entity: Entity, rows: readonly Inserted[]): void => {
      const whole = rows.map((values) => stamped(entity, values))
      insertions.run(entity, whole)
      for (const after of whole) log.add({ entity, id: after.id, before: null, after })
    }

    return {
      now,
      row: <E extends Entity>(entity: E, id: string) => row(entity, id) as Schema[E] | undefined,
      insert: (entity, values) => insertAll(entity, [values]),
      insertAll,
      update: (entity, id, patch) => {
        const before = existing(entity, id)
        const changed = Object.entries(patch).filter(([field, value]) => value !== undefined && before[field] !== value)
        if (changed.length === 0) return false
        if (isStamped(entity)) changed.push(['updated_at', now])
        db.statement(
          `UPDATE ${table(entity)} SET ${changed.map(([field]) => `${field} = ?`).join(', ')} WHERE id = ?`,
        ).run(...changed.map(([, value]) => value), id)
        log.add({ entity, id, before, after: { ...before, ...Object.fromEntries(changed) } })
        return true
      },
      remove: (entity, id) => {
        const before = existing(entity, id)
        db.statement(`DELETE FROM ${table(entity)} WHERE id = ?`).run(id)
        log.add({ entity, id, before, after: null })
      },
      touch: (entity, id) => {
        const before = existing(entity, id)
        if (before['updated_at'] === now) return
        db.statement(`UPDATE ${table(entity)} SET updated_at = ? WHERE id = ?`).run(now, id)
        log.add({ entity, id, before, after: { ...before, updated_at: now } })
      },
    }
  }
}

/** Whether a commit was refused because a row names one that is not here. */
export function lacksOther(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY'
}

/** Talking points are append-only and carry no `updated_at`. */
function isStamped(entity: Entity): boolean {
  return entity !== 'talking_points'
}

/** Folds several writes to one row into one change; a row made and removed again is none. */
class ChangeLog {
  readonly #changes: (Change | null)[] = []
  /** Where a row's change stands. By table first: a session and its state share an id. */
  readonly #at = new Map<Entity, Map<string, number>>()

  add({ entity, id, before, after }: Change): void {
    let places = this.#at.get(entity)
    if (!places) this.#at.set(entity, (places = new Map()))
    const place = places.get(id) ?? this.#changes.length
    const earlier = this.#changes[place]
    const first = earlier ? earlier.before : before
    if (first === null && after === null) {
      this.#changes[place] = null
      places.delete(id)
    } else {
      places.set(id, place)
      this.#changes[place] = { entity, id, before: first, after }
    }
  }

  changes(): Change[] {
    return this.#changes.filter((change) => change !== null)
  }
}
