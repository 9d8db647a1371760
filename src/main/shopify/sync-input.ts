import * as z from 'zod'

/** What a sync is to do. */
export const SyncInput = z.object({
  full: z.boolean().default(false),
  archiveMany: z.boolean().default(false),
  /** Shopify's ids that are to be looked at, whether they changed or not. */
  ids: z.array(z.string()).default([]),
})
