import type { Change, Origin } from '../db/write.ts'

/**
 * Knows of which shows a display here may be behind: those that another desktop drives, while the team is out of reach. Who drives is
 * told by the last change of a show that was seen since the start; before the first one nobody is thought to be elsewhere.
 */
export class Apart {
  readonly #since: () => string | null
  readonly #elsewhere = new Set<string>()
  #told: string | null = null

  /** `since`: since when the team is out of reach; null while it is not. */
  constructor(since: () => string | null) {
    this.#since = since
  }

  note(changes: readonly Change[], origin: Origin): void {
    if (origin === 'local') return
    for (const { entity, id } of changes) if (entity === 'session_states') this.#elsewhere.add(id)
  }

  /** Somebody drives it here. What this desktop mends by itself (a picture that came, a price) does not count. */
  drivenHere(sessionId: string): void {
    this.#elsewhere.delete(sessionId)
  }

  sinceOf(sessionId: string): string | null {
    return this.#elsewhere.has(sessionId) ? this.#since() : null
  }

  /** Whether that is another time than when this was last asked. */
  moved(): boolean {
    const before = this.#told
    this.#told = this.#since()
    return this.#told !== before
  }
}
