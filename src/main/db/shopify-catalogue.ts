import type { ShopifyField } from '#shared/library.ts'
import type { SourceProduct } from './source-product.ts'

/** What changed in one field; of variants and pictures, how many there are. */
export interface FieldChange {
  readonly name: string
  readonly before: unknown
  readonly after: unknown
}

/** What became of one product of Shopify's. */
export type Outcome =
  | {
      /** `held`: it would change, and waits, as it is on air. */
      readonly action: 'create' | 'update' | 'unchanged' | 'held' | 'archived'
      readonly shopifyId: string
      readonly productId: string
      readonly name: string
      readonly changes: readonly FieldChange[]
    }
  | { readonly action: 'failed'; readonly shopifyId: string; readonly name: string; readonly problem: string }

/** A product of a line-up of which Shopify says something else than is shown. */
export interface Waiting {
  readonly productId: string
  readonly shopifyId: string | null
  readonly name: string
  readonly fields: readonly { readonly name: ShopifyField; readonly now: unknown; readonly shopify: unknown }[]
}

/** The catalogue, for what comes from Shopify. `beside` runs inside the same transaction: what it writes commits with it. */
export interface Catalogue {
  apply(products: readonly SourceProduct[], beside: (outcomes: readonly Outcome[]) => void): readonly Outcome[]
  /** The products that Shopify does not name any more, of those that are not archived; and how many those are. */
  missing(present: ReadonlySet<string>): { readonly gone: readonly string[]; readonly known: number }
  archive(productIds: readonly string[], beside: (outcomes: readonly Outcome[]) => void): void
  waiting(sessionId: string): readonly Waiting[]
  /** Shows what Shopify says: of these products, or of all that wait. */
  take(sessionId: string, productIds: readonly string[] | undefined): readonly Waiting[]
  /** Answers of how many products something was put back; `beside` hears which. */
  undo(
    changes: readonly { readonly productId: string; readonly fields: readonly FieldChange[] }[],
    beside: (productIds: readonly string[]) => void,
  ): number
  /** Those of Shopify's ids that are on air. */
  onAir(shopifyIds: readonly string[]): readonly string[]
}
