import type { PointFlag, Proposal, TalkingPoint } from '#shared/points.ts'
import { v7 as uuid } from 'uuid'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { ProposalRow } from '../db/schema.ts'

type Shown = ProposalRow & { readonly product_name: string; readonly current: string }

const COLUMNS = 'proposal.*, p.name AS product_name, p.talking_points_md AS current'

/** What a model wrote and nobody has looked at yet: one text for a product at most. On this computer alone. */
export class Proposals {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** Takes the place of one that waits. For use inside a transaction. */
  put(given: { productId: string; jobId: string; text: string; model: string; flags: readonly PointFlag[] }): void {
    this.#db.statement('DELETE FROM point_proposals WHERE product_id = ?').run(given.productId)
    this.#db
      .statement(
        `INSERT INTO point_proposals (id, product_id, job_id, text, model, flags, created_at)
         VALUES (@id, @productId, @jobId, @text, @model, @flags, @now)`,
      )
      .run({ ...given, id: uuid(), flags: JSON.stringify(given.flags), now: this.#clock.now() })
  }

  get(id: string): ProposalRow | undefined {
    return this.#db.statement('SELECT * FROM point_proposals WHERE id = ?').get(id) as ProposalRow | undefined
  }

  remove(id: string): boolean {
    return this.#db.statement('DELETE FROM point_proposals WHERE id = ?').run(id).changes > 0
  }

  count(): number {
    return Number(
      this.#db
        .statement('SELECT count(*) FROM point_proposals WHERE product_id IN (SELECT id FROM products)')
        .pluck(true)
        .get(),
    )
  }

  /** Of one product, of one line-up in its order, or all by name. */
  list({ sessionId, productId }: { sessionId?: string | undefined; productId?: string | undefined }): Proposal[] {
    const rows =
      sessionId === undefined
        ? this.#db
            .statement(
              `SELECT ${COLUMNS} FROM point_proposals proposal JOIN products p ON p.id = proposal.product_id
               WHERE @productId IS NULL OR p.id = @productId ORDER BY p.name COLLATE NOCASE, p.id`,
            )
            .all({ productId: productId ?? null })
        : this.#db
            .statement(
              `SELECT ${COLUMNS} FROM point_proposals proposal JOIN products p ON p.id = proposal.product_id
               JOIN (SELECT product_id, min(order_key) AS place FROM session_products WHERE session_id = ?
                 GROUP BY product_id) item ON item.product_id = p.id ORDER BY item.place, p.id`,
            )
            .all(sessionId)
    return (rows as Shown[])
      .filter(({ product_id }) => productId === undefined || product_id === productId)
      .map((row) => ({
        ...asPoint(row),
        productName: row.product_name,
        current: row.current,
        flags: JSON.parse(row.flags) as PointFlag[],
      }))
  }
}

/** As a version of the product's texts. */
export function asPoint(row: ProposalRow): TalkingPoint {
  return {
    id: row.id,
    productId: row.product_id,
    text: row.text,
    author: { kind: 'model', name: row.model },
    at: row.created_at,
    state: 'proposed',
  }
}
