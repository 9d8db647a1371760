import { AppError } from '#shared/app-error.ts'
import { numbersOf } from './lineup.ts'
import type { Db } from './database.ts'
import { planPlaces } from './order-key.ts'
import type { Placement, Random } from './order-key.ts'
import type { LineupRow } from './schema.ts'
import type { Tx } from './write.ts'

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
