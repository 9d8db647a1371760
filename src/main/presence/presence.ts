import type { Handlers } from '#shared/contract.ts'
import { Place } from '#shared/presence.ts'
import type { Presence, presence } from '#shared/presence.ts'
import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import type { Meeting } from '../team.ts'

/** A page that does not tell again for so long is gone, in ms. */
const PAGE_MS = 45_000
/** While somebody is there the team is asked this often, in ms. */
const MEET_MS = 5_000
/** What changes at one go is told at one go, in ms. */
const SOON_MS = 200
/** Who cannot be asked is left alone for so long, in ms. */
const REST_MS = 30_000

export interface PresenceDeps {
  readonly team: Meeting
  readonly clock: Clock
  readonly log: Log
  readonly events: Events
}

interface Page {
  readonly places: readonly Place[]
  readonly until: number
}

/**
 * Where people are: tells the team what is edited here, and the pages what is edited elsewhere.
 *
 * 1. Nothing is asked while no page of ours shows anything that others could meet in: the database can sleep.
 * 2. Nothing depends on it. What cannot be told or asked is no error; then nobody else is shown.
 */
export class People implements Disposable {
  readonly #deps: PresenceDeps
  readonly #pages = new Map<string, Page>()
  #others: readonly Presence[] = []
  #told = '[]'
  #cancel: (() => void) | null = null
  #meeting = false
  #again = false
  #closed = false
  readonly handlers: Handlers<typeof presence>

  constructor(deps: PresenceDeps) {
    this.#deps = deps
    this.handlers = {
      'presence.note': ({ page, places }) => {
        this.#note(page, places)
        return {}
      },
      'presence.list': () => ({ items: [...this.#others] }),
    }
  }

  [Symbol.dispose](): void {
    this.#closed = true
    this.#cancel?.()
  }

  #note(page: string, places: readonly Place[]): void {
    if (places.length === 0) this.#pages.delete(page)
    else this.#pages.set(page, { places, until: this.#deps.clock.elapsed() + PAGE_MS })
    if (JSON.stringify(this.#here()) !== this.#told) this.#due(SOON_MS)
    else if (this.#cancel === null && !this.#meeting && this.#pages.size > 0) this.#due(MEET_MS)
  }

  /** What the pages of this desktop show, each thing once; edited in one of them is edited. */
  #here(): readonly Place[] {
    const now = this.#deps.clock.elapsed()
    for (const [name, { until }] of this.#pages) if (until < now) this.#pages.delete(name)
    const here = new Map<string, Place>()
    for (const place of [...this.#pages.values()].flatMap(({ places }) => places)) {
      const key = `${place.entity} ${place.id}`
      if (place.editing || !here.has(key)) here.set(key, place)
    }
    return [...here.values()].slice(0, 20)
  }

  #due(ms: number): void {
    if (this.#closed) return
    if (this.#meeting) {
      this.#again = true
      return
    }
    this.#cancel?.()
    this.#cancel = this.#deps.clock.after(ms, () => {
      this.#cancel = null
      void this.#meet()
    })
  }

  async #meet(): Promise<void> {
    const { team, log } = this.#deps
    this.#meeting = true
    this.#again = false
    const here = this.#here()
    const pause = await this.#ask(here).catch((error: unknown) => {
      log.debug('where the others are could not be asked', { error })
      this.#show([])
      return REST_MS
    })
    this.#meeting = false
    if (this.#again && team.canMeet()) this.#due(SOON_MS)
    else if (this.#pages.size > 0) this.#due(pause)
  }

  /** Answers after how many ms to ask again. */
  async #ask(here: readonly Place[]): Promise<number> {
    const { team } = this.#deps
    if (!team.canMeet()) {
      this.#show([])
      return MEET_MS
    }
    const others = await team.meet(here)
    this.#told = JSON.stringify(here)
    // Who is nowhere does not look either.
    this.#show(
      here.length === 0
        ? []
        : others.flatMap(({ device, places }) =>
            places.flatMap((told) => {
              // Another desktop may be of another version.
              const place = Place.safeParse(told)
              return place.success ? [{ ...place.data, device }] : []
            }),
          ),
    )
    return MEET_MS
  }

  #show(others: readonly Presence[]): void {
    if (this.#closed || JSON.stringify(others) === JSON.stringify(this.#others)) return
    this.#others = others
    this.#deps.events.emit('changed', { feature: 'presence' })
  }
}
