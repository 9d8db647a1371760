import * as z from 'zod'
import { command } from './endpoint.ts'
import { Nothing } from './fields.ts'

/** One thing that was looked at. */
export const Check = z.object({
  name: z.enum([
    'version',
    'team',
    'clock',
    'shopify',
    'model',
    'database',
    'backups',
    'disk',
    'pictures',
    'secrets',
    'activity',
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

export const diagnostics = {
  /** Looks at everything that a show depends on, all at once; none of it waits longer than 12 s. */
  'diagnostics.run': command(Nothing, z.object({ checks: z.array(Check) })),
}
