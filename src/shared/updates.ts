import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Nothing, Time } from './fields.ts'

export const UpdateChannel = z.enum(['stable', 'beta'])
export type UpdateChannel = z.infer<typeof UpdateChannel>

/** A version that can be installed. */
export const OfferedVersion = z.object({
  version: z.string(),
  /** `down` is an older one: it comes only where it was asked for. */
  direction: z.enum(['up', 'down']),
  /** What is new, as Markdown; never trusted as HTML. */
  notes: z.string(),
  bytes: z.int(),
  issuedAt: Time,
})
export type OfferedVersion = z.infer<typeof OfferedVersion>

export const UpdatesState = z.object({
  /** Whether this copy of Hudson can update itself; why not is in `reason`. */
  supported: z.boolean(),
  channel: UpdateChannel,
  current: z.string(),
  available: OfferedVersion.nullable(),
  /** It was looked since the start, and there is nothing newer. */
  isNewest: z.boolean(),
  /**
   * `ready`: downloaded and checked. `waiting`: installed when Hudson closes. `failed`: `reason` says why, and what to do.
   */
  phase: z.enum(['idle', 'checking', 'downloading', 'ready', 'waiting', 'installing', 'failed']),
  progress: z.object({ done: z.int(), total: z.int() }).nullable(),
  checkedAt: Time.nullable(),
  /** In words for a person: why it cannot be had, why it failed, or why nothing comes ("You stay on … until …"). */
  reason: z.string().optional(),
  /** Why nothing may be installed now: a show that is on or near. */
  heldBack: z.object({ reason: z.string(), until: Time.nullable() }).nullable(),
  /** The version before this one, where it is kept and may be gone back to; `failedBoots`: how often this one did not start. */
  previous: z.object({ version: z.string(), failedBoots: z.int(), reason: z.string().optional() }).nullable(),
})
export type UpdatesState = z.infer<typeof UpdatesState>

export const updates = {
  'updates.state': query(Nothing, UpdatesState),
  /** Looks for the newest version of the channel at once. Back to stable keeps a beta that is newer; see `reason`. */
  'updates.setChannel': command(z.strictObject({ channel: UpdateChannel }), UpdatesState),
  /** Asks whether there is a newer version; downloads nothing. `down`: also an older one, where the data allows it. */
  'updates.check': command(z.strictObject({ down: z.boolean().optional() }), UpdatesState),
  /** Downloads what is available, checks it, and installs it: now, which restarts Hudson, or when Hudson is closed. */
  'updates.install': command(z.strictObject({ when: z.enum(['now', 'quit']) }), UpdatesState),
  /** What was to be installed when Hudson closes is not. */
  'updates.cancel': command(Nothing, UpdatesState),
  /** Goes back to the version before this one, and restarts Hudson. */
  'updates.rollback': command(Nothing, UpdatesState),
}
