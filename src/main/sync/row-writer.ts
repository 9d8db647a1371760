import type { Clock } from '../clock.ts'
import type { Inserted, Insertions } from '../db/insertions.ts'
import type { Db } from '../db/database.ts'
import { entities } from '../db/schema.ts'
import type { Entity, Synced } from '../db/schema.ts'
import type { Change } from '../db/write.ts'
import { differing } from './merge.ts'
import type { Row } from './merge.ts'

/** A row as it is shown now and as it is to be; null = there is none. */
interface Step {
  readonly id: string
  readonly shown: Row | null
  readonly target: Row | null
}

interface RowWriterDeps {
  readonly db: Db
  readonly clock: Clock
  readonly hears?: (change: Change) => boolean
}

/** Writes rows that came from the team, past the one writer, and remembers what changed. What does not fit is set aside. [L6] */
export class RowWriter {
  readonly changes: Change[] = []
  readonly touched = new Set<Synced>()
  readonly #db: Db
  readonly #clock: Clock
  readonly #hears: (change: Change) => boolean
  /** What did not fit when it came last. */
  readonly #aside: Set<string>

  constructor({ db, clock, hears = () => true }: RowWriterDeps) {
    this.#db = db
    this.#clock = clock
    this.#hears = hears
    this.#aside = new Set(db.statement(`SELECT entity || ' ' || row_id FROM sync_aside`).pluck(true).all() as string[])
  }

  /** Everything comes anew: what still does not fit is set aside again. */
  forgetAside(): void {
    this.#db.statement('DELETE FROM sync_aside').run()
    this.#aside.clear()
  }

  write(entity: Synced, step: Step): void {
    const { id, shown, target } = step
    try {
      const changed = this.#put(entity, step)
      this.takeBack(entity, id)
      if (!changed) return
    } catch (error) {
      return this.#setAside(entity, id, { row: target, error })
    }
    this.#note({ entity, id, before: shown, after: target && { ...shown, ...target } })
  }

  /** Rows that are not here yet. */
  insertAll(entity: Synced, rows: readonly Inserted[], insertions: Insertions): void {
    for (const alike of byShape(rows)) {
      // All or none: a portion that went in before another one failed would not go in again.
      const together = this.#db.sqlite.transaction(() => insertions.run(entity, alike))
      try {
        together()
        for (const row of alike) {
          this.takeBack(entity, row.id)
          this.#note({ entity, id: row.id, before: null, after: row })
        }
      } catch (error) {
        // A full disk has ended the whole transaction: what came next, the cursor too, would be written without it.
        if (!doesNotFit(error)) throw error
        // One of them does not fit; each by itself tells which.
        for (const row of alike) this.write(entity, { id: row.id, shown: null, target: row })
      }
    }
  }

  /** Answers whether there was anything to do. */
  #put(entity: Synced, { id, shown, target }: Step): boolean {
    if (target === null) {
      if (shown === null) return false
      this.#db.statement(`DELETE FROM ${entity} WHERE id = ?`).run(id)
    } else if (shown === null) {
      const names = Object.keys(target)
      this.#db
        .statement(`INSERT INTO ${entity} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
        .run(Object.values(target))
    } else {
      const changed = Object.entries(differing(shown, target))
      if (changed.length === 0) return false
      this.#db
        .statement(`UPDATE ${entity} SET ${changed.map(([name]) => `${name} = ?`).join(', ')} WHERE id = ?`)
        .run([...changed.map(([, value]) => value), id])
    }
    return true
  }

  #note(change: Omit<Change, 'entity'> & { readonly entity: Synced }): void {
    this.touched.add(change.entity)
    if (isShared(change) && this.#hears(change)) this.changes.push(change)
  }

  #setAside(entity: Synced, id: string, { row, error }: { row: Row | null; error: unknown }): void {
    if (!doesNotFit(error)) throw error
    this.#aside.add(`${entity} ${id}`)
    this.#db
      .statement(
        `INSERT INTO sync_aside (entity, row_id, body, problem, at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET body = excluded.body, problem = excluded.problem, at = excluded.at`,
      )
      .run(entity, id, JSON.stringify(row), error.message, this.#clock.now())
  }

  /** It came again: what did not fit is no longer what it is. */
  takeBack(entity: Synced, id: string): void {
    if (!this.#aside.delete(`${entity} ${id}`)) return
    this.#db.statement('DELETE FROM sync_aside WHERE entity = ? AND row_id = ?').run(entity, id)
  }
}

function isShared(change: { readonly entity: Synced }): change is Change {
  return entities.some((one: Entity) => one === change.entity)
}

/** A constraint of the table, or a value of a type that no column holds. */
function doesNotFit(error: unknown): error is Error {
  if (error instanceof TypeError) return true
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')
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
