import type { Clock } from '../clock.ts'

/** What Shopify tells of its bucket with every answer, in points. */
export interface ThrottleStatus {
  readonly maximumAvailable: number
  readonly currentlyAvailable: number
  readonly restoreRate: number
}

/**
 * How much we may ask, by what Shopify said last: a question waits until the bucket holds what it will cost. The bucket belongs to
 * the app and the shop together, so others may have taken from it: being throttled stays possible.
 */
export class Governor {
  readonly #clock: Clock
  #status: ThrottleStatus | null = null
  #at = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  note(status: ThrottleStatus): void {
    this.#status = status
    this.#at = this.#clock.elapsed()
  }

  /** How long to wait before a question of so many points, in ms. */
  waitFor(cost: number): number {
    if (!this.#status) return 0
    const { maximumAvailable, currentlyAvailable, restoreRate } = this.#status
    if (restoreRate <= 0) return 0
    const restored = ((this.#clock.elapsed() - this.#at) / 1000) * restoreRate
    const available = Math.min(maximumAvailable, currentlyAvailable + restored)
    // A question that never fits is asked when the bucket is full: Shopify says what is wrong with it.
    const needed = Math.min(cost, maximumAvailable)
    return available >= needed ? 0 : Math.ceil((needed - available) / restoreRate) * 1000
  }
}
