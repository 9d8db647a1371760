import type { Feature } from '#shared/contract.ts'
import type { PatchOperation } from '#shared/live.ts'

/** What the core tells everyone who listens: windows over IPC, browsers over the channel. */
export interface CoreEvents {
  /** Queries of that feature are out of date. Raised after the commit. */
  changed: { feature: Feature }
  live: { sessionId: string; seq: number; patch: readonly PatchOperation[] }
}

type Listener<K extends keyof CoreEvents> = (event: CoreEvents[K]) => void

/** Plain broadcast: listeners are called in turn; one that throws is reported and does not stop the others. */
export class Events {
  readonly #listeners = new Map<keyof CoreEvents, Set<(event: never) => void>>()
  readonly #report: (error: unknown) => void

  constructor(report: (error: unknown) => void) {
    this.#report = report
  }

  on<K extends keyof CoreEvents>(name: K, listener: Listener<K>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners)
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  emit<K extends keyof CoreEvents>(name: K, event: CoreEvents[K]): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        ;(listener as Listener<K>)(event)
      } catch (error) {
        this.#report(error)
      }
    }
  }
}
