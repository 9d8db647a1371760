/** One product of the sample brand, as it is written down. */
export interface SampleProduct {
  /** Names its pictures too, and everything that gets an id. */
  readonly slug: string
  readonly name: string
  readonly sku: string
  readonly priceCents: number
  readonly wasCents?: number
  readonly type: string
  readonly tags: readonly string[]
  readonly description: string
  /** Talking points, one line each; none for a product that still waits for its text. */
  readonly points: readonly string[]
  /** Alt texts, one per picture. */
  readonly pictures: readonly string[]
  /** Option names with their values; every combination is a variant. */
  readonly options?: Readonly<Record<string, readonly string[]>>
}
