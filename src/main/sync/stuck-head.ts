import type { Clock } from '../clock.ts'

/** A queue whose head does not move for so long while online is an alarm, in ms. [F4] */
const STUCK_MS = 60_000

/** For how long the same mutation has been the next one to be confirmed. */
export class StuckHead {
  readonly #clock: Clock
  #head: { readonly id: number; readonly since: number } | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** After an exchange: the one that is next now; undefined where nothing waits. */
  note(id: number | undefined): void {
    if (id === undefined) this.#head = null
    else if (this.#head?.id !== id) this.#head = { id, since: this.#clock.elapsed() }
  }

  /** 0 while that is not too long. */
  get ms(): number {
    const ms = this.#head ? this.#clock.elapsed() - this.#head.since : 0
    return ms >= STUCK_MS ? ms : 0
  }
}
