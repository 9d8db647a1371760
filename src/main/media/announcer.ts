import type { Feature } from '#shared/contract.ts'
import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'

/** Whatever shows pictures. */
const features: readonly Feature[] = ['products', 'sessions', 'images', 'media', 'live']
const EVERY_MS = 250

export interface AnnouncerDeps {
  readonly events: Events
  readonly clock: Clock
}

/** Tells the pages that pictures changed: at once, then at most four times a second, and never without a last word. */
export class Announcer {
  readonly #events: Events
  readonly #clock: Clock
  #cancel: (() => void) | null = null
  #again = false

  constructor({ events, clock }: AnnouncerDeps) {
    this.#events = events
    this.#clock = clock
  }

  changed(): void {
    if (this.#cancel) {
      this.#again = true
      return
    }
    this.#again = false
    this.#cancel = this.#clock.after(EVERY_MS, () => {
      this.#cancel = null
      if (this.#again) this.changed()
    })
    for (const feature of features) this.#events.emit('changed', { feature })
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = null
  }
}
