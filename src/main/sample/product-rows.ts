import type { ImageRow, ProductRow, TalkingPointRow, VariantRow } from '../db/schema.ts'
import type { Unstamped } from '../db/write.ts'
import type { SampleProduct } from './sample-product.ts'
import { stableId } from './stable-id.ts'

/** The one brand of the sample data. */
export const sampleBrandId = stableId('brand', 'tarnwick')

/** The rows of one product. */
export interface ProductRows {
  readonly product: Unstamped<ProductRow>
  readonly variants: readonly Unstamped<VariantRow>[]
  readonly images: readonly Unstamped<ImageRow>[]
  /** The first version of its talking points; null where it has none. */
  readonly points: Unstamped<TalkingPointRow> | null
}

export function productRows(sample: SampleProduct): ProductRows {
  const id = stableId('product', sample.slug)
  const text = sample.points.map((point) => `- ${point}`).join('\n')
  return {
    product: {
      id,
      brand_id: sampleBrandId,
      name: sample.name,
      handle: sample.slug,
      description_html: sample.description,
      status: 'active',
      price_cents: sample.priceCents,
      compare_at_price_cents: sample.wasCents ?? null,
      sku: sample.sku,
      pid: pidOf(sample),
      shopify_id: null,
      tags: JSON.stringify(sample.tags),
      talking_points_md: text,
      source: 'sample',
      shopify_values: null,
      overridden: '[]',
    },
    variants: variantRows(sample, id),
    images: sample.pictures.map((alt, index) => ({
      id: imageId(sample, index),
      product_id: id,
      source_url: null,
      origin: 'sample',
      alt,
      alt_by_person: 0,
      position: index + 1,
      is_primary: index === 0 ? 1 : 0,
      thumbhash: null,
      colour: null,
    })),
    points:
      text === ''
        ? null
        : { id: stableId('points', sample.slug), product_id: id, text, author_kind: 'person', author_name: 'Tarnwick' },
  }
}

/** The id of a product's picture; `index` counts from 0. */
export function imageId(sample: SampleProduct, index: number): string {
  return stableId('image', sample.slug, index + 1)
}

/** Looks like TikTok's: 19 digits, told apart by the digits of the SKU. */
function pidOf({ sku }: SampleProduct): string {
  return `1729480000000000${sku.replaceAll(/\D/g, '')}`
}

function variantRows(sample: SampleProduct, productId: string): Unstamped<VariantRow>[] {
  return combinations(Object.entries(sample.options ?? {})).map((options, index) => ({
    id: stableId('variant', sample.slug, ...options.map((option) => option.value)),
    product_id: productId,
    title: options.map((option) => option.value).join(' / '),
    sku: `${sample.sku}-${index + 1}`,
    barcode: null,
    price_cents: sample.priceCents,
    compare_at_price_cents: sample.wasCents ?? null,
    options: JSON.stringify(options),
    position: index + 1,
    stock: (sample.priceCents / 100 + index * 7) % 23,
  }))
}

interface Option {
  readonly name: string
  readonly value: string
}

/** Every choice of one value per option; none where there are no options. */
function combinations(options: readonly (readonly [string, readonly string[]])[]): Option[][] {
  if (options.length === 0) return []
  return options.reduce<Option[][]>(
    (chosen, [name, values]) => chosen.flatMap((one) => values.map((value) => [...one, { name, value }])),
    [[]],
  )
}
