import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Nothing, Time } from './fields.ts'

/** Why nothing can be saved: no room, no right to write, a disk that fails. */
export const StorageTrouble = z.enum(['full', 'refused', 'broken'])
export type StorageTrouble = z.infer<typeof StorageTrouble>

/** What does not work on this computer right now, beside the team. */
export const Trouble = z.object({
  /** Nothing is saved since then; it is tried again every few seconds. */
  storage: z.object({ kind: StorageTrouble, since: Time }).nullable(),
  /** Pages in browsers cannot be opened, as no port could be had; that is tried again every minute. */
  studio: z.object({ since: Time }).nullable(),
})
export type Trouble = z.infer<typeof Trouble>

export const trouble = {
  'trouble.state': query(Nothing, Trouble),
  /** Tries at once whether something can be saved again, and a port be had. */
  'trouble.retry': command(Nothing, Trouble),
}
