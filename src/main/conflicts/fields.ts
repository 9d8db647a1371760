import { LineupPatch, OverridesPatch, SessionPatch } from '#shared/sessions.ts'
import type * as z from 'zod'
import type { Entity } from '../db/schema.ts'

/** How a column's value is written: SQLite and Postgres differ from the contract in flags, times and lists. */
type Kind = 'plain' | 'flag' | 'time' | 'list'

/** A column of a shared table as the contract names it. */
export interface Field {
  readonly column: string
  readonly name: string
  /** For sentences: "Anna's price". */
  readonly words: string
  readonly kind: Kind
  /** What a person may write into it; without it, only one of the two sides can be chosen. */
  readonly value?: z.ZodType
  /** Belongs to the row as it was made, or follows from other fields: never put back on its own. */
  readonly fixed?: true
}

type Row = Omit<Field, 'column' | 'kind'> & { readonly kind?: Kind }

const points = { name: 'talkingPointsMd', words: 'talking points' }
const price = { name: 'priceCents', words: 'price' }
const was = { name: 'compareAtPriceCents', words: 'was price' }
const order = { name: 'order', words: 'place' }
const product = { name: 'productId', words: 'product', fixed: true } as const
const session = { name: 'sessionId', words: 'session', fixed: true } as const

/** Table column ↔ leaf name of the contract, for everything that can be in a conflict or in the log. The one place. */
const table: Readonly<Record<Entity, Readonly<Record<string, Row>>>> = {
  brands: { name: { name: 'name', words: 'name' }, notes: { name: 'notes', words: 'notes' } },
  products: {
    brand_id: { name: 'brandId', words: 'brand' },
    name: { name: 'name', words: 'name' },
    handle: { name: 'handle', words: 'handle' },
    description_html: { name: 'descriptionHtml', words: 'description' },
    status: { name: 'status', words: 'status' },
    price_cents: price,
    compare_at_price_cents: was,
    sku: { name: 'sku', words: 'SKU' },
    pid: { name: 'pid', words: 'product number' },
    shopify_id: { name: 'shopifyId', words: 'Shopify id', fixed: true },
    tags: { name: 'tags', words: 'tags', kind: 'list' },
    talking_points_md: points,
    source: { name: 'source', words: 'source', fixed: true },
  },
  product_variants: {
    product_id: product,
    title: { name: 'title', words: 'title' },
    sku: { name: 'sku', words: 'SKU' },
    barcode: { name: 'barcode', words: 'barcode' },
    price_cents: price,
    compare_at_price_cents: was,
    options: { name: 'options', words: 'options', kind: 'list' },
    position: { name: 'position', words: 'place' },
    stock: { name: 'stock', words: 'stock' },
  },
  product_images: {
    product_id: product,
    source_url: { name: 'url', words: 'address' },
    origin: { name: 'origin', words: 'origin', fixed: true },
    alt: { name: 'alt', words: 'text' },
    alt_by_person: { name: 'altByPerson', words: 'author', kind: 'flag', fixed: true },
    position: { name: 'position', words: 'place' },
    is_primary: { name: 'primary', words: 'choice as the first picture', kind: 'flag' },
    thumbhash: { name: 'thumbhash', words: 'preview', fixed: true },
    colour: { name: 'colour', words: 'colour', fixed: true },
  },
  sessions: {
    brand_id: { name: 'brandId', words: 'brand', value: SessionPatch.shape.brandId.unwrap() },
    name: { name: 'name', words: 'name', value: SessionPatch.shape.name.unwrap() },
    notes: { name: 'notes', words: 'notes', value: SessionPatch.shape.notes.unwrap() },
    code: { name: 'code', words: 'code', value: SessionPatch.shape.code.unwrap() },
    status: { name: 'status', words: 'status', value: SessionPatch.shape.status.unwrap() },
    scheduled_at: { name: 'scheduledAt', words: 'time', kind: 'time', value: SessionPatch.shape.scheduledAt.unwrap() },
    numbers_frozen_at: { name: 'numbersFrozenAt', words: 'freezing of the numbers', kind: 'time', fixed: true },
    highest_number: { name: 'highestNumber', words: 'highest number', fixed: true },
  },
  session_products: {
    session_id: session,
    product_id: product,
    order_key: order,
    number: { name: 'number', words: 'number' },
    section: { name: 'section', words: 'section', value: LineupPatch.shape.section.unwrap() },
    skip: { name: 'skip', words: 'skipping', kind: 'flag', value: LineupPatch.shape.skip.unwrap() },
    notes: { name: 'notes', words: 'notes', value: LineupPatch.shape.notes.unwrap() },
    override_name: { name: 'overrides.name', words: 'name', value: OverridesPatch.shape.name.unwrap() },
    override_talking_points_md: {
      name: 'overrides.talkingPointsMd',
      words: 'talking points',
      value: OverridesPatch.shape.talkingPointsMd.unwrap(),
    },
    override_price_cents: {
      name: 'overrides.priceCents',
      words: 'price',
      value: OverridesPatch.shape.priceCents.unwrap(),
    },
    override_compare_at_price_cents: {
      name: 'overrides.compareAtPriceCents',
      words: 'was price',
      value: OverridesPatch.shape.compareAtPriceCents.unwrap(),
    },
  },
  // A place in a show is taken as a whole: see live-fields.ts.
  session_states: {},
  talking_points: { product_id: product, text: { name: 'text', words: 'text', fixed: true } },
  message_presets: {
    text: { name: 'text', words: 'text' },
    color: { name: 'color', words: 'colour' },
    clear_after_seconds: { name: 'clearAfterSeconds', words: 'time on screen' },
    order_key: order,
  },
}

const byColumn = new Map(
  Object.entries(table).flatMap(([entity, columns]) =>
    Object.entries(columns).map(([column, field]): [string, Field] => [
      `${entity}.${column}`,
      { column, kind: 'plain', ...field },
    ]),
  ),
)

/** undefined for what this version does not know, and for bookkeeping that nobody decides about. */
export function knownField(entity: string, column: string): Field | undefined {
  return byColumn.get(`${entity}.${column}`)
}

/** A column of a newer version is shown by its own name. */
export function fieldOf(entity: string, column: string): Field {
  return knownField(entity, column) ?? { column, name: column, words: column, kind: 'plain', fixed: true }
}

/** A value of the contract, from a row of SQLite or from what Postgres wrote as JSON. */
export function toContract({ kind }: Pick<Field, 'kind'>, stored: unknown): unknown {
  if (stored === null || stored === undefined) return null
  if (kind === 'flag') return stored === true || stored === 1
  if (kind === 'list') return typeof stored === 'string' ? parsed(stored) : stored
  if (kind === 'time') return typeof stored === 'string' ? isoTime(stored) : stored
  return stored
}

/** The values of columns as SQLite holds them, from what Postgres wrote as JSON. */
export function toLocal(columns: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, localValue(name, value)]))
}

function localValue(column: string, value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  if (column.endsWith('_at') && typeof value === 'string') return isoTime(value)
  return value
}

/** As the whole app writes it. */
export function isoTime(text: string): string {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? text : new Date(ms).toISOString()
}

/** JSON that does not parse was never ours: shown as it is. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
