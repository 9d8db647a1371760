import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Id } from './fields.ts'

/** How many of the pictures are on this machine, and the room that they may take. */
export const MediaStatus = z.object({
  ready: z.int(),
  total: z.int(),
  /** Of those that are here. */
  bytes: z.int(),
  capBytes: z.int(),
})
export type MediaStatus = z.infer<typeof MediaStatus>

/** How much room the pictures of this machine may take, and how long they stay without being looked at. */
export const MediaSettings = z.object({
  capMb: z.int().min(100).max(20_000),
  keepDays: z.int().min(1).max(365),
})
export type MediaSettings = z.infer<typeof MediaSettings>

export const media = {
  /** Of one session's pictures, or of all. */
  'media.status': query(z.strictObject({ sessionId: Id.optional() }), MediaStatus),
  /**
   * Fetches the pictures of a session, or of a product, before all others. Without either: what is missing, as far as there is
   * room, and what failed once more. Does not wait for them.
   */
  'media.prefetch': command(z.strictObject({ sessionId: Id.optional(), productId: Id.optional() }), MediaStatus),
}
