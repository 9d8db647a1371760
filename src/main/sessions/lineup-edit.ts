import { AppError } from '#shared/app-error.ts'
import { v7 as uuid } from 'uuid'
import type { History } from '../db/history.ts'
import { lineupRows, placeBehind, settleNumbers } from '../db/lineup-places.ts'
import type { Db } from '../db/database.ts'
import type { Random } from '../db/order-key.ts'
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
