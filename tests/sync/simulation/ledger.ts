import type { Change } from '../../../src/main/db/write.ts'
import type { Tables } from './compare.ts'
import { plain } from './compare.ts'
import type { Row } from './server.ts'

/** A value that somebody was told is safe. */
interface Entry {
  /** When; later is greater. */
  readonly at: number
  readonly who: string
  readonly key: string
  readonly field: string
  readonly value: unknown
  /** What was there before it, as who wrote it saw. */
  readonly base: unknown
  /** Made at the server itself: it goes back with the server. */
  readonly there: boolean
  /** Nobody was told that it is safe, but it may be there, and what it replaced was seen. */
  readonly unsaid: boolean
  /** It says again what was said before, as an undo does: who saw that one has seen this one. [P3] */
  readonly again: boolean
}

interface Removal {
  readonly at: number
  readonly who: string
  readonly key: string
  /** What who removed it saw of it. */
  readonly image: Row
  readonly there: boolean
}

type Noted = Pick<Change, 'id' | 'before' | 'after'> & { readonly entity: string }

/** Fields that hold a value of their own with each edit, so that what became of it can be told. */
const told: Readonly<Record<string, ReadonlySet<string>>> = {
  brands: new Set(['name', 'notes']),
  products: new Set([
    'name',
    'price_cents',
    'compare_at_price_cents',
    'description_html',
    'sku',
    'pid',
    'talking_points_md',
  ]),
  product_variants: new Set(['title', 'price_cents', 'stock']),
  product_images: new Set(['alt']),
  sessions: new Set(['name', 'notes', 'code']),
  session_products: new Set([
    'order_key',
    'notes',
    'section',
    'override_name',
    'override_talking_points_md',
    'override_price_cents',
  ]),
  talking_points: new Set(['text']),
  message_presets: new Set(['text', 'clear_after_seconds']),
}

/**
 * The books of everything that was acknowledged. At the end each value must be found: in its row, in the conflicts or their
 * log, or replaced or removed by somebody who had seen it.
 */
export class Ledger {
  #entries: Entry[] = []
  #removals: Removal[] = []
  /** What went with the server when it went back. */
  readonly #forgotten: Entry[] = []
  #time = 0

  /** A person was told that these changes are saved. */
  acknowledge(who: string, changes: readonly Noted[]): void {
    for (const change of changes) this.#note(who, change, {})
  }

  /** These were committed, but the process ended before anybody was told. */
  unsaid(who: string, changes: readonly Noted[]): void {
    for (const change of changes) this.#note(who, change, { unsaid: true })
  }

  /** Another program committed these. */
  direct(changes: readonly Noted[]): void {
    for (const change of changes) this.#note('psql', change, { there: true })
  }

  /** Somebody decided a conflict: `shown` is what they replaced. */
  decided(who: string, change: Noted): void {
    this.#note(who, change, { there: true })
  }

  get now(): number {
    return this.#time
  }

  /** The server is what it was at `at`. What was made at the server alone since then is gone, with all knowledge of it. */
  rewind(at: number): void {
    const isForgotten = (one: Entry): boolean => one.there && one.at > at
    this.#forgotten.push(...this.#entries.filter(isForgotten))
    this.#entries = this.#entries.filter((one) => !isForgotten(one))
    this.#removals = this.#removals.filter((one) => !one.there || one.at <= at)
  }

  /** What cannot be found in these tables, a line each. */
  lost(tables: Tables): string[] {
    const logged = loggedValues(tables)
    const replaced = this.#replaced()
    const removed = new Map<string, Removal[]>()
    for (const one of this.#removals) removed.set(one.key, [...(removed.get(one.key) ?? []), one])
    return this.#entries.flatMap(({ key, field, value, at, who, unsaid, again }) => {
      const row = tables.get(key)
      // That something was cleared leaves no trace of its own.
      if (value === null || unsaid) return []
      if (row && row[field] === value) return []
      if (logged.has(value)) return []
      const since = again ? 0 : at
      if ((replaced.get(nameOf(key, field, value)) ?? 0) > since) return []
      // Where somebody else kept the row, whoever removed it did not mean to keep their own value.
      const isDone = (one: Removal): boolean =>
        one.at > since && one.image[field] === value && (!row || one.who === who)
      if (removed.get(key)?.some(isDone)) return []
      const now = row ? JSON.stringify(row[field]) : 'no such row'
      const story = this.#entries
        .filter((one) => one.key === key && one.field === field)
        .map((one) => `${one.at} ${one.who}: ${JSON.stringify(one.base)} > ${JSON.stringify(one.value)}`)
      return [`LOST: ${who}'s ${key} ${field} = ${JSON.stringify(value)} (now: ${now}). ${story.join('; ')}`]
    })
  }

  /** By `nameOf`: when somebody who saw a value wrote another one. */
  #replaced(): ReadonlyMap<string, number> {
    const replaced = new Map<string, number>()
    const note = (name: string, at: number): void => void replaced.set(name, Math.max(at, replaced.get(name) ?? 0))
    for (const { key, field, base, at } of this.#entries) note(nameOf(key, field, base), at)
    // Who replaced what the server has forgotten, has replaced what that had replaced.
    for (const { key, field, base, value } of this.#forgotten.toReversed()) {
      const at = replaced.get(nameOf(key, field, value))
      if (at !== undefined) note(nameOf(key, field, base), at)
    }
    return replaced
  }

  #note(who: string, { entity, id, before, after }: Noted, { there = false, unsaid = false }): void {
    const at = (this.#time += 1)
    const key = `${entity} ${id}`
    if (after === null) {
      if (before) this.#removals.push({ at, who, key, image: before, there })
      return
    }
    for (const field of told[entity] ?? []) {
      const value = plain(field, after[field])
      const base = before ? plain(field, before[field]) : undefined
      if (value === base) continue
      const again = this.#entries.some((one) => one.key === key && one.field === field && one.value === value)
      this.#entries.push({ at, who, key, field, value, base, there, unsaid, again })
    }
  }
}

function nameOf(key: string, field: string, value: unknown): string {
  return `${key} ${field} ${JSON.stringify(value)}`
}

/** Every single value in the conflicts and their log. */
function loggedValues(tables: Tables): ReadonlySet<unknown> {
  const found = new Set<unknown>()
  const collect = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
    else found.add(value)
  }
  for (const [key, row] of tables) {
    if (!key.startsWith('conflict')) continue
    for (const name of ['fields', 'mutations', 'image']) {
      const text = row[name]
      if (typeof text === 'string') collect(JSON.parse(text))
    }
  }
  return found
}
