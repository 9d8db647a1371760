import type { MediaSettings, MediaStatus } from '#shared/media.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { CacheRows } from './cache-rows.ts'
import { planEviction } from './plan-eviction.ts'
import type { PictureStore } from './picture-store.ts'

export interface PictureCacheDeps {
  readonly rows: CacheRows
  readonly store: PictureStore
  readonly limits: () => MediaSettings
  readonly clock: Clock
  readonly log: Log
  /** Called after files went. */
  readonly changed: () => void
  /** Called after files were asked for. */
  readonly wanted: () => void
}

const FLUSH_MS = 30_000
/** Uses of one file within this time are one. */
const SAME_USE_MS = 60 * 60_000
const LOOK_EVERY_MS = 6 * 60 * 60_000
const DAY_MS = 24 * 60 * 60_000
/** So full, only what is needed soon or was asked for is fetched; the rest waits until somebody looks at it. */
const FULL = 0.85

/**
 * Keeps the pictures within the room that they may take.
 *
 * 1. Nothing goes while a show is on.
 * 2. A row says that its file is away before the file is removed; one that came back meanwhile stays.
 * 3. What pages load is noted in memory, and written twice a minute.
 */
export class PictureCache {
  readonly #deps: PictureCacheDeps
  readonly #uses = new Set<string>()
  readonly #notedAt = new Map<string, number>()
  #cancelFlush: (() => void) | null = null
  #nextLook: { readonly at: number; readonly cancel: () => void } | null = null
  #looking: Promise<void> = Promise.resolve()
  #waits = false

  constructor(deps: PictureCacheDeps) {
    this.#deps = deps
  }

  /** A page loads the file. */
  use(name: string): void {
    const now = this.#deps.clock.elapsed()
    const last = this.#notedAt.get(name)
    if (last !== undefined && now - last < SAME_USE_MS) return
    this.#notedAt.set(name, now)
    this.#uses.add(name)
    this.#cancelFlush ??= this.#deps.clock.after(FLUSH_MS, () => this.flush())
  }

  /** Writes down what was used. */
  flush(): void {
    this.#cancelFlush?.()
    this.#cancelFlush = null
    if (this.#uses.size === 0) return
    this.#deps.rows.used([...this.#uses])
    this.#uses.clear()
  }

  get capBytes(): number {
    return this.#deps.limits().capMb * 1_000_000
  }

  /** Whether there is no room for what nobody asked for. */
  isFull(): boolean {
    return this.#deps.rows.bytes() >= this.capBytes * FULL
  }

  /** How many bytes may be fetched beyond what is here. */
  roomBytes(): number {
    return Math.max(0, this.capBytes * FULL - this.#deps.rows.bytes())
  }

  status(sessionId: string | undefined): MediaStatus {
    return { ...this.#deps.rows.status(sessionId), capBytes: this.capBytes }
  }

  /** Looks after so long at the latest, and every six hours from then on. */
  lookIn(ms: number): void {
    const { clock } = this.#deps
    const at = clock.elapsed() + ms
    if (this.#nextLook && this.#nextLook.at <= at) return
    this.#nextLook?.cancel()
    const cancel = clock.after(ms, () => {
      this.#nextLook = null
      // One that waits for its turn sees all that this one would.
      if (!this.#waits) this.#looking = this.#looking.then(() => this.#look())
      this.#waits = true
      this.lookIn(LOOK_EVERY_MS)
    })
    this.#nextLook = { at, cancel }
  }

  /** Removes what has to go, and fetches what has come near. */
  async #look(): Promise<void> {
    const { rows, store, limits, clock, log, changed, wanted } = this.#deps
    this.#waits = false
    try {
      this.flush()
      if (rows.wakeNear()) wanted()
      if (rows.isShowRunning()) return
      const now = Date.parse(clock.now())
      const before = new Date(now - limits().keepDays * DAY_MS).toISOString()
      const names = planEviction(rows.held(), { capBytes: this.capBytes, before })
      if (names.length === 0) return
      rows.evict(names)
      const removed = await store.remove(names, now)
      log.info('pictures went to save space', { removed })
      changed()
    } catch (error) {
      log.warn('the pictures could not be tidied', { error })
    }
  }

  /** Resolves when nothing is being removed. */
  async idle(): Promise<void> {
    await this.#looking
  }

  async stop(): Promise<void> {
    this.#nextLook?.cancel()
    await this.#looking
    this.flush()
  }
}
