import type { ImageRow } from '../db/schema.ts'
import type { SourceImage, SourceProduct } from '../db/source-product.ts'
import type { Unstamped } from '../db/write.ts'
import { differing } from './differing.ts'
import type { PartIds, Write } from './import-write.ts'

interface Before {
  readonly images: readonly ImageRow[]
  /** Holds `images.order` and `images.primary` where a person decided them. */
  readonly arranged: ReadonlySet<string>
}

type Row = Unstamped<ImageRow>

/**
 * Finds each picture of the source among those that are there, by its address. One that differs only behind the question mark is
 * the same picture with another content: what people wrote about it stays.
 *
 * Order, primary picture and alt texts are Shopify's until a person decides them. Pictures that people added are never
 * removed and come behind Shopify's.
 */
export function planImages(product: SourceProduct, { images, arranged }: Before, ids: PartIds): Write[] {
  const named = product.images.toSorted((a, b) => a.position - b.position)
  if (images.length === 0)
    return named.map((image, index) => ({ op: 'insert', entity: 'product_images', values: newRow(image, index, ids) }))
  const rows = pair(named, images)
  const found = new Set(rows.values())
  const left = images.filter((row) => !found.has(row))
  const gone = product.incomplete ? [] : left.filter(({ origin }) => origin === 'shopify')
  const others = left.filter((row) => !gone.includes(row))
  const wanted = named.map((image) => wantedRow(image, rows.get(image), ids))
  const ordered = inOrder({ wanted, others, images, arranged })
  const withPrimary = primaryChosen(ordered, arranged)
  return [
    ...withPrimary.flatMap((row) => writeOf(row, images)),
    ...gone.map(({ id }) => ({ op: 'remove', entity: 'product_images', id }) as const),
  ]
}

function pair(named: readonly SourceImage[], images: readonly ImageRow[]): Map<SourceImage, ImageRow> {
  const pairs = new Map<SourceImage, ImageRow>()
  const free = new Set(images)
  for (const keyOf of [(url: string) => url, (url: string) => url.replace(/[?#].*$/s, '')]) {
    const rows = new Map([...free].toReversed().map((row) => [keyOf(row.source_url ?? ''), row]))
    for (const image of named) {
      const row = pairs.has(image) ? undefined : rows.get(keyOf(image.url))
      if (row && free.delete(row)) pairs.set(image, row)
    }
  }
  return pairs
}

function wantedRow(image: SourceImage, row: ImageRow | undefined, { productId, newId }: PartIds): Row {
  if (!row) return newRow(image, 0, { productId, newId })
  return {
    ...row,
    source_url: image.url,
    alt: row.alt_by_person || row.origin !== 'shopify' ? row.alt : image.alt,
    thumbhash: image.thumbhash ?? (row.source_url === image.url ? row.thumbhash : null),
  }
}

/** The picture that comes after `before` others. */
function newRow({ url, alt, thumbhash = null }: SourceImage, before: number, { productId, newId }: PartIds): Row {
  return {
    id: newId(),
    product_id: productId,
    source_url: url,
    origin: 'shopify',
    alt,
    alt_by_person: 0,
    position: before + 1,
    is_primary: before === 0 ? 1 : 0,
    thumbhash,
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
  const { source_url, alt, position, is_primary, thumbhash } = row
  const values = differing(before, { source_url, alt, position, is_primary, thumbhash })
  return Object.keys(values).length === 0 ? [] : [{ op: 'update', entity: 'product_images', id: row.id, values }]
}
