import type { HostCard } from '#shared/live.ts'
import type { LineupItem } from '#shared/sessions.ts'
import type { SessionRow } from '../db/schema.ts'
import type { Lineup } from './lineups.ts'
import type { Show } from './show.ts'

/** Everything that decides what a command does: one session at one moment. */
export interface View {
  readonly session: SessionRow
  readonly show: Show
  readonly lineup: Lineup
  /**
   * Indexes of the items around the one on air. Where that one was removed they are those around its old place; where
   * nothing is on air, all items lie after it. -1 and the length of the line-up mean that there is none.
   */
  readonly before: number
  readonly after: number
  readonly now: string
  /** What the item clock has counted so far. */
  readonly timerMs: number
  cardOf(item: LineupItem): HostCard
  placeOf(itemId: string): string | null
}

/** The item on air, unless it was removed from the line-up. */
export function currentItem({ show, lineup }: View): LineupItem | undefined {
  return itemWith(lineup, show.itemId)
}

export function itemWith(lineup: Lineup, itemId: string | null): LineupItem | undefined {
  const index = itemId === null ? undefined : lineup.indexById.get(itemId)
  return index === undefined ? undefined : lineup.items[index]
}
