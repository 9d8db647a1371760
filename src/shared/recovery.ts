import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Done, Nothing, Time } from './fields.ts'

/** What was damaged on this computer, and what became of it. */
export const RecoveryReport = z.object({
  at: Time,
  /** `false`: damage was met, and is repaired at the next start. */
  repaired: z.boolean(),
  /** For a producer to read, most important first. */
  words: z.array(z.string()),
  /** Edits that waited for the team: where they were found, and how many of them are gone. */
  edits: z.object({ fromDatabase: z.int(), fromJournal: z.int(), rebuilt: z.int(), lost: z.int() }),
  /** Rows of the catalogue, of sessions and of this computer's own: read from the damaged file (of these, mended), taken from a
   * backup, made anew so that others have what they belong to. */
  rows: z.object({ kept: z.int(), mended: z.int(), fromBackup: z.int(), made: z.int() }),
  /** Tables of which something may be missing until the team's database is reached; for good where there is no team. */
  incomplete: z.array(z.string()),
  /** The backup that was used. */
  backup: z.string().nullable(),
  /** Where the damaged files are kept: a folder in `quarantine`. */
  folder: z.string().nullable(),
})
export type RecoveryReport = z.infer<typeof RecoveryReport>

export const recovery = {
  /** null where nothing was recovered since the last dismissal. */
  'recovery.report': query(Nothing, RecoveryReport.nullable()),
  /** The last one, read or not; null where nothing was ever recovered. */
  'recovery.last': query(Nothing, RecoveryReport.nullable()),
  /** It was read. */
  'recovery.dismiss': command(Nothing, Done),
}
