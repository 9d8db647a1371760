import type { ShopifyChange } from '#shared/shopify.ts'
import type { Db } from '../db/database.ts'
import type { FieldChange, Outcome } from '../db/shopify-catalogue.ts'

const actions = { create: 'created', update: 'updated', archived: 'archived', held: 'held' } as const
/** How much of a long text a report shows. */
const SHOWN_TEXT = 300
const SHOWN = 500

/** What each sync changed, product by product: for its report, and for taking it back. */
export class ChangeLog {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  /** Belongs into the transaction that wrote the products. What changed nothing that people see is left out. */
  note(jobId: string, outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      if (outcome.action === 'failed' || outcome.action === 'unchanged') continue
      if (outcome.action === 'update' && outcome.changes.length === 0) continue
      this.#db
        .statement(
          `INSERT INTO shopify_changes (job_id, product_id, name, action, changes) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET changes = excluded.changes`,
        )
        .run(jobId, outcome.productId, outcome.name, actions[outcome.action], JSON.stringify(outcome.changes))
    }
  }

  show(jobId: string): { items: ShopifyChange[]; total: number } {
    const items = this.rows(jobId)
      .slice(0, SHOWN)
      .map((row) => ({ ...row, changes: row.changes.map(shortened) }))
    const total = this.#db.statement('SELECT count(*) FROM shopify_changes WHERE job_id = ?').pluck(true).get(jobId)
    return { items, total: Number(total) }
  }

  rows(jobId: string): ShopifyChange[] {
    const rows = this.#db
      .statement(
        'SELECT product_id, name, action, changes FROM shopify_changes WHERE job_id = ? ORDER BY name, product_id',
      )
      .all(jobId) as { product_id: string; name: string; action: ShopifyChange['action']; changes: string }[]
    return rows.map(({ product_id, name, action, changes }) => ({
      productId: product_id,
      name,
      action,
      changes: JSON.parse(changes) as ShopifyChange['changes'],
    }))
  }

  remove(jobId: string, productIds: readonly string[]): void {
    this.#db
      .statement('DELETE FROM shopify_changes WHERE job_id = ? AND product_id IN (SELECT value FROM json_each(?))')
      .run(jobId, JSON.stringify(productIds))
  }
}

function shortened({ name, before, after }: FieldChange): FieldChange {
  const cut = (value: unknown): unknown =>
    typeof value === 'string' && value.length > SHOWN_TEXT ? `${value.slice(0, SHOWN_TEXT)}…` : value
  return { name, before: cut(before), after: cut(after) }
}
