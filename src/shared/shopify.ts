import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Id, Nothing, Time } from './fields.ts'
import { ShopifyField } from './library.ts'

/** How it stands with Shopify on this computer. */
export const ShopifyStatus = z.object({
  /** Whether there is a shop and a way in. */
  configured: z.boolean(),
  /** `mystore.myshopify.com`. */
  shop: z.string().nullable(),
  /** When the last sync came to a good end, here or on another desktop of the team. */
  lastSyncAt: Time.nullable(),
  /** The job that waits or runs here. */
  jobId: Id.nullable(),
  /** What a person has to mend before Hudson syncs by itself again. */
  problem: z.string().nullable(),
})
export type ShopifyStatus = z.infer<typeof ShopifyStatus>

export const ShopifyChange = z.object({
  productId: Id,
  name: z.string(),
  action: z.enum(['created', 'updated', 'archived', 'held']),
  /** Of variants and images: how many there are. */
  changes: z.array(z.object({ name: z.string(), before: z.unknown(), after: z.unknown() })),
})
export type ShopifyChange = z.infer<typeof ShopifyChange>

export const WaitingChange = z.object({
  productId: Id,
  name: z.string(),
  fields: z.array(z.object({ name: ShopifyField, now: z.unknown(), shopify: z.unknown() })),
})
export type WaitingChange = z.infer<typeof WaitingChange>

const SomeProducts = z.array(Id).max(500).optional()

export const shopify = {
  'shopify.status': query(Nothing, ShopifyStatus),
  /**
   * Brings what changed at Shopify; `full`: everything, and archives what is gone there. `archiveMany`: also where that is so much
   * that it looks like another shop. Answers the job that is under way, where there is one. `busy` while another desktop does it.
   */
  'shopify.sync': command(
    z.strictObject({ full: z.boolean().optional(), archiveMany: z.boolean().optional() }),
    z.object({ jobId: Id }),
  ),
  /** What a sync changed, the first 500 products. */
  'shopify.report': query(
    z.strictObject({ jobId: Id }),
    z.object({ items: z.array(ShopifyChange), total: z.int(), undoable: z.boolean() }),
  ),
  /**
   * Puts back what a sync changed, where nobody changed it since: those fields are a person's own from then on. Variants and
   * pictures stay as Shopify has them; a product that the sync brought is archived.
   */
  'shopify.undo': command(z.strictObject({ jobId: Id, productIds: SomeProducts }), z.object({ undone: z.int() })),
  /** Changes of Shopify's that wait, as the show is on. */
  'shopify.waiting': query(z.strictObject({ sessionId: Id }), z.object({ items: z.array(WaitingChange) })),
  /** Takes them over, or those of some products. What is on air changes with "Update host" only. */
  'shopify.take': command(z.strictObject({ sessionId: Id, productIds: SomeProducts }), z.object({ taken: z.int() })),
}
