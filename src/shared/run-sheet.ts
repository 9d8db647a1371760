import * as z from 'zod'
import { command } from './endpoint.ts'
import { Done, Id } from './fields.ts'

/** How much of each item a run sheet shows: many to a page, or few that are read from afar. */
export const RunSheetSize = z.enum(['compact', 'large'])
export type RunSheetSize = z.infer<typeof RunSheetSize>

/** The line-up on paper. */
export const runSheet = {
  /** Asks where to save it and writes it there; the name of the file, or null where nothing was saved. Desktop app only. */
  'runSheet.savePdf': command(
    z.strictObject({ sessionId: Id, size: RunSheetSize }),
    z.object({ savedAs: z.string().nullable() }),
  ),
  /** What the page of a run sheet says once everything on it is there. `job` is from its address. */
  'runSheet.ready': command(z.strictObject({ job: Id }), Done),
}
