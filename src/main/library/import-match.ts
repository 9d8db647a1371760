import type { Db } from '../db/open.ts'
import type { ImageRow, ProductRow, VariantRow } from '../db/schema.ts'
import type { CsvProduct } from './csv-products.ts'
import type { Existing } from './import-plan.ts'

/**
 * Finds the product that one of the file's is.
 *
 * 1. By handle. Where several share it, one of Shopify's comes before one that was made by hand, an older before a newer.
 * 2. Else by SKU, where exactly one product of the same brand has one of the file's and the file does not name that
 *    product's own handle.
 * 3. A product is found once at most. Sample products are never found: they leave as they came.
 */
export class ImportMatcher {
  readonly #db: Db
  readonly #handles: ReadonlySet<string>
  readonly #taken = new Set<string>()
  readonly #isEmpty: boolean

  constructor(db: Db, handles: ReadonlySet<string>) {
    this.#db = db
    this.#handles = handles
    this.#isEmpty = db.statement('SELECT 1 FROM products LIMIT 1').get() === undefined
  }

  find(product: CsvProduct, brandId: string): Existing | undefined {
    if (this.#isEmpty) return undefined
    const row = this.#byHandle(product.handle) ?? this.#bySku(product, brandId)
    if (!row) return undefined
    this.#taken.add(row.id)
    return {
      row,
      brandName: this.#brandName(row.brand_id),
      variants: this.#parts('product_variants', row.id) as VariantRow[],
      images: this.#parts('product_images', row.id) as ImageRow[],
    }
  }

  #byHandle(handle: string): ProductRow | undefined {
    return this.#free(
      this.#db
        .statement(
          `SELECT * FROM products WHERE handle = ? AND source <> 'sample'
            ORDER BY source = 'shopify' DESC, created_at, id`,
        )
        .all(handle) as ProductRow[],
    )[0]
  }

  #bySku({ variants }: CsvProduct, brandId: string): ProductRow | undefined {
    const skus = variants.flatMap(({ sku }) => (sku === null ? [] : [sku]))
    if (skus.length === 0) return undefined
    const list = JSON.stringify(skus)
    const rows = this.#free(
      this.#db
        .statement(
          `SELECT * FROM products WHERE brand_id = ? AND source <> 'sample' AND id IN (
            SELECT p.id FROM json_each(?) j CROSS JOIN products p ON p.sku = j.value COLLATE NOCASE UNION
            SELECT v.product_id FROM json_each(?) j CROSS JOIN product_variants v ON v.sku = j.value COLLATE NOCASE)`,
        )
        .all(brandId, list, list) as ProductRow[],
    ).filter((row) => row.handle === null || !this.#handles.has(row.handle))
    return rows.length === 1 ? rows[0] : undefined
  }

  #free(rows: readonly ProductRow[]): ProductRow[] {
    return rows.filter(({ id }) => !this.#taken.has(id))
  }

  #brandName(id: string): string {
    const brand = this.#db.statement('SELECT name FROM brands WHERE id = ?').get(id) as { name: string } | undefined
    return brand?.name ?? ''
  }

  #parts(table: 'product_variants' | 'product_images', productId: string): unknown[] {
    return this.#db.statement(`SELECT * FROM ${table} WHERE product_id = ? ORDER BY position, id`).all(productId)
  }
}
