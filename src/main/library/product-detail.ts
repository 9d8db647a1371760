import { AppError } from '#shared/app-error.ts'
import type { ProductDetail } from '#shared/library.ts'
import type { Db } from '../db/database.ts'
import type { ProductRow } from '../db/schema.ts'
import { shopifyValuesOf } from '../db/ownership.ts'
import { productById } from './products.ts'

/** The failure of every call about a product that is not there. */
export function noProduct(): AppError {
  return new AppError('not-found', 'This product is not in the catalogue any more. It may have been deleted meanwhile.')
}

/** products.get: the product with the line-ups that use it, and what Shopify says where a person says otherwise. */
export function productDetail(db: Db, id: string): ProductDetail {
  const product = productById(db, id)
  const row = db.statement('SELECT source, shopify_values FROM products WHERE id = ?').get(id) as
    | Pick<ProductRow, 'source' | 'shopify_values'>
    | undefined
  if (!product || !row) throw noProduct()
  const shopify = shopifyValuesOf(row)
  return {
    ...product,
    usedIn: db.statement(USED_IN).all(id) as ProductDetail['usedIn'],
    shopifyValues: shopify && Object.fromEntries(product.overridden.map((field) => [field, shopify[field] ?? null])),
  }
}

const USED_IN = `
  SELECT s.id AS sessionId, s.name, s.status,
    coalesce(i.number, (
      SELECT count(*) FROM session_products o
      WHERE o.session_id = i.session_id AND (o.order_key, o.id) <= (i.order_key, i.id)
    )) AS number
  FROM session_products i JOIN sessions s ON s.id = i.session_id
  WHERE i.product_id = ? ORDER BY s.created_at DESC, s.id DESC, number`
