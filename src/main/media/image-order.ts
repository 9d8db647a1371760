import { AppError } from '#shared/app-error.ts'
import type { Db } from '../db/database.ts'
import type { ImageRow } from '../db/schema.ts'
import type { Tx } from '../db/write.ts'

/** The pictures of a product, in their order. */
export function siblings(db: Db, productId: string): ImageRow[] {
  return db.all(
    db.build
      .selectFrom('product_images')
      .selectAll()
      .where('product_id', '=', productId)
      .orderBy('position')
      .orderBy('id'),
  )
}

/** Makes one picture the primary one of its product, and no other. */
export function pickPrimary(db: Db, tx: Tx, id: string): void {
  const image = existing(tx, id)
  const chosen = siblings(db, image.product_id).filter((one) => one.is_primary === 1 && one.id !== id)
  for (const other of chosen) tx.update('product_images', other.id, { is_primary: 0 })
  tx.update('product_images', id, { is_primary: 1 })
  takeOver(tx, image.product_id, 'images.primary')
}

/** Puts a picture behind `after`, or first, and numbers all of its product anew from 1. */
export function moveImage(db: Db, tx: Tx, { id, after }: { readonly id: string; readonly after: string | null }): void {
  const image = existing(tx, id)
  const ids = siblings(db, image.product_id).map((one) => one.id)
  if (after !== null && !ids.includes(after)) {
    throw new AppError('not-found', 'The picture to put it behind is no longer there.')
  }
  if (after === id) return
  const others = ids.filter((one) => one !== id)
  others.splice(after === null ? 0 : others.indexOf(after) + 1, 0, id)
  others.forEach((one, index) => tx.update('product_images', one, { position: index + 1 }))
  takeOver(tx, image.product_id, 'images.order')
}

/** Removes a picture; where it was the primary one, the first that is left takes its place. */
export function removeImage(db: Db, tx: Tx, id: string): void {
  const image = existing(tx, id)
  tx.remove('product_images', id)
  const [first] = siblings(db, image.product_id)
  if (image.is_primary === 1 && first) tx.update('product_images', first.id, { is_primary: 1 })
}

/** Notes that a person decided this for a product of Shopify's, so that imports leave it alone. */
function takeOver(tx: Tx, productId: string, what: 'images.primary' | 'images.order'): void {
  const product = tx.row('products', productId)
  if (product?.source !== 'shopify') return
  const overridden = JSON.parse(product.overridden) as string[]
  if (!overridden.includes(what))
    tx.update('products', productId, { overridden: JSON.stringify([...overridden, what]) })
}

function existing(tx: Tx, id: string): ImageRow {
  const image = tx.row('product_images', id)
  if (!image) throw new AppError('not-found', 'That picture is no longer there. It may have been removed meanwhile.')
  return image
}
