import type { Db } from '../db/database.ts'
import { lineupRows } from '../db/lineup-places.ts'
import type { ConflictRow, LineupRow } from '../db/schema.ts'
import { fieldOf, toContract } from './fields.ts'
import { liveFields } from './live-fields.ts'
import { placeOfKey } from './order-lists.ts'
import type { Disputed } from './sides.ts'
import { fieldsOf, isHeld, localRow, parksDeletion } from './stored.ts'
import type { Columns, StoredField } from './stored.ts'
import { nameOf } from './titles.ts'

/** The line-up of a session in order. */
type RowsOf = (sessionId: string) => readonly Pick<LineupRow, 'id' | 'order_key'>[]

/**
 * The disputed fields of a conflict, by the contract's names. What stands is what the row says now, while it is open. `rowsOf`:
 * for a list, which asks for the same line-up many times.
 */
export function disputedFields(
  db: Db,
  row: ConflictRow,
  rowsOf: RowsOf = (sessionId) => lineupRows(db, sessionId),
): Disputed[] {
  const stored = fieldsOf(row)
  const local = row.status === 'open' ? localRow(db, row.entity, row.entity_id) : undefined
  if (row.kind === 'live') {
    return liveFields(db, {
      base: columnsOf(stored, 'base'),
      parked: columnsOf(stored, 'parked'),
      standing: local ?? columnsOf(stored, 'standing'),
    })
  }
  const fields = stored.map((one): Disputed => {
    const now = { ...one, standing: local ? local[one.name] : one.standing }
    return one.name === 'order_key' ? placeField(row, now, rowsOf) : disputed(db, row, now)
  })
  return row.kind === 'delete' ? [deletedField(db, row), ...fields] : fields
}

/** Whether the row is gone for the team: held deletions are still shown, but the server has them no more. */
export function isGone(db: Db, { entity, entity_id: id }: Pick<ConflictRow, 'entity' | 'entity_id'>): boolean {
  return localRow(db, entity, id) === undefined || isHeld(db, entity, id)
}

function deletedField(db: Db, row: ConflictRow): Disputed {
  const parked = parksDeletion(row)
  return { name: 'deleted', base: false, parked, standing: row.status === 'open' ? isGone(db, row) : !parked }
}

function disputed(db: Db, row: ConflictRow, { name: column, base, parked, standing }: StoredField): Disputed {
  const field = fieldOf(row.entity, column)
  const value = (stored: unknown): unknown => toContract(field, stored)
  const three = { name: field.name, base: value(base), parked: value(parked), standing: value(standing) }
  if (column !== 'brand_id') return three
  const brand = (id: unknown): string | null => nameOf(db, 'brands', id)
  return { ...three, labels: { base: brand(base), parked: brand(parked), standing: brand(standing) } }
}

/** Keys say nothing to people: the places that they mean in the line-up as it is. */
function placeField(row: ConflictRow, { name, base, parked, standing }: StoredField, rowsOf: RowsOf): Disputed {
  const rows = row.session_id === null ? [] : rowsOf(row.session_id)
  const place = (key: unknown): number | null => placeOfKey(rows, row.entity_id, key)
  return { name: fieldOf(row.entity, name).name, base: place(base), parked: place(parked), standing: place(standing) }
}

function columnsOf(fields: readonly StoredField[], side: 'base' | 'parked' | 'standing'): Columns {
  return Object.fromEntries(fields.map((field) => [field.name, field[side]]))
}
