import { ShopifyField } from '#shared/library.ts'
import type { ProductRow } from './schema.ts'

/** What a product says in the fields that Shopify may own. */
export interface ShopifyValues {
  readonly name: string
  readonly descriptionHtml: string
  /** The brand's name. */
  readonly brand: string
  readonly priceCents: number | null
  readonly compareAtPriceCents: number | null
  readonly sku: string | null
  readonly status: 'active' | 'draft' | 'archived'
  readonly tags: readonly string[]
}

const known: ReadonlySet<string> = new Set(ShopifyField.options)

/** The fields that a person took over. The column also names what a person arranged about pictures; that is no field. */
export function overriddenFields(column: string): ShopifyField[] {
  if (column === '[]') return []
  return (JSON.parse(column) as string[]).filter((name): name is ShopifyField => known.has(name))
}

/** What Shopify last said; null where the product is not from there. */
export function shopifyValuesOf(row: Pick<ProductRow, 'source' | 'shopify_values'>): Partial<ShopifyValues> | null {
  if (row.source !== 'shopify' || row.shopify_values === null) return null
  return JSON.parse(row.shopify_values) as Partial<ShopifyValues>
}

/** Whether two values of a field say the same. */
export function sameValue(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
}

/**
 * The `overridden` column after a person wrote these fields: a field that now says something else than Shopify is the
 * person's, one that says the same is Shopify's again.
 */
export function overriddenAfter(
  column: string,
  written: Partial<ShopifyValues>,
  shopify: Partial<ShopifyValues>,
): string {
  const names = new Set(JSON.parse(column) as string[])
  for (const field of ShopifyField.options) {
    if (written[field] === undefined) continue
    if (sameValue(written[field], shopify[field])) names.delete(field)
    else names.add(field)
  }
  return JSON.stringify([...names])
}
