import type { LiveItem } from '#shared/live.ts'
import type { LineupItem } from '#shared/sessions.ts'
import { readLineup } from '../db/lineup.ts'
import type { Db } from '../db/database.ts'

/** A line-up as a show uses it. */
export interface Lineup {
  readonly items: readonly LineupItem[]
  /** The same as displays get it; one array as long as nothing changes, so that comparing it costs nothing. */
  readonly shown: LiveItem[]
  readonly indexById: ReadonlyMap<string, number>
}

/** What Shopify calls the one variant of a product that has no options. */
const noOptions = 'Default Title'

/** Line-ups by session, read once and kept until `clear`. */
export class Lineups {
  readonly #db: Db
  readonly #bySession = new Map<string, Lineup>()
  readonly #variants = new Map<string, readonly string[]>()

  constructor(db: Db) {
    this.#db = db
  }

  clear(): void {
    this.#bySession.clear()
    this.#variants.clear()
  }

  of(sessionId: string): Lineup {
    let lineup = this.#bySession.get(sessionId)
    if (!lineup) {
      const items = readLineup(this.#db, sessionId)
      lineup = { items, shown: items.map(shownItem), indexById: new Map(items.map(({ id }, index) => [id, index])) }
      this.#bySession.set(sessionId, lineup)
    }
    return lineup
  }

  variantsOf(productId: string): readonly string[] {
    let titles = this.#variants.get(productId)
    if (!titles) {
      const rows = this.#db
        .statement('SELECT title FROM product_variants WHERE product_id = ? ORDER BY position, id')
        .all(productId) as { title: string }[]
      titles = rows.map(({ title }) => title).filter((title) => title !== noOptions)
      this.#variants.set(productId, titles)
    }
    return titles
  }

  /** The order key of an item; null where it is in no line-up. */
  placeOf(itemId: string): string | null {
    const row = this.#db.statement('SELECT order_key FROM session_products WHERE id = ?').get(itemId)
    return (row as { order_key: string } | undefined)?.order_key ?? null
  }

  /** How many items stand before an item that was removed from `place`. */
  countBefore({ sessionId, place, itemId }: { sessionId: string; place: string; itemId: string }): number {
    const row = this.#db
      .statement('SELECT count(*) AS n FROM session_products WHERE session_id = ? AND (order_key, id) < (?, ?)')
      .get(sessionId, place, itemId) as { n: number }
    return row.n
  }
}

function shownItem(item: LineupItem): LiveItem {
  const { id, number, name, priceCents, skip, section, images } = item
  return { itemId: id, number, name, priceCents, skip, section, images }
}
