import type { LineupItem } from '#shared/sessions.ts'
import type { Db } from './database.ts'
import { disputedItems, pendingIn } from './pending.ts'
import { mediaSrc } from './product-images.ts'
import type { LineupRow } from './schema.ts'
import { sizeText } from './size-text.ts'
import type { Options } from './size-text.ts'

type Row = Pick<
  LineupRow,
  | 'id'
  | 'session_id'
  | 'product_id'
  | 'number'
  | 'section'
  | 'skip'
  | 'notes'
  | 'override_name'
  | 'override_talking_points_md'
> &
  Pick<LineupRow, 'override_price_cents' | 'override_compare_at_price_cents'> & {
    readonly frozen: 0 | 1
    readonly name: string
    readonly price_cents: number | null
    readonly compare_at_price_cents: number | null
    readonly talking_points_md: string
    readonly sku: string | null
    readonly pid: string | null
    readonly status: 'active' | 'draft' | 'archived'
    readonly brand_name: string
  }

interface ImageRow {
  readonly product_id: string
  readonly alt: string
  readonly file: string | null
  readonly width: number | null
  readonly height: number | null
}

interface Pictures {
  count: number
  readonly ready: LineupItem['images'][number][]
}

/** A session's line-up in order, with overrides folded in. A few queries however long it is. Empty for an unknown session. */
export function readLineup(db: Db, sessionId: string): LineupItem[] {
  const rows = db
    .statement(
      `SELECT i.id, i.session_id, i.product_id, i.number, i.section, i.skip, i.notes, i.override_name,
         i.override_talking_points_md, i.override_price_cents, i.override_compare_at_price_cents,
         s.numbers_frozen_at IS NOT NULL AS frozen, p.name, p.price_cents, p.compare_at_price_cents, p.talking_points_md,
         p.sku, p.pid, p.status, b.name AS brand_name
       FROM session_products i
       JOIN sessions s ON s.id = i.session_id
       JOIN products p ON p.id = i.product_id
       JOIN brands b ON b.id = p.brand_id
       WHERE i.session_id = ? ORDER BY i.order_key, i.id`,
    )
    .all(sessionId) as Row[]
  const pictures = picturesOf(db, sessionId)
  const sizes = sizesOf(db, sessionId)
  const numbers = numbersOf(rows, rows[0]?.frozen === 1)
  const pending = pendingIn(
    db,
    'items',
    rows.map(({ id }) => id),
  )
  const disputed = disputedItems(db, sessionId)
  return rows.map((row, index) => ({
    ...itemOf(row),
    number: numbers[index] ?? index + 1,
    images: pictures.get(row.product_id)?.ready ?? [],
    imageCount: pictures.get(row.product_id)?.count ?? 0,
    sizes: sizes.get(row.product_id) ?? null,
    pending: pending.has(row.id),
    conflict: disputed.has(row.id),
  }))
}

/** One item of a line-up; undefined where there is none. */
export function readItem(db: Db, itemId: string): LineupItem | undefined {
  const row = db.get(db.build.selectFrom('session_products').select('session_id').where('id', '=', itemId))
  return row && readLineup(db, row.session_id).find((item) => item.id === itemId)
}

/**
 * The numbers of a line-up's rows, given in order. A number that was given stays; without one it is the place in the
 * order. Where numbers are frozen, an item that has none (an undo brought it back from before, or another desktop sent
 * it) counts on behind the highest, so that no two items answer to one number.
 */
export function numbersOf(rows: readonly Pick<LineupRow, 'number'>[], frozen: boolean): number[] {
  let highest = frozen ? Math.max(0, ...rows.map((row) => row.number ?? 0)) : 0
  return rows.map((row, index) => {
    if (row.number !== null) return row.number
    if (!frozen) return index + 1
    highest += 1
    return highest
  })
}

function itemOf(row: Row): Omit<LineupItem, 'number' | 'images' | 'imageCount' | 'sizes' | 'pending' | 'conflict'> {
  return {
    id: row.id,
    sessionId: row.session_id,
    productId: row.product_id,
    name: row.override_name ?? row.name,
    priceCents: row.override_price_cents ?? row.price_cents,
    compareAtPriceCents: row.override_compare_at_price_cents ?? row.compare_at_price_cents,
    talkingPointsMd: row.override_talking_points_md ?? row.talking_points_md,
    section: row.section,
    skip: row.skip === 1,
    overrides: {
      ...(row.override_name !== null && { name: row.override_name }),
      ...(row.override_talking_points_md !== null && { talkingPointsMd: row.override_talking_points_md }),
      ...(row.override_price_cents !== null && { priceCents: row.override_price_cents }),
      ...(row.override_compare_at_price_cents !== null && { compareAtPriceCents: row.override_compare_at_price_cents }),
    },
    notes: row.notes,
    catalogue: {
      name: row.name,
      priceCents: row.price_cents,
      compareAtPriceCents: row.compare_at_price_cents,
      talkingPointsMd: row.talking_points_md,
      sku: row.sku,
      pid: row.pid,
      status: row.status,
      brandName: row.brand_name,
    },
  }
}

function picturesOf(db: Db, sessionId: string): ReadonlyMap<string, Pictures> {
  const rows = db
    .statement(
      `SELECT g.product_id, g.alt, m.file, m.width, m.height
       FROM product_images g LEFT JOIN media_files m ON m.image_id = g.id AND m.state = 'ready' AND m.evicted_at IS NULL
       WHERE g.product_id IN (SELECT product_id FROM session_products WHERE session_id = ?)
       ORDER BY g.product_id, g.is_primary DESC, g.position, g.id`,
    )
    .all(sessionId) as ImageRow[]
  const byProduct = new Map<string, Pictures>()
  for (const { product_id, alt, file, width, height } of rows) {
    const pictures = byProduct.get(product_id) ?? { count: 0, ready: [] }
    byProduct.set(product_id, pictures)
    pictures.count += 1
    if (file !== null && width !== null && height !== null) {
      pictures.ready.push({ src: mediaSrc(file), alt, width, height })
    }
  }
  return byProduct
}

function sizesOf(db: Db, sessionId: string): ReadonlyMap<string, string | null> {
  const rows = db
    .statement(
      `SELECT product_id, '[' || group_concat(options, ',' ORDER BY position, id) || ']' AS variants FROM product_variants
       WHERE product_id IN (SELECT product_id FROM session_products WHERE session_id = ?) GROUP BY product_id`,
    )
    .all(sessionId) as { product_id: string; variants: string }[]
  // Most products of a shop come in the same few ranges of sizes.
  const known = new Map<string, string | null>()
  return new Map(
    rows.map(({ product_id, variants }) => {
      const text = known.get(variants)
      if (text !== undefined) return [product_id, text]
      const read = sizeText(JSON.parse(variants) as Options[])
      known.set(variants, read)
      return [product_id, read]
    }),
  )
}
