import type { Clock } from '../clock.ts'
import type { PictureStore, StoredPicture } from './picture-store.ts'

/** Longer than most pictures take, and short enough that those who wait do not keep others from loading. */
const PATIENCE_MS = 3_000

/** Those who wait for a picture that is being fetched. */
export class Arrivals {
  readonly #store: PictureStore
  readonly #clock: Clock
  readonly #waiting = new Map<string, Promise<StoredPicture | null>>()
  readonly #resolve = new Map<string, (stored: StoredPicture | null) => void>()

  constructor(store: PictureStore, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  has(name: string): boolean {
    return this.#waiting.has(name)
  }

  /** The picture once it is here, or null where that takes too long. */
  of(name: string): Promise<StoredPicture | null> {
    const waiting = this.#waiting.get(name)
    if (waiting) return waiting
    const { promise, resolve } = Promise.withResolvers<StoredPicture | null>()
    const giveUp = this.#clock.after(PATIENCE_MS, () => this.#settle(name, null))
    this.#waiting.set(name, promise)
    this.#resolve.set(name, (stored) => {
      giveUp()
      resolve(stored)
    })
    return promise
  }

  /** Some picture came. */
  look(): void {
    for (const name of this.#waiting.keys()) {
      const stored = this.#store.read(name)
      if (stored) this.#settle(name, stored)
    }
  }

  /** Nobody waits any longer. */
  stop(): void {
    for (const name of this.#waiting.keys()) this.#settle(name, null)
  }

  #settle(name: string, stored: StoredPicture | null): void {
    this.#resolve.get(name)?.(stored)
    this.#waiting.delete(name)
    this.#resolve.delete(name)
  }
}
