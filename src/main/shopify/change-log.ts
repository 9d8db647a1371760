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
           ON CONFLICT DO UPDATE SET changes = excluded.changes,
             action = CASE WHEN action = 'created' THEN action ELSE excluded.action END`,
        )
        .run(jobId, outcome.productId, outcome.name, actions[outcome.action], JSON.stringify(this.#all(jobId, outcome)))
    }
  }

  show(jobId: string): { items: ShopifyChange[]; total: number; undoable: boolean } {
    const items = this.rows(jobId, SHOWN).map((row) => ({ ...row, changes: row.changes.map(shortened) }))
    const [total = 0, undoable = 0] = this.#db
      .statement(`SELECT count(*), total(action <> 'held') > 0 FROM shopify_changes WHERE job_id = ?`)
      .raw(true)
      .get(jobId) as number[]
    return { items, total, undoable: undoable === 1 }
  }

  /** With what an earlier write of the same job changed: from what was before the first to what is after the last. */
  #all(jobId: string, { productId, changes, action }: Exclude<Outcome, { action: 'failed' }>): FieldChange[] {
    const earlier = this.#db
      .statement(`SELECT changes FROM shopify_changes WHERE job_id = ? AND product_id = ? AND action <> 'held'`)
      .pluck(true)
      .get(jobId, productId) as string | undefined
    if (earlier === undefined || action === 'held') return [...changes]
    const all = new Map((JSON.parse(earlier) as FieldChange[]).map((change) => [change.name, change]))
    for (const change of changes) {
      const first = all.get(change.name)
      all.set(change.name, first ? { ...change, before: first.before } : change)
    }
    return [...all.values()]
  }

  rows(jobId: string, limit = -1): ShopifyChange[] {
    const rows = this.#db
      .statement(
        'SELECT product_id, name, action, changes FROM shopify_changes WHERE job_id = ? ORDER BY name, product_id LIMIT ?',
      )
      .all(jobId, limit) as { product_id: string; name: string; action: ShopifyChange['action']; changes: string }[]
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
