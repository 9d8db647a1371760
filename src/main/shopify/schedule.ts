import type { Clock } from '../clock.ts'

export interface ScheduleDeps {
  readonly clock: Clock
  readonly everyMs: number
  readonly start: () => void
}

/** A timer of hours: looked at every minute, as a computer that sleeps does not count them. By the wall clock, for the same reason. */
export class Schedule implements Disposable {
  readonly #deps: ScheduleDeps
  #due: number
  #cancel: () => void = () => {}

  constructor(deps: ScheduleDeps) {
    this.#deps = deps
    this.#due = this.#next()
  }

  start(): void {
    this.#cancel = this.#deps.clock.after(60_000, () => {
      this.start()
      // A clock that was set back must not make it wait for longer than that.
      const left = this.#due - Date.parse(this.#deps.clock.now())
      if (left > 0 && left <= this.#deps.everyMs) return
      this.postpone()
      this.#deps.start()
    })
  }

  /** It was just done. */
  postpone(): void {
    this.#due = this.#next()
  }

  /** It could not be done just now: again after so long, in ms, if it is not due before. */
  again(ms: number): void {
    this.#due = Math.min(this.#due, Date.parse(this.#deps.clock.now()) + ms)
  }

  [Symbol.dispose](): void {
    this.#cancel()
  }

  #next(): number {
    return Date.parse(this.#deps.clock.now()) + this.#deps.everyMs
  }
}
