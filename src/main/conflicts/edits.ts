import type { Db } from '../db/database.ts'
import type { History } from '../db/history.ts'
import { lineupRows, placeBehind, settleNumbers } from '../db/lineup-places.ts'
import type { Random } from '../db/order-key.ts'
import type { Entity } from '../db/schema.ts'
import type { Tx, Writer } from '../db/write.ts'
import { toLocal } from './fields.ts'
import { localRow } from './stored.ts'
import type { Columns } from './stored.ts'
import { titleOf } from './titles.ts'

export interface EditDeps {
  readonly db: Db
  readonly writer: Writer
  readonly history: History
  /** For the jitter of order keys. */
  readonly random: Random
}

/** Where an edit can be undone; null where no history is kept. */
export type Undo = { readonly scope: string; readonly id: string } | null

/** An edit like any other: it waits for the network by itself, and is a step of the history where the row has one. */
export function edit(
  { history, writer }: Pick<EditDeps, 'history' | 'writer'>,
  { scope, label }: { readonly scope: string | null; readonly label: string },
  work: (tx: Tx) => void,
): Undo {
  if (scope === null) {
    writer.transact(work)
    return null
  }
  return { scope, id: history.transact(scope, label, work).undoId }
}

/** The history that a row's edits belong to. Messages have none. */
export function scopeOf(entity: Entity, row: Columns): string | null {
  if (entity === 'message_presets') return null
  if (entity === 'sessions' || entity === 'session_states') return `session:${String(row['id'])}`
  return entity === 'session_products' ? `session:${String(row['session_id'])}` : 'products'
}

/** A line-up is part of its session: lists show the newest change first. */
export function touchSession(tx: Tx, entity: Entity, row: Columns): void {
  const id = row['session_id']
  if (entity === 'session_products' && typeof id === 'string' && tx.row('sessions', id)) tx.touch('sessions', id)
}

/**
 * Adds a version of an item right behind it, with a number as a new item has it. One product may stand in a line-up twice: two
 * desktops that add it while apart make the same.
 */
export function addVersion(
  deps: EditDeps,
  { itemId, newId, columns }: { readonly itemId: string; readonly newId: string; readonly columns: Columns },
): Undo {
  const { db, random } = deps
  const { inText } = titleOf(db, { entity: 'session_products', id: itemId })
  const sessionId = String(localRow(db, 'session_products', itemId)?.['session_id'])
  return edit(deps, { scope: `session:${sessionId}`, label: `Keep both versions of ${inText}` }, (tx) => {
    const row = tx.row('session_products', itemId)
    if (!row) return
    const highest = settleNumbers(tx, db, sessionId)
    const [order_key = row.order_key] = placeBehind(tx, lineupRows(db, sessionId), { after: itemId, count: 1, random })
    if (highest !== null) tx.update('sessions', sessionId, { highest_number: highest + 1 })
    const { created_at: _created, updated_at: _updated, ...values } = row
    tx.insert('session_products', {
      ...values,
      ...columns,
      id: newId,
      order_key,
      number: highest === null ? null : highest + 1,
    })
    tx.touch('sessions', sessionId)
  })
}

export function insertRow(tx: Tx, entity: Entity, row: Columns & { readonly id: string }): void {
  tx.insert(entity, row)
}

/** Those of a row's values that this version has columns for, as SQLite holds them. Stamps are the writer's. */
export function storable(db: Db, entity: Entity, columns: Columns): Record<string, unknown> {
  const known = new Set(columnsOf(db, entity).map(({ name }) => name))
  return toLocal(
    Object.fromEntries(
      Object.entries(columns).filter(
        ([name]) => known.has(name) && name !== 'key' && name !== 'id' && name !== 'updated_at',
      ),
    ),
  )
}

/** Whether an image of a row holds all that a row needs. */
export function isWhole(db: Db, entity: Entity, image: Columns): boolean {
  return columnsOf(db, entity).every(
    ({ name, notnull, dflt_value, pk }) =>
      notnull === 0 || dflt_value !== null || pk === 1 || stamps.has(name) || (image[name] ?? null) !== null,
  )
}

const stamps: ReadonlySet<string> = new Set(['created_at', 'updated_at'])

/** What a row belongs to and that is not there; null where it can be made. */
export function missingWhole(db: Db, entity: Entity, row: Columns): 'brand' | 'product' | 'session' | null {
  const wholes = [
    ['product', 'products', row['product_id']],
    ['session', 'sessions', row['session_id']],
    ...(entity === 'products' ? ([['brand', 'brands', row['brand_id']]] as const) : []),
  ] as const
  const missing = wholes.find(([, table, id]) => typeof id === 'string' && localRow(db, table, id) === undefined)
  return missing?.[0] ?? null
}

interface ColumnInfo {
  readonly name: string
  readonly notnull: 0 | 1
  readonly dflt_value: string | null
  readonly pk: number
}

function columnsOf(db: Db, entity: Entity): ColumnInfo[] {
  return db.statement('SELECT name, "notnull", dflt_value, pk FROM pragma_table_info(?)').all(entity) as ColumnInfo[]
}
