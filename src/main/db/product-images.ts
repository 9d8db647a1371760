import type { ProductImage } from '#shared/library.ts'
import type { Db } from './database.ts'
import type { ImageRow, MediaFileRow } from './schema.ts'

/** What a page loads a picture of the media folder by. */
export function mediaSrc(file: string): string {
  return `/media/${file}`
}

/** The pictures of the products, by product, each list in its order. Products without a picture are left out. */
export function imagesOfProducts(db: Db, productIds: readonly string[]): Map<string, ProductImage[]> {
  const byProduct = new Map<string, ProductImage[]>()
  // One parameter however many ids there are, so that the statement is prepared once.
  const rows = db
    .statement(
      `${SELECT} WHERE i.product_id IN (SELECT value FROM json_each(?)) ORDER BY i.product_id, i.position, i.id`,
    )
    .all(JSON.stringify(productIds)) as Joined[]
  for (const row of rows) {
    const images = byProduct.get(row.product_id) ?? []
    images.push(toProductImage(row))
    byProduct.set(row.product_id, images)
  }
  return byProduct
}

/** One picture; undefined where there is none. */
export function productImage(db: Db, id: string): ProductImage | undefined {
  const row = db.statement(`${SELECT} WHERE i.id = ?`).get(id) as Joined | undefined
  return row && toProductImage(row)
}

const SELECT = `SELECT i.id, i.product_id, i.source_url, i.alt, i.position, i.is_primary,
  m.state, m.file, m.width, m.height, m.problem
  FROM product_images i LEFT JOIN media_files m ON m.image_id = i.id`

type Joined = Pick<ImageRow, 'id' | 'product_id' | 'source_url' | 'alt' | 'position' | 'is_primary'> & {
  [K in 'state' | 'file' | 'width' | 'height' | 'problem']: MediaFileRow[K] | null
}

function toProductImage(row: Joined): ProductImage {
  const common = {
    id: row.id,
    url: row.source_url,
    alt: row.alt,
    position: row.position,
    primary: row.is_primary === 1,
  }
  if (row.state === 'ready' && row.file !== null) {
    const { width, height } = row
    return { ...common, src: mediaSrc(row.file), width, height, state: 'ready', problem: null }
  }
  return { ...common, src: null, width: null, height: null, ...unready(row) }
}

function unready({ state, problem, source_url }: Joined): Pick<ProductImage, 'state' | 'problem'> {
  // A picture that was added from a file cannot be fetched: only where it was added is it there.
  if (source_url === null) return { state: 'failed', problem: 'The file of this picture is not on this machine' }
  if (state === 'failed') return { state, problem: problem ?? 'The picture could not be fetched' }
  return { state: 'waiting', problem: null }
}
