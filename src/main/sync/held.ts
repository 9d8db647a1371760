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
    return this.#deps.db.statement(`SELECT count(*) FROM (${LIST})`).pluck(true).get() as number
  }

  /** The wholes; their parts wait with them. One that somebody put back is here for a part of it that only we had. */
  list(): HeldDeletion[] {
    return this.#deps.db.statement(`SELECT * FROM (${LIST}) ORDER BY entity, name, id`).all() as HeldDeletion[]
  }

  /** The rows go here too. */
  accept(): void {
    const { writer, db } = this.#deps
    writer.acceptInPart(() => {
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

/** An item that fell with its product is told of by that. */
const LIST = `
  WITH wholes AS (
    SELECT h.at,
      CASE WHEN h.entity IN ('session_products', 'session_states') THEN 'sessions'
        WHEN h.entity IN ('products', 'sessions', 'brands') THEN h.entity ELSE 'products' END AS entity,
      CASE h.entity
        WHEN 'session_products' THEN (SELECT session_id FROM session_products WHERE id = h.row_id)
        WHEN 'product_variants' THEN (SELECT product_id FROM product_variants WHERE id = h.row_id)
        WHEN 'product_images' THEN (SELECT product_id FROM product_images WHERE id = h.row_id)
        WHEN 'talking_points' THEN (SELECT product_id FROM talking_points WHERE id = h.row_id)
        ELSE h.row_id END AS id
    FROM sync_held h
    WHERE NOT (h.entity = 'session_products' AND EXISTS (SELECT 1 FROM session_products i
      JOIN sync_held p ON p.entity = 'products' AND p.row_id = i.product_id WHERE i.id = h.row_id)))
  SELECT w.entity, w.id, min(w.at) AS at, coalesce(p.name, s.name, b.name) AS name FROM wholes w
    LEFT JOIN products p ON w.entity = 'products' AND p.id = w.id
    LEFT JOIN sessions s ON w.entity = 'sessions' AND s.id = w.id
    LEFT JOIN brands b ON w.entity = 'brands' AND b.id = w.id
  WHERE coalesce(p.name, s.name, b.name) IS NOT NULL GROUP BY w.entity, w.id`
