import { ShopifyField } from '#shared/library.ts'
import type { ImageRow, ProductRow, VariantRow } from '../db/schema.ts'
import type { FieldChange } from '../db/shopify-catalogue.ts'
import type { SourceProduct } from '../db/source-product.ts'
import type { Unstamped } from '../db/write.ts'
import { differing } from './differing.ts'
import { planImages } from './import-images.ts'
import { planVariants } from './import-variants.ts'
import type { Write } from './import-write.ts'
import { overriddenFields, sameValue } from '../db/ownership.ts'
import type { ShopifyValues } from '../db/ownership.ts'

/** What the database holds of a product before the import. */
export interface Existing {
  readonly row: ProductRow
  readonly brandName: string
  readonly variants: readonly VariantRow[]
  readonly images: readonly ImageRow[]
}

/** What becomes of one product of the source. */
export interface ProductPlan {
  readonly values: ShopifyValues
  readonly id: string
  /** `held`: it would change, and waits for a person. */
  readonly action: 'create' | 'update' | 'unchanged' | 'held'
  readonly changes: readonly FieldChange[]
  readonly writes: readonly Write[]
}

/** The brand of a product: its name as Hudson has it, and its id. */
export interface BrandRef {
  readonly id: string
  readonly name: string
}

/** What a plan is made from, beside the product itself. */
export interface PlanContext {
  readonly brand: BrandRef
  readonly existing: Existing | undefined
  readonly newId: () => string
  /** The product is in a show that is on: what Shopify says is noted, and nothing of it shown. */
  readonly held?: boolean
}

/**
 * Decides what an import does to one product. Pure: nothing is read or written here.
 *
 * 1. What Shopify says now is always kept in `shopify_values`; it becomes the field's value unless a person took it over.
 * 2. A product that people made by hand becomes Shopify's. What they had filled in otherwise than Shopify stays theirs.
 * 3. Variants and pictures that the source no longer names go, unless something of the product is missing in it.
 * 4. A held product takes over what Shopify says now in `shopify_values` alone: that tells what waits.
 */
export function planProduct(
  product: SourceProduct,
  { brand, existing, newId, held = false }: PlanContext,
): ProductPlan {
  const values = shopifyValues(product, brand)
  return existing
    ? planUpdate(product, values, { brand, existing, newId, held })
    : planCreate(product, values, { brand, newId })
}

function shopifyValues(product: SourceProduct, brand: BrandRef): ShopifyValues {
  const priced = product.variants.filter(({ priceCents }) => priceCents !== null)
  const cheapest = priced.toSorted((a, b) => (a.priceCents ?? 0) - (b.priceCents ?? 0))[0]
  return {
    name: product.name,
    descriptionHtml: product.descriptionHtml,
    brand: brand.name,
    priceCents: cheapest?.priceCents ?? null,
    compareAtPriceCents: cheapest?.compareAtPriceCents ?? null,
    sku: product.variants.find(({ sku }) => sku !== null)?.sku ?? null,
    status: product.status,
    tags: product.tags,
  }
}

function planCreate(
  product: SourceProduct,
  values: ShopifyValues,
  { brand, newId }: Pick<PlanContext, 'brand' | 'newId'>,
): ProductPlan {
  const id = newId()
  const ids = { productId: id, newId }
  const row: Unstamped<ProductRow> = {
    id,
    brand_id: brand.id,
    handle: product.handle,
    name: values.name,
    description_html: values.descriptionHtml,
    status: values.status,
    price_cents: values.priceCents,
    compare_at_price_cents: values.compareAtPriceCents,
    sku: values.sku,
    tags: JSON.stringify(values.tags),
    pid: null,
    shopify_id: product.shopifyId,
    talking_points_md: '',
    source: 'shopify',
    shopify_values: JSON.stringify(values),
    overridden: '[]',
  }
  const writes = [
    { op: 'insert', entity: 'products', values: row } as const,
    ...planVariants(product, [], ids),
    ...planImages(product, { images: [], arranged: new Set() }, ids),
  ]
  return { id, values, action: 'create', changes: [], writes }
}

function planUpdate(
  product: SourceProduct,
  values: ShopifyValues,
  { brand, existing, newId, held = false }: PlanContext & { readonly existing: Existing },
): ProductPlan {
  const { row } = existing
  const ids = { productId: row.id, newId }
  const now = currentValues(existing)
  const overridden = overriddenBefore(existing, values, now)
  const theirs = new Set(JSON.parse(overridden) as string[])
  const fields = ShopifyField.options.filter((field) => !theirs.has(field) && !sameValue(now[field], values[field]))
  const rowPatch = differing(row, {
    ...(!held && columnsOf(fields, values, brand)),
    handle: product.handle,
    shopify_id: product.shopifyId ?? row.shopify_id,
    source: 'shopify',
    shopify_values: JSON.stringify(values),
    overridden,
  })
  const variants = planVariants(product, existing.variants, ids)
  const images = planImages(product, { images: existing.images, arranged: theirs }, ids)
  const changes: FieldChange[] = fields.map((name) => ({ name, before: now[name], after: values[name] }))
  if (rowPatch.handle !== undefined) changes.push({ name: 'handle', before: row.handle, after: product.handle })
  if (rowPatch.source !== undefined) changes.push({ name: 'source', before: row.source, after: 'shopify' })
  const parts: readonly [string, readonly Write[], number, number][] = [
    ['variants', variants, existing.variants.length, product.variants.length],
    ['images', images, existing.images.length, product.images.length],
  ]
  for (const [name, { length }, before, after] of parts) if (length > 0) changes.push({ name, before, after })
  const hasPatch = Object.keys(rowPatch).length > 0
  const patch: Write[] = hasPatch ? [{ op: 'update', entity: 'products', id: row.id, values: rowPatch }] : []
  const waits = held && fields.length + variants.length + images.length > 0
  const writes = held ? patch : [...patch, ...variants, ...images]
  const action = waits ? 'held' : writes.length === 0 ? 'unchanged' : 'update'
  return { id: row.id, values, action, changes, writes }
}

function currentValues({ row, brandName }: Existing): ShopifyValues {
  return {
    name: row.name,
    descriptionHtml: row.description_html,
    brand: brandName,
    priceCents: row.price_cents,
    compareAtPriceCents: row.compare_at_price_cents,
    sku: row.sku,
    status: row.status,
    tags: JSON.parse(row.tags) as string[],
  }
}

function overriddenBefore({ row }: Existing, values: ShopifyValues, now: ShopifyValues): string {
  if (row.source === 'shopify' && row.shopify_values !== null) {
    // What Shopify says by now as well is no longer a person's own.
    const same = new Set<string>(
      overriddenFields(row.overridden).filter((field) => sameValue(now[field], values[field])),
    )
    if (same.size === 0) return row.overridden
    return JSON.stringify((JSON.parse(row.overridden) as string[]).filter((name) => !same.has(name)))
  }
  const filledIn = ShopifyField.options.filter((field) => !isEmpty(now[field]) && !sameValue(now[field], values[field]))
  return JSON.stringify([...new Set([...(JSON.parse(row.overridden) as string[]), ...filledIn])])
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function columnsOf(
  fields: readonly ShopifyField[],
  values: ShopifyValues,
  brand: BrandRef,
): Partial<Unstamped<ProductRow>> {
  const columns: Record<ShopifyField, Partial<Unstamped<ProductRow>>> = {
    name: { name: values.name },
    descriptionHtml: { description_html: values.descriptionHtml },
    brand: { brand_id: brand.id },
    priceCents: { price_cents: values.priceCents },
    compareAtPriceCents: { compare_at_price_cents: values.compareAtPriceCents },
    sku: { sku: values.sku },
    status: { status: values.status },
    tags: { tags: JSON.stringify(values.tags) },
  }
  return Object.assign({}, ...fields.map((field) => columns[field])) as Partial<Unstamped<ProductRow>>
}
