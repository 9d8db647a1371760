import type { Entity, Schema } from '../../../src/main/db/schema.ts'
import type { Tx } from '../../../src/main/db/write.ts'
import type { SimClient } from './client.ts'
import type { Dice } from './dice.ts'

/** What an edit is made with. */
export interface Hand {
  readonly client: SimClient
  readonly dice: Dice
  /** A number that was never used before, so that what became of a value can be told. */
  readonly unique: () => number
}

/** Answers what it did, for the trace; null where there was nothing to do it to. May throw what the app would show. */
export type Edit = (hand: Hand) => string | null

export type Rows<E extends Entity> = (Schema[E] & { id: string })[]

/** Rows of a table as they are shown here: all, or those that fit a condition with one value. */
export function rows<E extends Entity>(
  { client }: Hand,
  entity: E,
  where: readonly [sql: string, value?: unknown] = ['1'],
): Rows<E> {
  const [sql, ...values] = where
  return client.core.db.statement(`SELECT * FROM ${entity} WHERE ${sql} ORDER BY id`).all(...values) as Rows<E>
}

export function lineup(hand: Hand, sessionId: string): Rows<'session_products'> {
  return hand.client.core.db
    .statement('SELECT * FROM session_products WHERE session_id = ? ORDER BY order_key, id')
    .all(sessionId) as Rows<'session_products'>
}

export function write(hand: Hand, scope: string, work: (tx: Tx) => void): void {
  hand.client.core.history.transact(scope, scope, work)
}

export const text = (hand: Hand, kind: string): string => `${kind} ${hand.unique()} of ${hand.client.label}`
export const short = (id: string): string => id.slice(0, 6)
