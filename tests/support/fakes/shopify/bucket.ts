/** Shopify's leaky bucket of points. */
export class Bucket {
  readonly #maximum: number
  readonly #rate: number
  readonly #now: () => number
  #available: number
  #at: number

  constructor({ maximum, restoreRate }: { maximum: number; restoreRate: number }, now: () => number) {
    this.#maximum = maximum
    this.#rate = restoreRate
    this.#now = now
    this.#available = maximum
    this.#at = now()
  }

  /** Takes so many points, if they are there. */
  take(points: number): boolean {
    this.#restore()
    if (this.#available < points) return false
    this.#available -= points
    return true
  }

  giveBack(points: number): void {
    this.#available = Math.min(this.#maximum, this.#available + Math.max(points, 0))
  }

  status(): object {
    this.#restore()
    return {
      maximumAvailable: this.#maximum,
      currentlyAvailable: Math.floor(this.#available),
      restoreRate: this.#rate,
    }
  }

  #restore(): void {
    const now = this.#now()
    this.#available = Math.min(this.#maximum, this.#available + ((now - this.#at) / 1000) * this.#rate)
    this.#at = now
  }
}
