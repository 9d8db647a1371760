import { AppError } from '#shared/app-error.ts'
import type { Output, Parsed } from '#shared/contract.ts'
import { v7 as uuid } from 'uuid'
import type { Db } from '../db/database.ts'
import { settleNumbers } from '../db/lineup-places.ts'
import { overriddenAfter, shopifyValuesOf } from '../db/ownership.ts'
import type { ProductRow } from '../db/schema.ts'
import type { Tx } from '../db/write.ts'
import { edit, insertRow, scopeOf, touchSession } from './edits.ts'
import type { EditDeps } from './edits.ts'
import { fieldOf, toContract } from './fields.ts'
import { planRestore } from './restore-plan.ts'
import type { RestorePlan } from './restore-plan.ts'
import { sideOf } from './sides.ts'
import type { Viewer } from './sides.ts'
import type { Columns } from './stored.ts'
import { nameOf, titleOf } from './titles.ts'

export interface RestoreDeps extends EditDeps {
  /** Who writes at this machine, as versions of talking points name them. */
  readonly author: string
}

/** Puts back what an entry of the log holds. Throws what stands in the way. */
export function restore(
  deps: RestoreDeps,
  viewer: Viewer,
  { logId, which, force = false }: Parsed<'conflicts.restore'>,
): Output<'conflicts.restore'> {
  const { db } = deps
  const row = db.get(db.build.selectFrom('conflict_log').selectAll().where('id', '=', logId))
  if (!row) throw new AppError('not-found', 'This entry is not in the log any more.')
  const side = which === undefined ? null : sideOf(which, viewer.entry(row))
  const plan = planRestore(db, row, { side, force })
  const of = { entity: row.entity, entityId: row.entity_id }
  switch (plan.kind) {
    case 'refused':
      throw new AppError(plan.code, plan.message, plan.code === 'bad-call' ? { fields: { which: plan.message } } : {})
    case 'nothing':
      return { ...of, fields: [], undo: null }
    case 'insert':
      return { ...of, fields: [], undo: revive(deps, plan) }
    default:
      return {
        ...of,
        fields: Object.keys(plan.patch).map((name) => fieldOf(row.entity, name).name),
        undo: write(deps, plan),
      }
  }
}

type Of<K extends RestorePlan['kind']> = Extract<RestorePlan, { kind: K }>

function write(deps: RestoreDeps, { entity, row, patch }: Of<'write'>): ReturnType<typeof edit> {
  const { db, author } = deps
  const id = String(row['id'])
  const [column, ...more] = Object.keys(patch)
  const words = column !== undefined && more.length === 0 ? `the ${fieldOf(entity, column).words} of ` : ''
  const label = `Restore ${words}${titleOf(db, { entity, id }).inText}`
  return edit(deps, { scope: scopeOf(entity, row), label }, (tx) => {
    tx.update(entity, id, { ...patch, ...alongside(db, { entity, row, patch }) })
    if (entity === 'products' && typeof patch['talking_points_md'] === 'string') {
      const text = patch['talking_points_md']
      tx.insert('talking_points', { id: uuid(), product_id: id, text, author_kind: 'person', author_name: author })
    }
    if (entity === 'product_images' && patch['is_primary'] === 1) leaveOnePrimary(tx, db, row)
    touchSession(tx, entity, row)
  })
}

/** What follows from a person's choice: an import must not take it back. */
function alongside(db: Db, { entity, row, patch }: Pick<Of<'write'>, 'entity' | 'row' | 'patch'>): Columns {
  if (entity === 'product_images') return patch['alt'] === undefined ? {} : { alt_by_person: 1 }
  const product = row as unknown as ProductRow
  const shopify = entity === 'products' ? shopifyValuesOf(product) : null
  if (!shopify) return {}
  const written = Object.entries(patch).map(([column, value]): [string, unknown] =>
    column === 'brand_id'
      ? ['brand', nameOf(db, 'brands', value) ?? undefined]
      : [fieldOf(entity, column).name, toContract(fieldOf(entity, column), value)],
  )
  return { overridden: overriddenAfter(product.overridden, Object.fromEntries(written), shopify) }
}

function leaveOnePrimary(tx: Tx, db: Db, { id, product_id: productId }: Columns): void {
  const others = db
    .statement('SELECT id FROM product_images WHERE product_id = ? AND is_primary = 1 AND id <> ?')
    .pluck(true)
    .all(productId, id) as string[]
  for (const other of others) tx.update('product_images', other, { is_primary: 0 })
}

function revive(deps: RestoreDeps, { rows }: Of<'insert'>): ReturnType<typeof edit> {
  const { db } = deps
  const [{ entity, row }] = rows
  const { inText } = titleOf(db, { entity, id: row.id, known: row })
  // A session that comes back is a change of the list, as deleting it was.
  const scope = entity === 'sessions' ? 'sessions' : scopeOf(entity, row)
  return edit(deps, { scope, label: `Restore ${inText}` }, (tx) => {
    for (const one of rows) insertRow(tx, one.entity, one.row)
    if (entity === 'session_products') settleNumbers(tx, db, String(row['session_id']))
    touchSession(tx, entity, row)
  })
}
