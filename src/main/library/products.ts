import type { Product, ProductStatus, Variant } from '#shared/library.ts'
import type { Db } from '../db/database.ts'
import { pendingIn } from '../db/pending.ts'
import { imagesOfProducts } from '../db/product-images.ts'
import type { ProductRow, VariantRow } from '../db/schema.ts'
import { overriddenFields } from '../db/ownership.ts'

/** Products whole, in the order of the keys; a fixed number of queries however many there are. */
export function productsByKey(db: Db, keys: readonly number[]): Product[] {
  return load(db, 'p.key', keys)
}

/** One product, whole; undefined where there is none. */
export function productById(db: Db, id: string): Product | undefined {
  return load(db, 'p.id', [id])[0]
}

type Joined = Pick<
  ProductRow,
  | 'id'
  | 'brand_id'
  | 'name'
  | 'handle'
  | 'description_html'
  | 'price_cents'
  | 'compare_at_price_cents'
  | 'sku'
  | 'pid'
  | 'tags'
  | 'talking_points_md'
  | 'source'
  | 'overridden'
  | 'updated_at'
> & { readonly brand_name: string; readonly status: ProductStatus }

function load(db: Db, column: 'p.key' | 'p.id', keys: readonly (number | string)[]): Product[] {
  if (keys.length === 0) return []
  return db.snapshot(() => loadNow(db, column, keys))
}

function loadNow(db: Db, column: 'p.key' | 'p.id', keys: readonly (number | string)[]): Product[] {
  const rows = db
    .statement(
      `SELECT p.id, p.brand_id, b.name AS brand_name, p.name, p.handle, p.description_html, p.status, p.price_cents,
        p.compare_at_price_cents, p.sku, p.pid, p.tags, p.talking_points_md, p.source, p.overridden, p.updated_at
      FROM json_each(?) wanted CROSS JOIN products p ON ${column} = wanted.value LEFT JOIN brands b ON b.id = p.brand_id
      ORDER BY wanted.key`,
    )
    .all(JSON.stringify(keys)) as Joined[]
  const ids = rows.map(({ id }) => id)
  const variants = variantsOf(db, ids)
  const images = imagesOfProducts(db, ids)
  const pending = pendingIn(db, 'products', ids)
  return rows.map((row) => ({
    id: row.id,
    brand: { id: row.brand_id, name: row.brand_name ?? '' },
    name: row.name,
    handle: row.handle,
    descriptionHtml: row.description_html,
    status: row.status,
    priceCents: row.price_cents,
    compareAtPriceCents: row.compare_at_price_cents,
    sku: row.sku,
    pid: row.pid,
    tags: JSON.parse(row.tags) as string[],
    talkingPointsMd: row.talking_points_md,
    source: row.source,
    overridden: overriddenFields(row.overridden),
    variants: variants.get(row.id) ?? [],
    images: images.get(row.id) ?? [],
    updatedAt: row.updated_at,
    pending: pending.has(row.id),
  }))
}

type JoinedVariant = Omit<VariantRow, 'barcode' | 'position' | 'created_at' | 'updated_at'>

function variantsOf(db: Db, productIds: readonly string[]): Map<string, Variant[]> {
  const rows = db
    .statement(
      `SELECT v.id, v.product_id, v.title, v.sku, v.price_cents, v.compare_at_price_cents, v.options, v.stock
      FROM json_each(?) wanted CROSS JOIN product_variants v ON v.product_id = wanted.value
      ORDER BY wanted.key, v.position, v.id`,
    )
    .all(JSON.stringify(productIds)) as JoinedVariant[]
  const byProduct = new Map<string, Variant[]>()
  // Most variants of a page come in the same few options.
  const read = new Map<string, Variant['options']>()
  for (const row of rows) {
    const variants = byProduct.get(row.product_id) ?? []
    byProduct.set(row.product_id, variants)
    const options = read.get(row.options) ?? (JSON.parse(row.options) as Variant['options'])
    read.set(row.options, options)
    variants.push({
      id: row.id,
      title: row.title,
      sku: row.sku,
      priceCents: row.price_cents,
      compareAtPriceCents: row.compare_at_price_cents,
      options,
      stock: row.stock,
    })
  }
  return byProduct
}
