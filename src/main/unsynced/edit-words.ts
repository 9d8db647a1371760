import { formatCents } from '#shared/money.ts'
import type { Db } from '../db/database.ts'
import type { Entity, OutboxRow } from '../db/schema.ts'

type Columns = Readonly<Record<string, unknown>>

/** One edit that waits, as it can be read without Hudson. */
export interface UnsyncedEdit {
  readonly id: number
  /** Parts of one edit, as people count, have the same. */
  readonly tx: number
  readonly at: string
  readonly entity: string
  readonly rowId: string
  /** What it is about, as people know it; empty where that cannot be told any more. */
  readonly name: string
  readonly op: OutboxRow['op']
  /** The changed columns as they were and as they are; null where what is stored is damaged. */
  readonly before: Columns | null
  readonly now: Columns | null
}

/** Everything that waits, oldest first. What is damaged is told as far as it can be read. */
export function unsyncedEdits(db: Db): UnsyncedEdit[] {
  const rows = db.statement('SELECT * FROM sync_outbox WHERE acked_at IS NULL ORDER BY id').all() as OutboxRow[]
  // What is deleted here is named by what was known of it.
  const known = new Map<string, Columns>()
  return rows.map((row): UnsyncedEdit => {
    const before = parsed(row.base)
    const now = parsed(row.patch)
    const { id, tx, at, entity, row_id: rowId, op } = row
    const columns = { ...(known.get(rowId) ?? baseOf(db, row)), ...before, ...now, ...localRow(db, entity, rowId) }
    known.set(rowId, columns)
    return { id, tx, at, entity, rowId, name: nameOf(db, row, columns), op, before, now }
  })
}

/** The row as the team has it. */
function baseOf(db: Db, { entity, row_id: rowId }: OutboxRow): Columns | null {
  const stored = db
    .statement('SELECT row FROM sync_base WHERE entity = ? AND row_id = ?')
    .pluck(true)
    .get(entity, rowId) as string | null | undefined
  return parsed(stored ?? 'null')
}

/** What a kind of row is called. */
export function kindWord(entity: string): string {
  return kinds.get(entity) ?? entity
}

const kinds: ReadonlyMap<string, string> = new Map<Entity, string>([
  ['brands', 'Brand'],
  ['products', 'Product'],
  ['product_variants', 'Variant'],
  ['product_images', 'Picture'],
  ['sessions', 'Session'],
  ['session_products', 'Line-up item'],
  ['session_states', 'Show'],
  ['talking_points', 'Talking points'],
  ['message_presets', 'Message'],
])

/** A column's name without what it is in the database: "override_price_cents" is the "Override price". */
export function fieldWord(column: string): string {
  const words = column.replace(/_(cents|md|html)$/, '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A value as people write it. */
export function valueText(column: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return column.endsWith('_cents') ? formatCents(value) : String(value)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function nameOf(db: Db, { entity, row_id: rowId }: OutboxRow, known: Columns): string {
  const product = stringOf(localRow(db, 'products', known['product_id'])?.['name'])
  switch (entity) {
    case 'session_products':
      return joined([
        stringOf(known['override_name']) || product,
        stringOf(localRow(db, 'sessions', known['session_id'])?.['name']),
      ])
    case 'session_states':
      return stringOf(localRow(db, 'sessions', rowId)?.['name'])
    case 'product_variants':
      return joined([product, stringOf(known['title'])])
    case 'product_images':
    case 'talking_points':
      return product
    default:
      return stringOf(known['name'] ?? known['text'])
  }
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ')
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function localRow(db: Db, entity: string, id: unknown): Columns | undefined {
  if (!kinds.has(entity) || typeof id !== 'string') return undefined
  return db.statement(`SELECT * FROM ${entity} WHERE id = ?`).get(id) as Columns | undefined
}

function parsed(json: string): Columns | null {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' ? (value as Columns | null) : null
  } catch {
    return null
  }
}
