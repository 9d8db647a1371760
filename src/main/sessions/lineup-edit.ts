import { AppError } from '#shared/app-error.ts'
import { v7 as uuid } from 'uuid'
import type { History } from '../db/history.ts'
import { numbersOf } from '../db/lineup.ts'
import type { Db } from '../db/open.ts'
import { planPlaces } from '../db/order-key.ts'
import type { Placement, Random } from '../db/order-key.ts'
import type { LineupRow } from '../db/schema.ts'
import type { Tx, Writer } from '../db/write.ts'

/** What the handlers of sessions are built from. */
export interface SessionDeps {
  readonly db: Db
  readonly writer: Writer
  readonly history: History
  /** For the jitter of order keys. */
  readonly random: Random
}

/** Runs an edit of a line-up as one step of its history; one that answers `changed: false` leaves no trace. */
export function editLineup<T>(
  { history }: Pick<SessionDeps, 'history'>,
  { sessionId, label }: { readonly sessionId: string; readonly label: string },
  work: (tx: Tx) => { readonly value: T; readonly changed: boolean },
): { value: T; undoId: string } {
  return history.transact(`session:${sessionId}`, label, (tx) => {
    const { value, changed } = work(tx)
    // A line-up is part of its session: lists show the newest change first.
    if (changed) tx.touch('sessions', sessionId)
    return value
  })
}

/** The rows of a line-up in order. */
export function lineupRows(db: Db, sessionId: string): LineupRow[] {
  return db.all(
    db.build
      .selectFrom('session_products')
      .selectAll()
      .where('session_id', '=', sessionId)
      .orderBy('order_key')
      .orderBy('id'),
  )
}

/** The items that a call names, in line-up order: all there, all of one session. */
export function namedItems(
  db: Db,
  { itemId, itemIds }: { readonly itemId?: string | undefined; readonly itemIds?: readonly string[] | undefined },
): { sessionId: string; rows: readonly LineupRow[]; chosen: readonly LineupRow[] } {
  if ((itemId === undefined) === (itemIds === undefined)) {
    const fields = { itemId: 'Give itemId or itemIds, one of them' }
    throw new AppError('bad-call', 'This call does not fit. Give itemId or itemIds, one of them.', { fields })
  }
  const ids = new Set(itemIds ?? [itemId ?? ''])
  const named = db
    .statement(
      'SELECT session_id, count(*) AS n FROM session_products WHERE id IN (SELECT value FROM json_each(?)) GROUP BY 1',
    )
    .all(JSON.stringify([...ids])) as { session_id: string; n: number }[]
  const [session] = named
  if (!session || named.reduce((sum, one) => sum + one.n, 0) < ids.size) {
    throw new AppError(
      'not-found',
      ids.size === 1
        ? 'This item is not in the line-up any more. It may have been removed meanwhile.'
        : 'Some of these items are not in the line-up any more, so nothing was changed. Choose again.',
    )
  }
  if (named.length > 1) {
    const fields = { itemIds: 'These items stand in different sessions' }
    throw new AppError('bad-call', 'These items stand in different sessions. Change one session at a time.', { fields })
  }
  const rows = lineupRows(db, session.session_id)
  return { sessionId: session.session_id, rows, chosen: rows.filter((row) => ids.has(row.id)) }
}

/** Keys for `count` rows behind the row `after` (null = first; not found = `not-found`), with what that rewrites written. */
export function placeBehind(
  tx: Tx,
  rows: readonly LineupRow[],
  { after, count, random }: { readonly after: string | null; readonly count: number; readonly random: Random },
): Placement['keys'] {
  const at = placeOf(rows, after)
  const { keys, rewritten } = planPlaces(rows, { at, count, random })
  for (const [id, order_key] of rewritten) tx.update('session_products', id, { order_key })
  return keys
}

/** The index behind the row `after`. */
export function placeOf(rows: readonly LineupRow[], after: string | null): number {
  if (after === null) return 0
  const at = rows.findIndex((row) => row.id === after)
  if (at === -1) {
    throw new AppError(
      'not-found',
      'The item that this should follow is not in this line-up any more. Choose another place.',
    )
  }
  return at + 1
}

/**
 * Once numbers are frozen, every item keeps the one that it shows: one that has none yet takes it for good. Answers the
 * highest number that was ever given out, which is noted with the session; null while numbers follow the order.
 */
export function settleNumbers(tx: Tx, db: Db, sessionId: string): number | null {
  const session = tx.row('sessions', sessionId)
  if (!session || session.numbers_frozen_at === null) return null
  const rows = lineupRows(db, sessionId)
  const numbers = numbersOf(rows, true)
  rows.forEach((row, index) => {
    if (row.number === null) tx.update('session_products', row.id, { number: numbers[index] ?? null })
  })
  const highest = Math.max(session.highest_number ?? 0, ...numbers)
  tx.update('sessions', sessionId, { highest_number: highest })
  return highest
}

/**
 * Puts products into a line-up behind `after` (undefined = at the end), under the heading that stands there. Where numbers
 * are frozen they count on behind the highest that was ever given out. Answers the new items' ids.
 */
export function insertProducts(
  tx: Tx,
  { db, random }: Pick<SessionDeps, 'db' | 'random'>,
  { sessionId, productIds, after }: { sessionId: string; productIds: readonly string[]; after?: string | undefined },
): string[] {
  const highest = settleNumbers(tx, db, sessionId)
  const rows = lineupRows(db, sessionId)
  const before = after === undefined ? rows.at(-1) : rows.find((row) => row.id === after)
  if (highest !== null) tx.update('sessions', sessionId, { highest_number: highest + productIds.length })
  const keys = placeBehind(tx, rows, { after: after ?? before?.id ?? null, count: productIds.length, random })
  return productIds.map((product_id, index) => {
    const id = uuid()
    tx.insert('session_products', {
      id,
      session_id: sessionId,
      product_id,
      order_key: keys[index] ?? '',
      number: highest === null ? null : highest + 1 + index,
      section: before?.section ?? null,
      skip: 0,
      notes: '',
      override_name: null,
      override_talking_points_md: null,
      override_price_cents: null,
      override_compare_at_price_cents: null,
    })
    return id
  })
}
