import type { ProductDetail, ProductPatch, ShopifyField } from '#shared/library.ts'

/** What the editor's form holds, as the form has it: texts for texts. */
export interface ProductFields {
  readonly name: string
  readonly brand: string
  readonly status: 'active' | 'draft' | 'archived'
  readonly tags: readonly string[]
  readonly descriptionHtml: string
  readonly priceCents: number | null
  readonly compareAtPriceCents: number | null
  readonly sku: string
  readonly pid: string
  readonly talkingPointsMd: string
}

export type FieldName = keyof ProductFields

export const fieldNames = [
  'name',
  'brand',
  'status',
  'tags',
  'descriptionHtml',
  'priceCents',
  'compareAtPriceCents',
  'sku',
  'pid',
  'talkingPointsMd',
] as const satisfies readonly FieldName[]

/** The fields of a product as the core has it. */
export function fieldsOf(product: ProductDetail): ProductFields {
  return {
    name: product.name,
    brand: product.brand.name,
    status: product.status,
    tags: product.tags,
    descriptionHtml: product.descriptionHtml,
    priceCents: product.priceCents,
    compareAtPriceCents: product.compareAtPriceCents,
    sku: product.sku ?? '',
    pid: product.pid ?? '',
    talkingPointsMd: product.talkingPointsMd,
  }
}

/** What to write so that the product says what the form says in these fields. */
export function patchOf(changes: Partial<ProductFields>): ProductPatch {
  const { tags, ...rest } = changes
  return { ...rest, ...(tags && { tags: [...tags] }) }
}

/** Who decides about a field: on a product from Shopify, Shopify does until a person takes over. */
export type Ownership = 'none' | 'yours' | 'shopify' | 'overridden'

export function ownershipOf(product: Pick<ProductDetail, 'source' | 'overridden'>, field: FieldName): Ownership {
  if (product.source !== 'shopify') return 'none'
  if (field === 'pid' || field === 'talkingPointsMd') return 'yours'
  return product.overridden.includes(field satisfies ShopifyField) ? 'overridden' : 'shopify'
}

export function sameField(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
