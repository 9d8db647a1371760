import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { SessionRow, StateRow } from '../db/schema.ts'
import { cardOf } from './card.ts'
import { Lineups } from './lineups.ts'
import type { Lineup } from './lineups.ts'
import { fromRow, offShow } from './show.ts'
import type { Show } from './show.ts'
import { Stopwatches } from './stopwatches.ts'
import type { View } from './view.ts'

/** Reads sessions as a show needs them. Only line-ups are kept between reads, until `forgetLineups`. */
export class Views {
  readonly watches: Stopwatches
  readonly #db: Db
  readonly #clock: Clock
  readonly #lineups: Lineups
  /** Order keys of items that were removed while on air, by item, until they are stored with their shows. */
  readonly #removed = new Map<string, { readonly sessionId: string; readonly orderKey: string }>()

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
    this.#lineups = new Lineups(db)
    this.watches = new Stopwatches(clock)
  }

  forgetLineups(): void {
    this.#lineups.clear()
  }

  /** An item's order key is gone with its row; what follows the item on air is found by it. */
  noteRemoval(itemId: string, orderKey: string): void {
    const row = this.#db.statement('SELECT id FROM session_states WHERE current_item_id = ?').get(itemId)
    if (row) this.#removed.set(itemId, { sessionId: (row as { id: string }).id, orderKey })
  }

  /** Sessions whose item on air was removed since their show was stored. */
  withRemovals(): string[] {
    return [...this.#removed.values()].map(({ sessionId }) => sessionId)
  }

  /** Where an item stood that was removed since its show was stored. */
  removedFrom(itemId: string | null): string | undefined {
    return itemId === null ? undefined : this.#removed.get(itemId)?.orderKey
  }

  /** The order key is stored with the show from now on. */
  forgetRemoval(itemId: string | null): void {
    if (itemId !== null) this.#removed.delete(itemId)
  }

  find(sessionId: string): View | undefined {
    const session = this.#db.statement('SELECT * FROM sessions WHERE id = ?').get(sessionId) as SessionRow | undefined
    if (!session) return undefined
    const row = this.#db.statement('SELECT * FROM session_states WHERE id = ?').get(sessionId) as StateRow | undefined
    const now = this.#clock.now()
    const show = row ? fromRow(row) : offShow(now)
    const { timer } = show
    const counted = timer.running ? this.watches.elapsed(`timer ${sessionId}`, timer.at) : 0
    const lineup = this.#lineups.of(sessionId)
    return {
      session,
      show,
      lineup,
      ...this.#around(sessionId, show, lineup),
      now,
      timerMs: timer.elapsedMs + counted,
      cardOf: (item) => cardOf(item, this.#lineups.variantsOf(item.productId)),
      placeOf: (itemId) => this.#lineups.placeOf(itemId),
    }
  }

  #around(sessionId: string, show: Show, lineup: Lineup): { before: number; after: number } {
    const { itemId } = show
    const index = itemId === null ? undefined : lineup.indexById.get(itemId)
    if (index !== undefined) return { before: index - 1, after: index + 1 }
    const place = this.removedFrom(itemId) ?? show.place
    if (itemId === null || place === null) return { before: -1, after: 0 }
    const after = this.#lineups.countBefore({ sessionId, place, itemId })
    return { before: after - 1, after }
  }
}
