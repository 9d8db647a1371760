import type { Clock } from '../clock.ts'

/** The wall clock jumped against the monotonic one by more than this, in ms, or a timer was late by as much. */
const ASLEEP_MS = 20_000

/**
 * Notices that the computer slept, or that its clock was set. While it sleeps the monotonic clock stands still, or goes on
 * without the timers, as the system has it.
 */
export class SleepWatch {
  readonly #clock: Clock
  #drift: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#drift = this.#now()
  }

  /** Whether it did since it was asked last. `lateMs`: by how much the timer was late that asks. */
  slept(lateMs: number): boolean {
    const drift = this.#now()
    const jump = drift - this.#drift
    this.#drift = drift
    return Math.abs(jump) >= ASLEEP_MS || lateMs >= ASLEEP_MS
  }

  #now(): number {
    return Date.parse(this.#clock.now()) - this.#clock.elapsed()
  }
}
