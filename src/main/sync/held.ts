import type { HeldDeletion } from '#shared/sync.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { entities } from '../db/schema.ts'
import type { Entity } from '../db/schema.ts'
import type { Change, Writer } from '../db/write.ts'
import type { Outbox } from './outbox.ts'

export interface HeldDeps {
  readonly db: Db
  readonly clock: Clock
  readonly writer: Writer
  readonly outbox: Outbox
}

/** What the mass-delete breaker holds, and what a person says to it. [F6] */
export class Held {
  readonly #deps: HeldDeps

  constructor(deps: HeldDeps) {
    this.#deps = deps
  }

  count(): number {
    return this.#deps.db
      .statement(`SELECT count(*) FROM sync_held WHERE entity IN ${WHOLES}`)
      .pluck(true)
      .get() as number
  }

  /** The wholes; their parts wait with them. */
  list(): HeldDeletion[] {
    return this.#deps.db
      .statement(
        `SELECT h.entity, h.row_id AS id, h.at, coalesce(p.name, s.name, b.name) AS name FROM sync_held h
           LEFT JOIN products p ON h.entity = 'products' AND p.id = h.row_id
           LEFT JOIN sessions s ON h.entity = 'sessions' AND s.id = h.row_id
           LEFT JOIN brands b ON h.entity = 'brands' AND b.id = h.row_id
         WHERE h.entity IN ${WHOLES} AND coalesce(p.name, s.name, b.name) IS NOT NULL ORDER BY h.entity, name, id`,
      )
      .all() as HeldDeletion[]
  }

  /** The rows go here too. */
  accept(): void {
    const { writer, db } = this.#deps
    writer.accept(() => {
      const changes: Change[] = []
      for (const { entity, row } of this.#rows()) {
        db.statement(`DELETE FROM ${entity} WHERE id = ?`).run(row.id)
        changes.push({ entity, id: row.id, before: row, after: null })
      }
      db.statement('DELETE FROM sync_held').run()
      return { value: undefined, changes }
    })
  }

  /** The rows come back for everyone: they are inserted anew, in the knowledge that they were deleted. */
  decline(): void {
    const { db, outbox } = this.#deps
    outbox.record(() => {
      const changes = this.#rows().map(({ entity, row }): Change => ({ entity, id: row.id, before: null, after: row }))
      db.statement('DELETE FROM sync_held').run()
      return changes
    })
  }

  /** What is held and still here, wholes before their parts. */
  #rows(): { entity: Entity; row: Record<string, unknown> & { id: string } }[] {
    const { db } = this.#deps
    return entities.flatMap((entity) =>
      (
        db
          .statement(`SELECT t.* FROM sync_held h CROSS JOIN ${entity} t ON t.id = h.row_id WHERE h.entity = ?`)
          .all(entity) as (Record<string, unknown> & { id: string })[]
      ).map((row) => ({ entity, row })),
    )
  }
}

const WHOLES = `('products', 'sessions', 'brands')`
