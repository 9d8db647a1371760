import { AppError } from '#shared/app-error.ts'
import { ShopifyField } from '#shared/library.ts'
import { v5, v7 } from 'uuid'
import type { Db } from '../db/database.ts'
import { overriddenAfter, overriddenFields, sameValue, shopifyValuesOf } from '../db/ownership.ts'
import type { ShopifyValues } from '../db/ownership.ts'
import type { ProductRow } from '../db/schema.ts'
import type { Catalogue, Outcome, Waiting } from '../db/shopify-catalogue.ts'
import type { SourceProduct } from '../db/source-product.ts'
import type { Tx, Unstamped, Writer } from '../db/write.ts'
import { brandKey, brandNamed } from './brands.ts'
import { planBrands } from './import-brands.ts'
import { ImportMatcher } from './import-match.ts'
import { planProduct } from './import-plan.ts'
import { applyWrites } from './import-write.ts'
import { NO_BRAND } from './product-edit.ts'

/** Never changes: two desktops that meet a product of Shopify's for the first time, apart from each other, make the same rows. */
const NAMESPACE = 'c1a3c8a4-7d0e-4c0f-9a52-0b8a3b1f6e70'

export interface ShopifyImportDeps {
  readonly db: Db
  readonly writer: Writer
}

/**
 * What Shopify says, in the catalogue.
 *
 * 1. What is given at once is written at once, with what `beside` writes; a product that cannot be written is left out with the
 *    reason, and takes no other with it.
 * 2. A product of a line-up that is on air is held: what Shopify says now is noted, nothing of it is shown.
 * 3. Nothing is deleted: what is gone at Shopify is archived, and what an undo takes back is archived too.
 */
export function createShopifyImport(deps: ShopifyImportDeps): Catalogue {
  return {
    apply: (products, beside) => apply(deps, products, beside),
    missing: (present) => missing(deps, present),
    archive: (ids, beside) => archive(deps, ids, beside),
    waiting: (sessionId) => waiting(deps, sessionId),
    take: (sessionId, productIds) => take(deps, sessionId, productIds),
    undo: (changes, beside) => undo(deps, changes, beside),
    onAir: (shopifyIds) => onAir(deps, shopifyIds),
  }
}

function apply(
  deps: ShopifyImportDeps,
  products: readonly SourceProduct[],
  beside: (outcomes: readonly Outcome[]) => void,
): readonly Outcome[] {
  try {
    return applyTogether(deps, products, beside)
  } catch (error) {
    if (products.length > 1) return products.flatMap((product) => apply(deps, [product], beside))
    const [product] = products
    if (!product || !(error instanceof AppError || isConstraint(error))) throw error
    const problem = error instanceof AppError ? error.message : 'Its data does not fit into the catalogue.'
    const outcome: Outcome = { action: 'failed', shopifyId: product.shopifyId ?? '', name: product.name, problem }
    beside([outcome])
    return [outcome]
  }
}

function applyTogether(
  { db, writer }: ShopifyImportDeps,
  products: readonly SourceProduct[],
  beside: (outcomes: readonly Outcome[]) => void,
): readonly Outcome[] {
  // Shopify has it all: what a power cut takes is asked for again, by the checkpoint that goes with it.
  return writer.transactLoosely((tx) => {
    const { brands, added } = planBrands(db, products, {
      fallback: NO_BRAND,
      idOf: (key) => v5(`brand/${key}`, NAMESPACE),
    })
    const matcher = new ImportMatcher(db, new Set(products.map(({ handle }) => handle)))
    matcher.load(products)
    const onAirNow = productsOnAir(db)
    const plans = products.flatMap((product) => {
      const brand = brands.get(brandKey(product.vendor))
      if (!brand) return []
      const existing = matcher.find(product, brand.id)
      const held = existing !== undefined && onAirNow.has(existing.row.id)
      return [{ product, plan: planProduct(product, { brand, existing, held, newId: idsFor(product, existing) }) }]
    })
    applyWrites(tx, [...added, ...plans.flatMap(({ plan }) => plan.writes)])
    const outcomes = plans.map(({ product, plan }): Outcome => ({
      action: plan.action,
      shopifyId: product.shopifyId ?? '',
      productId: plan.id,
      name: product.name,
      changes: plan.changes,
    }))
    beside(outcomes)
    return outcomes
  })
}

/** Ids of a product that is new follow from what it is; of what is added to a known one, they are made up. */
function idsFor({ shopifyId }: SourceProduct, existing: unknown): () => string {
  if (existing !== undefined || shopifyId === null) return () => v7()
  const id = v5(shopifyId, NAMESPACE)
  const last = Number.parseInt(id.slice(-12), 16)
  let made = 0
  // The product's own id first, then those that count on from it: to hash each costs more than to write its row.
  return () => {
    const tail = ((last + made) % 2 ** 48).toString(16).padStart(12, '0')
    made += 1
    return `${id.slice(0, -12)}${tail}`
  }
}

function productsOnAir(db: Db): ReadonlySet<string> {
  const ids = db
    .statement(
      `SELECT DISTINCT product_id FROM session_products WHERE session_id IN (SELECT id FROM session_states WHERE mode = 'live')`,
    )
    .pluck(true)
    .all() as string[]
  return new Set(ids)
}

function onAir({ db }: ShopifyImportDeps, shopifyIds: readonly string[]): readonly string[] {
  const live = productsOnAir(db)
  if (live.size === 0) return []
  const rows = db
    .statement('SELECT id, shopify_id FROM products WHERE shopify_id IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify(shopifyIds)) as { id: string; shopify_id: string }[]
  return rows.filter(({ id }) => live.has(id)).map(({ shopify_id }) => shopify_id)
}

function missing(
  { db }: ShopifyImportDeps,
  present: ReadonlySet<string>,
): { readonly gone: readonly string[]; readonly known: number } {
  const rows = db
    .statement(`SELECT id, shopify_id, status FROM products WHERE source = 'shopify' AND shopify_id IS NOT NULL`)
    .all() as { id: string; shopify_id: string; status: string }[]
  const active = rows.filter(({ status }) => status !== 'archived')
  return { gone: active.filter((row) => !present.has(row.shopify_id)).map(({ id }) => id), known: active.length }
}

function archive(
  { db, writer }: ShopifyImportDeps,
  ids: readonly string[],
  beside: (outcomes: readonly Outcome[]) => void,
): void {
  writer.transact((tx) => {
    const live = productsOnAir(db)
    const outcomes = ids.flatMap((id): Outcome[] => {
      const row = tx.row('products', id)
      if (!row || live.has(id)) return []
      const said = shopifyValuesOf(row) ?? {}
      const isOurs = overriddenFields(row.overridden).includes('status')
      const values = JSON.stringify({ ...said, status: 'archived' })
      tx.update('products', id, { shopify_values: values, ...(!isOurs && { status: 'archived' as const }) })
      if (isOurs) return []
      const changes = [{ name: 'status', before: row.status, after: 'archived' }]
      return [{ action: 'archived', shopifyId: row.shopify_id ?? '', productId: id, name: row.name, changes }]
    })
    beside(outcomes)
  })
}

/** What Shopify says otherwise than the product, in fields that nobody took over. */
function differences(db: Db, row: ProductRow): { name: ShopifyField; now: unknown; shopify: unknown }[] {
  const said = shopifyValuesOf(row)
  if (!said) return []
  const ours = new Set<string>(overriddenFields(row.overridden))
  const now = currentValues(db, row)
  return ShopifyField.options
    .filter((field) => !ours.has(field) && said[field] !== undefined && !sameValue(now[field], said[field]))
    .map((field) => ({ name: field, now: now[field], shopify: said[field] }))
}

function currentValues(db: Db, row: ProductRow): ShopifyValues {
  const brand = db.statement('SELECT name FROM brands WHERE id = ?').pluck(true).get(row.brand_id) as string | undefined
  return {
    name: row.name,
    descriptionHtml: row.description_html,
    brand: brand ?? '',
    priceCents: row.price_cents,
    compareAtPriceCents: row.compare_at_price_cents,
    sku: row.sku,
    status: row.status,
    tags: JSON.parse(row.tags) as string[],
  }
}

function waiting({ db }: ShopifyImportDeps, sessionId: string): readonly Waiting[] {
  const rows = db
    .statement(
      `SELECT p.* FROM products p WHERE p.source = 'shopify' AND p.id IN
         (SELECT product_id FROM session_products WHERE session_id = ?) ORDER BY p.name, p.id`,
    )
    .all(sessionId) as ProductRow[]
  return rows.flatMap((row) => {
    const fields = differences(db, row)
    return fields.length === 0 ? [] : [{ productId: row.id, shopifyId: row.shopify_id, name: row.name, fields }]
  })
}

function take(
  deps: ShopifyImportDeps,
  sessionId: string,
  productIds: readonly string[] | undefined,
): readonly Waiting[] {
  const { db, writer } = deps
  return writer.transact((tx) => {
    const taken = waiting(deps, sessionId).filter(({ productId }) => productIds?.includes(productId) ?? true)
    for (const { productId, fields } of taken) {
      const values = Object.fromEntries(fields.map(({ name, shopify }) => [name, shopify])) as Partial<ShopifyValues>
      tx.update('products', productId, columnsOf(db, tx, values))
    }
    return taken
  })
}

/** A field that still is as the sync left it becomes what it was, as a person's own: the next sync leaves it alone. */
function undo(
  { db, writer }: ShopifyImportDeps,
  changes: Parameters<Catalogue['undo']>[0],
  beside: Parameters<Catalogue['undo']>[1],
): number {
  return writer.transact((tx) => {
    const undone: string[] = []
    for (const { productId, fields } of changes) {
      const row = tx.row('products', productId)
      if (!row) continue
      const now = currentValues(db, row)
      const back = fields.filter(({ name, after }) => isField(name) && sameValue(now[name], after))
      if (back.length === 0) continue
      const values = Object.fromEntries(back.map(({ name, before }) => [name, before])) as Partial<ShopifyValues>
      const overridden = overriddenAfter(row.overridden, values, shopifyValuesOf(row) ?? {})
      tx.update('products', productId, { ...columnsOf(db, tx, values), overridden })
      undone.push(productId)
    }
    beside(undone)
    return undone.length
  })
}

function columnsOf(db: Db, tx: Tx, values: Partial<ShopifyValues>): Partial<Unstamped<ProductRow>> {
  const { name, descriptionHtml, brand, priceCents, compareAtPriceCents, sku, status, tags } = values
  const columns = {
    name,
    description_html: descriptionHtml,
    brand_id: brand === undefined ? undefined : brandNamed(db, tx, brand),
    price_cents: priceCents,
    compare_at_price_cents: compareAtPriceCents,
    sku,
    status,
    tags: tags && JSON.stringify(tags),
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}

function isField(name: string): name is ShopifyField {
  return ShopifyField.safeParse(name).success
}

function isConstraint(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')
}
