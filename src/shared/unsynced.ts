import * as z from 'zod'
import { command, query } from './endpoint.ts'

/** CSV is for people, a row for each field; JSON has every value as it is sent. */
export const UnsyncedFormat = z.enum(['csv', 'json'])
export type UnsyncedFormat = z.infer<typeof UnsyncedFormat>

const Format = { format: UnsyncedFormat.default('csv') }

/** The edits that the team does not have, in a file that can be read without Hudson. */
export const unsynced = {
  'sync.exportUnsynced': query(
    z.strictObject(Format),
    z.object({ fileName: z.string(), edits: z.int(), base64: z.base64() }),
  ),
  /** Writes that file: to `path`, never over another one, or where the person says (desktop app only); null where nowhere. */
  'sync.saveUnsynced': command(
    z.strictObject({ ...Format, path: z.string().max(4096).optional() }),
    z.object({ savedAs: z.string().nullable(), edits: z.int() }),
  ),
}
