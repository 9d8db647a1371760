import type { Display } from '#shared/live.ts'
import type { Clock } from '../clock.ts'

const forgottenAfterMs = 15_000
/** More than anyone puts up; keeps a display that makes up keys from filling the memory. */
const kept = 32

/** The host displays that are watching, by session. In memory only; forgotten 15 s after their last report. */
export class Displays implements Disposable {
  readonly #clock: Clock
  readonly #changed: (sessionId: string) => void
  readonly #bySession = new Map<string, Map<string, { readonly display: Display; readonly stop: () => void }>>()

  constructor(clock: Clock, changed: (sessionId: string) => void) {
    this.#clock = clock
    this.#changed = changed
  }

  report(sessionId: string, display: Display): void {
    const displays = this.#bySession.get(sessionId) ?? new Map()
    this.#bySession.set(sessionId, displays)
    displays.get(display.key)?.stop()
    // Out and in again: the map's order is that of the last reports.
    displays.delete(display.key)
    const stop = this.#clock.after(forgottenAfterMs, () => this.#forget(sessionId, display.key))
    displays.set(display.key, { display, stop })
    const oldest = displays.size > kept ? displays.keys().next().value : undefined
    if (oldest === undefined) this.#changed(sessionId)
    else this.#forget(sessionId, oldest)
  }

  /** By key. */
  of(sessionId: string): Display[] {
    const displays = [...(this.#bySession.get(sessionId)?.values() ?? [])].map(({ display }) => display)
    return displays.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  }

  [Symbol.dispose](): void {
    for (const displays of this.#bySession.values()) for (const { stop } of displays.values()) stop()
    this.#bySession.clear()
  }

  #forget(sessionId: string, key: string): void {
    const displays = this.#bySession.get(sessionId)
    displays?.get(key)?.stop()
    displays?.delete(key)
    if (displays?.size === 0) this.#bySession.delete(sessionId)
    this.#changed(sessionId)
  }
}
