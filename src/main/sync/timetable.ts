import type { Clock } from '../clock.ts'

/** When the next exchange is: one timer, for whichever is planned soonest. */
export class Timetable {
  readonly #clock: Clock
  readonly #begin: () => void
  #timer: { readonly at: number; readonly cancel: () => void } | null = null
  /** When everything has to be exchanged. */
  #wholeAt = 0
  #urgent = false

  constructor(clock: Clock, begin: () => void) {
    this.#clock = clock
    this.#begin = begin
  }

  /** A live command waits to be pushed. */
  get urgent(): boolean {
    return this.#urgent
  }

  /** Ms until the next one; null where none is planned. */
  get nextInMs(): number | null {
    return this.#timer && Math.max(0, this.#timer.at - this.#clock.elapsed())
  }

  /** Ms until everything has to be exchanged; may be Infinity, or past. */
  get wholeInMs(): number {
    return this.#wholeAt - this.#clock.elapsed()
  }

  /** Everything in `ms` at the latest; a sooner one that is planned stays. */
  whole(ms: number): void {
    this.#wholeAt = Math.min(this.#wholeAt, this.#clock.elapsed() + ms)
    this.#plan(ms)
  }

  noteUrgent(): void {
    this.#urgent = true
  }

  pushNow(): void {
    this.#plan(0)
  }

  /** One begins: answers whether everything is exchanged, or it is only pushed. `all`: everything, whatever was planned. */
  depart(all: boolean): boolean {
    const whole = all || !this.#urgent || this.wholeInMs <= 0
    this.#urgent = false
    if (whole) this.#wholeAt = Infinity
    return whole
  }

  cancel(): void {
    this.#timer?.cancel()
    this.#timer = null
  }

  /** The timer is over. Answers by how much it was late, in ms. */
  arrive(): number {
    const lateMs = this.#timer ? this.#clock.elapsed() - this.#timer.at : 0
    this.#timer = null
    return lateMs
  }

  #plan(ms: number): void {
    const at = this.#clock.elapsed() + ms
    if (this.#timer && this.#timer.at <= at) return
    this.cancel()
    this.#timer = { at, cancel: this.#clock.after(ms, this.#begin) }
  }
}
