import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Id, Text, Time } from './fields.ts'

/** One version of a product's talking points. Versions are only ever added. */
export const TalkingPoint = z.object({
  id: Id,
  productId: Id,
  /** Markdown. */
  text: z.string(),
  author: z.object({ kind: z.enum(['person', 'model']), name: z.string() }),
  at: Time,
})
export type TalkingPoint = z.infer<typeof TalkingPoint>

export const points = {
  /** Newest first. */
  'points.list': query(z.strictObject({ productId: Id }), z.object({ items: z.array(TalkingPoint) })),
  /** Adds a version and makes it the product's text. */
  'points.save': command(z.strictObject({ productId: Id, text: Text() }), TalkingPoint),
}
