import type { Clock } from '../../src/main/clock.ts'
import { History } from '../../src/main/db/history.ts'
import { openDb } from '../../src/main/db/open.ts'
import type { Db } from '../../src/main/db/database.ts'
import { Writer } from '../../src/main/db/write.ts'
import { Events } from '../../src/main/events.ts'

/** A clock that stands still until it is moved; timers fire in order as it passes them. */
export class FakeClock implements Clock {
  #ms = 0
  readonly #start = Date.parse('2026-11-22T10:00:00.000Z')
  #timers: { at: number; call: () => void }[] = []

  now(): string {
    return new Date(this.#start + this.#ms).toISOString()
  }

  elapsed(): number {
    return this.#ms
  }

  after(ms: number, call: () => void): () => void {
    const timer = { at: this.#ms + ms, call }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer)
    }
  }

  advance(ms: number): void {
    const end = this.#ms + ms
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0]
      if (!due) break
      this.#timers = this.#timers.filter((timer) => timer !== due)
      this.#ms = due.at
      due.call()
    }
    this.#ms = end
  }
}

/** The parts that every feature is built from, on an empty database in memory with the real migrations. */
export interface TestCore {
  readonly db: Db
  readonly clock: FakeClock
  readonly events: Events
  readonly writer: Writer
  readonly history: History
  /** Features that were announced as changed, in order. */
  readonly changed: string[]
}

export function testCore(): TestCore {
  const db = openDb(':memory:')
  const clock = new FakeClock()
  const events = new Events((error) => {
    throw error
  })
  const writer = new Writer(db, clock)
  const changed: string[] = []
  writer.observe({ afterCommit: (_changes, features) => changed.push(...features) })
  return { db, clock, events, writer, history: new History(writer), changed }
}
