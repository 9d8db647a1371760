import type { VariantRow } from '../db/schema.ts'
import type { SourceProduct, SourceVariant } from '../db/source-product.ts'
import { differing } from './differing.ts'
import type { PartIds, Write } from './import-write.ts'

/** Finds each variant of the source among those that are there, by SKU and then by its options; what is left over goes. */
export function planVariants(
  product: SourceProduct,
  existing: readonly VariantRow[],
  { productId, newId }: PartIds,
): Write[] {
  const pairs = pair(product.variants, existing)
  const writes = product.variants.flatMap((variant, index): Write[] => {
    const fields = fieldsOf(variant, index + 1)
    const row = pairs.get(variant)
    if (!row)
      return [{ op: 'insert', entity: 'product_variants', values: { id: newId(), product_id: productId, ...fields } }]
    const values = differing(row, fields)
    return Object.keys(values).length === 0 ? [] : [{ op: 'update', entity: 'product_variants', id: row.id, values }]
  })
  if (product.incomplete) return writes
  const kept = new Set(pairs.values())
  const gone = existing.filter((row) => !kept.has(row))
  return [...writes, ...gone.map(({ id }) => ({ op: 'remove', entity: 'product_variants', id }) as const)]
}

function pair(variants: readonly SourceVariant[], existing: readonly VariantRow[]): Map<SourceVariant, VariantRow> {
  const pairs = new Map<SourceVariant, VariantRow>()
  if (existing.length === 0) return pairs
  const free = new Set(existing)
  const keys: readonly [(one: SourceVariant) => string | null, (row: VariantRow) => string | null][] = [
    // A SKU that several variants share is told apart by the options.
    [
      ({ sku, options }) => sku && `${sku}\n${JSON.stringify(options)}`,
      ({ sku, options }) => sku && `${sku}\n${options}`,
    ],
    [({ sku }) => sku, ({ sku }) => sku],
    [({ options }) => JSON.stringify(options), ({ options }) => options],
  ]
  for (const [ofVariant, ofRow] of keys) {
    const rows = new Map([...free].toReversed().map((row) => [ofRow(row), row]))
    for (const variant of variants) {
      const key = ofVariant(variant)
      const row = key === null || pairs.has(variant) ? undefined : rows.get(key)
      if (!row || !free.delete(row)) continue
      pairs.set(variant, row)
    }
  }
  return pairs
}

function fieldsOf(variant: SourceVariant, position: number) {
  return {
    title: variant.title,
    sku: variant.sku,
    barcode: variant.barcode,
    price_cents: variant.priceCents,
    compare_at_price_cents: variant.compareAtPriceCents,
    options: JSON.stringify(variant.options),
    position,
    stock: variant.stock,
  }
}
