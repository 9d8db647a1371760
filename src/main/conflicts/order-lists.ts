import type { OrderRow } from '#shared/conflicts.ts'
import type { Db } from '../db/database.ts'
import { numbersOf } from '../db/lineup.ts'
import type { ConflictRow } from '../db/schema.ts'
import { fieldsOf } from './stored.ts'

/** How many rows are shown beside the one that was moved. */
const BESIDE = 2

interface Row {
  readonly id: string
  readonly order_key: string
  readonly number: number | null
  readonly name: string
}

/** Two orders of a line-up, whole: with the moves that wait, and as it stands. */
export interface Orders {
  readonly parked: readonly OrderRow[]
  readonly standing: readonly OrderRow[]
}

/**
 * Both orders of a session's line-up. A block that was moved is several conflicts, one for each of its rows; the order of the one
 * who moved it shows all of them moved.
 */
export function ordersOf(db: Db, { session_id: sessionId, client_id: clientId }: ConflictRow): Orders {
  const open = db.all(
    db.build
      .selectFrom('conflicts')
      .selectAll()
      .where('kind', '=', 'order')
      .where('status', '=', 'open')
      .where('session_id', '=', sessionId)
      .where('client_id', '=', clientId),
  )
  const keys = new Map(open.map((one) => [one.entity_id, String(fieldsOf(one)[0]?.parked)]))
  const standing = rowsOf(db, sessionId)
  const parked = standing.map((row) => ({ ...row, order_key: keys.get(row.id) ?? row.order_key })).toSorted(byKey)
  const frozen = isFrozen(db, sessionId)
  const shown = (rows: readonly Row[]): OrderRow[] => listed(rows, { frozen, moved: keys })
  return { parked: shown(parked), standing: shown(standing) }
}

/** One item in its order, with its neighbours. */
export function aroundItem(rows: readonly OrderRow[], itemId: string): OrderRow[] {
  const at = rows.findIndex((row) => row.itemId === itemId)
  return at === -1 ? [] : rows.slice(Math.max(0, at - BESIDE), at + BESIDE + 1)
}

/** The place, from 1, that a row with this key has among the rows that are there now; null without a key. */
export function placeOfKey(rows: readonly Pick<Row, 'id' | 'order_key'>[], id: string, key: unknown): number | null {
  if (typeof key !== 'string') return null
  return rows.filter((row) => row.id !== id && byKey(row, { id, order_key: key }) < 0).length + 1
}

/** The rows of a line-up in order, with the names that people read. */
function rowsOf(db: Db, sessionId: string | null): Row[] {
  return db
    .statement(
      `SELECT i.id, i.order_key, i.number, coalesce(i.override_name, p.name, '') AS name
       FROM session_products i LEFT JOIN products p ON p.id = i.product_id
       WHERE i.session_id = ? ORDER BY i.order_key, i.id`,
    )
    .all(sessionId) as Row[]
}

function isFrozen(db: Db, sessionId: string | null): boolean {
  return (
    db.statement('SELECT 1 FROM sessions WHERE id = ? AND numbers_frozen_at IS NOT NULL').get(sessionId) !== undefined
  )
}

function listed(
  rows: readonly Row[],
  { frozen, moved }: { frozen: boolean; moved: ReadonlyMap<string, unknown> },
): OrderRow[] {
  const numbers = numbersOf(rows, frozen)
  return rows.map(({ id, name }, index) => ({
    itemId: id,
    place: index + 1,
    number: numbers[index] ?? index + 1,
    name,
    moved: moved.has(id),
  }))
}

/** As both databases sort them: by bytes, ties by id. */
function byKey(a: Pick<Row, 'id' | 'order_key'>, b: Pick<Row, 'id' | 'order_key'>): number {
  if (a.order_key !== b.order_key) return a.order_key < b.order_key ? -1 : 1
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}
