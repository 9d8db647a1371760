import type { Variant } from '#shared/library.ts'

/** A variant as Shopify has it, whether it came in a file or was asked for. */
export interface SourceVariant {
  readonly title: string
  readonly sku: string | null
  readonly barcode: string | null
  readonly priceCents: number | null
  readonly compareAtPriceCents: number | null
  readonly options: Variant['options']
  readonly stock: number | null
}

/** A picture as Shopify has it. */
export interface SourceImage {
  readonly url: string
  readonly alt: string
  readonly position: number
  /** A placeholder of some bytes, in base64; null where there is none. */
  readonly thumbhash?: string | null
}

/** A product as Shopify has it. */
export interface SourceProduct {
  /** `gid://shopify/Product/…`; null where only a file speaks of it. */
  readonly shopifyId: string | null
  readonly handle: string
  readonly name: string
  readonly descriptionHtml: string
  /** Empty where none is named. */
  readonly vendor: string
  readonly status: 'active' | 'draft' | 'archived'
  readonly tags: readonly string[]
  readonly variants: readonly SourceVariant[]
  readonly images: readonly SourceImage[]
  /** Whether something of it is not here: then what is missing is not gone. */
  readonly incomplete: boolean
}
