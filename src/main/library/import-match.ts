import type { Db } from '../db/database.ts'
import type { ImageRow, ProductRow, VariantRow } from '../db/schema.ts'
import type { SourceProduct } from '../db/source-product.ts'
import type { Existing } from './import-plan.ts'

/**
 * Finds the product that one of the source's is.
 *
 * 1. By Shopify's id, where the source names it.
 * 2. Else by handle. Where several share it, one of Shopify's comes before one that was made by hand, an older before a newer. One
 *    that is known to be another product of Shopify's is not it.
 * 3. Else by SKU, where exactly one product of the same brand has one of the file's and the file does not name that
 *    product's own handle.
 * 4. A product is found once at most. Sample products are never found: they leave as they came.
 *
 * `load` reads at once what a slice of the file's products needs; only products of that slice can be found then.
 */
export class ImportMatcher {
  readonly #db: Db
  readonly #handles: ReadonlySet<string>
  readonly #taken = new Set<string>()
  readonly #isEmpty: boolean
  readonly #brandNames: ReadonlyMap<string, string>
  #withHandle: ReadonlyMap<string | null, readonly ProductRow[]> = new Map()
  #withId: ReadonlyMap<string | null, readonly ProductRow[]> = new Map()
  #variants: PartsByProduct<VariantRow> = new Map()
  #images: PartsByProduct<ImageRow> = new Map()

  constructor(db: Db, handles: ReadonlySet<string>) {
    this.#db = db
    this.#handles = handles
    this.#isEmpty = db.statement('SELECT 1 FROM products LIMIT 1').get() === undefined
    const brands = db.all(db.build.selectFrom('brands').select(['id', 'name']))
    this.#brandNames = new Map(brands.map(({ id, name }) => [id, name]))
  }

  load(slice: readonly SourceProduct[]): void {
    if (this.#isEmpty) return
    const rows = this.#db
      .statement(
        `SELECT * FROM products WHERE source <> 'sample' AND (handle IN (SELECT value FROM json_each(?))
           OR shopify_id IN (SELECT value FROM json_each(?)))
          ORDER BY source = 'shopify' DESC, created_at, id`,
      )
      .all(
        JSON.stringify(slice.map(({ handle }) => handle)),
        JSON.stringify(slice.flatMap(({ shopifyId }) => shopifyId ?? [])),
      ) as ProductRow[]
    this.#withHandle = Map.groupBy(rows, ({ handle }) => handle)
    this.#withId = Map.groupBy(rows, ({ shopify_id }) => shopify_id)
    const ids = rows.map(({ id }) => id)
    this.#variants = this.#parts('product_variants', ids)
    this.#images = this.#parts('product_images', ids)
  }

  find(product: SourceProduct, brandId: string): Existing | undefined {
    if (this.#isEmpty) return undefined
    const { shopifyId } = product
    const byId = shopifyId === null ? undefined : this.#free(this.#withId.get(shopifyId) ?? [])[0]
    const loaded = byId ?? this.#free(this.#withHandle.get(product.handle) ?? []).find((one) => fits(one, product))
    const row = loaded ?? this.#bySku(product, brandId)
    if (!row) return undefined
    this.#taken.add(row.id)
    const [variants, images] = loaded
      ? [this.#variants, this.#images]
      : [this.#parts<VariantRow>('product_variants', [row.id]), this.#parts<ImageRow>('product_images', [row.id])]
    return {
      row,
      brandName: this.#brandNames.get(row.brand_id) ?? '',
      variants: variants.get(row.id) ?? [],
      images: images.get(row.id) ?? [],
    }
  }

  #bySku(product: SourceProduct, brandId: string): ProductRow | undefined {
    const skus = product.variants.flatMap(({ sku }) => (sku === null ? [] : [sku]))
    if (skus.length === 0) return undefined
    const list = JSON.stringify(skus)
    const rows = this.#free(
      this.#db
        .statement(
          // By the few ids, and not by the many products of a brand: the plus keeps SQLite from its index.
          `SELECT * FROM products WHERE +brand_id = ? AND source <> 'sample' AND id IN (
            SELECT p.id FROM json_each(?) j CROSS JOIN products p ON p.sku = j.value COLLATE NOCASE UNION
            SELECT v.product_id FROM json_each(?) j CROSS JOIN product_variants v ON v.sku = j.value COLLATE NOCASE)`,
        )
        .all(brandId, list, list) as ProductRow[],
    ).filter((row) => fits(row, product) && (row.handle === null || !this.#handles.has(row.handle)))
    return rows.length === 1 ? rows[0] : undefined
  }

  #free(rows: readonly ProductRow[]): ProductRow[] {
    return rows.filter(({ id }) => !this.#taken.has(id))
  }

  #parts<Row extends VariantRow | ImageRow>(
    table: 'product_variants' | 'product_images',
    productIds: readonly string[],
  ): PartsByProduct<Row> {
    const rows = this.#db
      .statement(
        `SELECT part.* FROM json_each(?) wanted CROSS JOIN ${table} part ON part.product_id = wanted.value
          ORDER BY wanted.key, part.position, part.id`,
      )
      .all(JSON.stringify(productIds)) as Row[]
    return Map.groupBy(rows, (row) => row.product_id)
  }
}

/** Whether nothing says that they are two. */
function fits(row: ProductRow, { shopifyId }: SourceProduct): boolean {
  return row.shopify_id === null || shopifyId === null || row.shopify_id === shopifyId
}

type PartsByProduct<Row> = ReadonlyMap<string, readonly Row[]>
