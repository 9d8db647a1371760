import type { Db } from '../db/database.ts'
import type { ProductRow } from '../db/schema.ts'
import { plainText } from './plain-text.ts'
import type { PointsSource } from './prompt.ts'

/** What is known of a product that a model may say; null where it is gone. */
export function pointsSource(db: Db, productId: string): PointsSource | null {
  const row = db
    .statement('SELECT p.*, b.name AS brand FROM products p JOIN brands b ON b.id = p.brand_id WHERE p.id = ?')
    .get(productId) as (ProductRow & { readonly brand: string }) | undefined
  if (!row) return null
  const options = db
    .statement('SELECT DISTINCT title FROM product_variants WHERE product_id = ? ORDER BY position LIMIT 40')
    .pluck(true)
    .all(productId) as string[]
  return {
    name: row.name,
    brand: row.brand,
    description: plainText(row.description_html),
    options: options.filter((title) => title !== '' && title !== 'Default Title'),
    tags: JSON.parse(row.tags) as string[],
    priceCents: row.price_cents,
    compareAtPriceCents: row.compare_at_price_cents,
  }
}

/** All of it as one text: what a claim must stand in. */
export function sourceText(source: PointsSource): string {
  const { name, brand, description, options, tags, priceCents, compareAtPriceCents } = source
  const prices = [priceCents, compareAtPriceCents].flatMap((cents) =>
    cents === null ? [] : [`$${cents / 100} $${(cents / 100).toFixed(2)} €${cents / 100} £${cents / 100}`],
  )
  return [name, brand, description, ...options, ...tags, ...prices].join('\n')
}
