import type { Clock } from '../clock.ts'

/**
 * How long ago something began: by the monotonic clock from the first time it is asked for, so that setting the wall clock
 * during a show moves nothing; by the wall clock before that, so that a restart goes on counting.
 */
export class Stopwatches {
  readonly #clock: Clock
  readonly #anchors = new Map<string, { readonly since: string; readonly at: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whole ms since `since`, for the thing called `name`; 0 without one. */
  elapsed(name: string, since: string | null): number {
    if (since === null) {
      this.#anchors.delete(name)
      return 0
    }
    let anchor = this.#anchors.get(name)
    if (anchor?.since !== since) {
      const before = Math.max(0, Date.parse(this.#clock.now()) - Date.parse(since))
      anchor = { since, at: this.#clock.elapsed() - before }
      this.#anchors.set(name, anchor)
    }
    return Math.max(0, Math.round(this.#clock.elapsed() - anchor.at))
  }
}
