import * as z from 'zod'

/** UUID, lower case; ours are version 7. */
export const Id = z.guid({ error: 'is not an id' }).toLowerCase()
/** Time in UTC, ISO 8601 with `Z`. */
export const Time = z.iso.datetime()
/** Money in integer cents of the shop's currency. At most ten million in whole units. */
export const Cents = z.int().min(0).max(1_000_000_000)
/** One line of text; what is around it is trimmed. */
export const Line = (max = 300) => z.string().trim().min(1).max(max)
/** Longer text, which may be empty. */
export const Text = (max = 20_000) => z.string().max(max)
/** An empty input object; unknown keys are refused. */
export const Nothing = z.strictObject({})
/** What a command answers that has nothing to say. */
export const Done = z.object({})
/** How many rows one page holds; never more than 500. */
export const Limit = z.int().min(1).max(500)

/**
 * A file that a call brings: `path` on this machine (owner only), `uploadId` from `POST /upload`, or the content itself.
 * Exactly one of them.
 */
export const FileSource = {
  path: z.string().max(4096).optional(),
  uploadId: z.string().max(64).optional(),
}
