import type { ImageRow } from '../db/schema.ts'
import type { Unstamped } from '../db/write.ts'
import type { CsvImage, CsvProduct } from './csv-products.ts'
import { differing } from './differing.ts'
import type { PartIds, Write } from './import-write.ts'

interface Before {
  readonly images: readonly ImageRow[]
  /** Holds `images.order` and `images.primary` where a person decided them. */
  readonly arranged: ReadonlySet<string>
}

type Row = Unstamped<ImageRow>

/**
 * Finds each picture of the file among those that are there, by its address.
 *
 * Order, primary picture and alt texts are Shopify's until a person decides them. Pictures that people added are never
 * removed and come behind Shopify's.
 */
export function planImages(product: CsvProduct, { images, arranged }: Before, ids: PartIds): Write[] {
  const named = product.images.toSorted((a, b) => a.position - b.position)
  if (images.length === 0)
    return named.map((image, index) => ({ op: 'insert', entity: 'product_images', values: newRow(image, index, ids) }))
  const byUrl = new Map(images.map((row) => [row.source_url, row]))
  const urls = new Set(named.map(({ url }) => url))
  const isGone = (row: ImageRow) => row.origin === 'shopify' && !urls.has(row.source_url ?? '') && !product.incomplete
  const gone = images.filter(isGone)
  const others = images.filter((row) => !gone.includes(row) && !urls.has(row.source_url ?? ''))
  const wanted = named.map((image) => wantedRow(image, byUrl.get(image.url), ids))
  const ordered = inOrder({ wanted, others, images, arranged })
  const withPrimary = primaryChosen(ordered, arranged)
  return [
    ...withPrimary.flatMap((row) => writeOf(row, images)),
    ...gone.map(({ id }) => ({ op: 'remove', entity: 'product_images', id }) as const),
  ]
}

function wantedRow({ url, alt }: CsvImage, row: ImageRow | undefined, { productId, newId }: PartIds): Row {
  if (row) return { ...row, alt: row.alt_by_person || row.origin !== 'shopify' ? row.alt : alt }
  return newRow({ url, alt }, 0, { productId, newId })
}

/** The picture that comes after `before` others. */
function newRow({ url, alt }: Pick<CsvImage, 'url' | 'alt'>, before: number, { productId, newId }: PartIds): Row {
  return {
    id: newId(),
    product_id: productId,
    source_url: url,
    origin: 'shopify',
    alt,
    alt_by_person: 0,
    position: before + 1,
    is_primary: before === 0 ? 1 : 0,
    thumbhash: null,
    colour: null,
  }
}

function inOrder({
  wanted,
  others,
  images,
  arranged,
}: Before & { readonly wanted: readonly Row[]; readonly others: readonly Row[] }): Row[] {
  if (!arranged.has('images.order')) {
    const rest = others.toSorted((a, b) => a.position - b.position)
    return [...wanted, ...rest].map((row, index) => ({ ...row, position: index + 1 }))
  }
  let last = Math.max(0, ...images.map(({ position }) => position))
  const known = new Set(images.map(({ id }) => id))
  return [...wanted, ...others].map((row) => (known.has(row.id) ? row : { ...row, position: (last += 1) }))
}

function primaryChosen(rows: readonly Row[], arranged: ReadonlySet<string>): Row[] {
  const chosen = arranged.has('images.primary') ? rows.find((row) => row.is_primary === 1) : undefined
  const first = rows.toSorted((a, b) => a.position - b.position)[0]
  const primary = chosen ?? first
  return rows.map((row) => ({ ...row, is_primary: row === primary ? 1 : 0 }))
}

function writeOf(row: Row, images: readonly ImageRow[]): Write[] {
  const before = images.find(({ id }) => id === row.id)
  if (!before) return [{ op: 'insert', entity: 'product_images', values: row }]
  const { alt, position, is_primary } = row
  const values = differing(before, { alt, position, is_primary })
  return Object.keys(values).length === 0 ? [] : [{ op: 'update', entity: 'product_images', id: row.id, values }]
}
