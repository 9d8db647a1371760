import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Id, Text, Time } from './fields.ts'

/** Something claimed that the product's own data does not say. */
export const PointFlag = z.object({
  kind: z.enum(['material', 'praise', 'scarcity', 'promise', 'number']),
  /** As they stand in the text. */
  words: z.string(),
})
export type PointFlag = z.infer<typeof PointFlag>

/** One version of a product's talking points. Versions are only ever added. */
export const TalkingPoint = z.object({
  id: Id,
  productId: Id,
  /** Markdown. */
  text: z.string(),
  author: z.object({ kind: z.enum(['person', 'model']), name: z.string() }),
  at: Time,
  /** `proposed`: a model wrote it, and nobody has looked at it yet; it is on this computer alone. */
  state: z.enum(['saved', 'proposed']),
})
export type TalkingPoint = z.infer<typeof TalkingPoint>

/** What a model wrote, beside what is there. */
export const Proposal = TalkingPoint.extend({
  productName: z.string(),
  /** The product's text now; empty where there is none. */
  current: z.string(),
  flags: z.array(PointFlag),
})
export type Proposal = z.infer<typeof Proposal>

/** Which products: named, or those of a line-up. `missing`: only those without a text, and without one that waits for review. */
const Wanted = z.strictObject({
  productIds: z.array(Id).max(5_000).optional(),
  sessionId: Id.optional(),
  mode: z.enum(['missing', 'all']).default('missing'),
})

const Estimate = z.object({
  /** How many products would be asked for. */
  products: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  model: z.string(),
  /** In US dollars; null where the model's price is not known. */
  costUsd: z.number().nullable(),
})

export const points = {
  /** Newest first, what waits for review before all. */
  'points.list': query(z.strictObject({ productId: Id }), z.object({ items: z.array(TalkingPoint) })),
  /** Adds a version and makes it the product's text. */
  'points.save': command(z.strictObject({ productId: Id, text: Text() }), TalkingPoint),
  'points.status': query(
    z.strictObject({}),
    z.object({
      /** Whether there is a model to ask. */
      configured: z.boolean(),
      model: z.string(),
      /** Why nothing is asked for at the moment; null while all is well. */
      resting: z.string().nullable(),
      /** The job that waits or runs. */
      jobId: Id.nullable(),
      toReview: z.int(),
    }),
  ),
  /** What asking would cost, about. */
  'points.estimate': query(Wanted, Estimate),
  /** Has a model write. What it writes waits for review; the products' texts stay as they are. */
  'points.generate': command(Wanted, z.object({ jobId: Id })),
  /** What waits for review, by product; of one line-up in its order. */
  'points.proposals': query(
    z.strictObject({ sessionId: Id.optional(), productId: Id.optional() }),
    z.object({ items: z.array(Proposal) }),
  ),
  /** Makes it the product's text, as it is or as `text`; what was there stays as a version. */
  'points.accept': command(z.strictObject({ pointId: Id, text: Text().optional() }), TalkingPoint),
  'points.acceptMany': command(z.strictObject({ pointIds: z.array(Id).max(500) }), z.object({ accepted: z.int() })),
  /** The product keeps its text. */
  'points.reject': command(z.strictObject({ pointId: Id }), z.object({})),
}
