/** How many pictures stay decoded: those of the item on air and its neighbours. */
const DECODED = 16

/**
 * Pictures fetched and decoded ahead, so that a jump paints them at once.
 *
 * 1. `decode` keeps at most 16 decoded; the ones asked for last stay.
 * 2. `warm` only fetches: a jump anywhere then waits for the decoder, not for the disk.
 */
export class PictureCache {
  readonly #decoded = new Map<string, HTMLImageElement>()
  readonly #fetched = new Map<string, HTMLImageElement>()

  isDecoded(src: string): boolean {
    return this.#decoded.has(src)
  }

  /** Decodes those, the first ones first, until told to stop. */
  async decode(sources: readonly string[], signal: AbortSignal): Promise<void> {
    for (const src of sources) {
      if (signal.aborted) return
      const before = this.#decoded.get(src)
      if (before) {
        // In again at the end: the map's order is that of the last wishes.
        this.#decoded.delete(src)
        this.#decoded.set(src, before)
        continue
      }
      const image = this.#fetched.get(src) ?? new Image()
      image.src = src
      try {
        await image.decode()
        this.#decoded.set(src, image)
        this.#trim()
      } catch {
        // A picture that cannot be decoded shows its alt text; the others must not wait for it.
      }
    }
  }

  /** Fetches those that are not here, one after the other, so that what is on air comes first. */
  async warm(sources: readonly string[], signal: AbortSignal): Promise<void> {
    for (const src of sources) {
      if (signal.aborted) return
      if (this.#fetched.has(src) || this.#decoded.has(src)) continue
      const image = new Image()
      await new Promise<void>((resolve) => {
        image.addEventListener('load', () => resolve(), { once: true })
        image.addEventListener('error', () => resolve(), { once: true })
        image.fetchPriority = 'low'
        image.src = src
      })
      this.#fetched.set(src, image)
    }
  }

  #trim(): void {
    for (const src of this.#decoded.keys()) {
      if (this.#decoded.size <= DECODED) return
      this.#decoded.delete(src)
    }
  }
}

/** One cache per page: preview and host view show the same pictures. */
export const pictureCache = new PictureCache()
