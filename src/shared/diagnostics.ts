import * as z from 'zod'
import { command } from './endpoint.ts'
import { Id, Nothing } from './fields.ts'

/** One thing that was looked at. */
export const Check = z.object({
  name: z.enum([
    'version',
    'team',
    'queue',
    'clock',
    'shopify',
    'model',
    'database',
    'backups',
    'disk',
    'pictures',
    'secrets',
    'displays',
    'activity',
    'crashes',
    'updates',
  ]),
  /** `skipped`: there is nothing to look at, as it is not set up. */
  state: z.enum(['ok', 'warn', 'error', 'skipped']),
  /** What was found, and what to do about it; for people. It holds no secret and no path. */
  detail: z.string(),
  /** How long it took, in ms. */
  ms: z.number(),
})
export type Check = z.infer<typeof Check>

/** One file of the support bundle, as it would be written. */
export const BundlePart = z.object({
  name: z.string(),
  bytes: z.int(),
  text: z.string(),
})
export type BundlePart = z.infer<typeof BundlePart>

/** `previewId`: what that preview showed is written, to the letter; without it, what is so now. */
const Previewed = { previewId: Id.optional() }

export const diagnostics = {
  /** Looks at everything that a show depends on, all at once; none of it waits longer than 12 s. */
  'diagnostics.run': command(Nothing, z.object({ checks: z.array(Check) })),
  /** What a support bundle would hold: no secret, and of products and people only counts. */
  'diagnostics.bundlePreview': command(
    Nothing,
    z.object({ previewId: Id, fileName: z.string(), parts: z.array(BundlePart) }),
  ),
  /** Writes it as a ZIP file there. A file that is there is never replaced. */
  'diagnostics.bundle': command(
    z.strictObject({ path: z.string().min(1).max(4096), ...Previewed }),
    z.object({ fileName: z.string(), bytes: z.int() }),
  ),
  /** The same for a browser, which saves it. */
  'diagnostics.exportBundle': command(
    z.strictObject(Previewed),
    z.object({ fileName: z.string(), base64: z.string() }),
  ),
  /** Asks where to save it and writes it there; the name of the file, or null where nothing was saved. Desktop app only. */
  'diagnostics.saveBundle': command(z.strictObject(Previewed), z.object({ savedAs: z.string().nullable() })),
}
