import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Done, Id, Nothing, Time } from './fields.ts'

/**
 * What only a person can mend: this app is older than the team's database; the database refuses the login; its plan is used up;
 * nothing (right) is at the address; the connection is not safe; it belongs to another team; it is not set up for this app; the
 * login may do too little.
 */
export const SyncBlock = z.enum([
  'update',
  'sign-in',
  'quota',
  'address',
  'certificate',
  'other-team',
  'not-set-up',
  'rights',
])
export type SyncBlock = z.infer<typeof SyncBlock>

/** A clock that is off by more than this is told of, in ms. */
export const CLOCK_SKEW_MS = 5 * 60_000

/** How this desktop stands to its team. Every text is for a producer to read. */
export const SyncStatus = z.object({
  state: z.enum(['unconfigured', 'online', 'offline', 'paused', 'blocked']),
  /** Why, and what it means for the work; absent where all is well. */
  reason: z.string().optional(),
  /** Since when it is offline or blocked; null where it is neither, or nothing was tried yet. */
  since: Time.nullable(),
  /** The oldest edit that waits does not move, although the team can be reached. */
  stuck: z.boolean(),
  /** What has to be mended; there where `state` is `blocked`, and only there. */
  blockedBy: SyncBlock.optional(),
  /** Edits that the team does not have yet, and since when the oldest of them waits. */
  pending: z.int(),
  oldestPendingAt: Time.nullable(),
  /** Open conflicts of the team. */
  conflicts: z.int(),
  lastPushAt: Time.nullable(),
  lastPullAt: Time.nullable(),
  breaker: z.enum(['closed', 'open', 'half-open']),
  /** Versions of the team database's schema: what this app speaks, and what was met last. */
  schema: z.object({ local: z.int(), remote: z.int().nullable() }),
  /** When it is tried again by itself, where it failed. */
  nextTryAt: Time.nullable(),
  /** Round trip of the last exchange, in ms. */
  latencyMs: z.number().nullable(),
  /** How far the server's clock is ahead of this computer's, in ms. */
  clockSkewMs: z.number().nullable(),
  /** A first sync, or one after a long absence, under way. */
  progress: z.object({ done: z.int(), total: z.int() }).nullable(),
  /** Deletions by others that wait for consent. */
  held: z.int(),
  /** Rows of the team that do not fit here and were set aside. */
  setAside: z.int(),
  /** What needs a look, most pressing first. */
  warnings: z.array(z.string()),
})
export type SyncStatus = z.infer<typeof SyncStatus>

/** One row that others deleted and that is still here. */
export const HeldDeletion = z.object({
  entity: z.enum(['products', 'sessions', 'brands']),
  id: Id,
  name: z.string(),
  /** Since when it waits. */
  at: Time,
})
export type HeldDeletion = z.infer<typeof HeldDeletion>

export const sync = {
  'sync.status': query(Nothing, SyncStatus),
  /** Tries now, whatever the breaker or the back-off says; answers after one full push and pull. */
  'sync.now': command(Nothing, SyncStatus),
  'sync.pause': command(Nothing, SyncStatus),
  'sync.resume': command(Nothing, SyncStatus),
  /** What a mass deletion by others would remove here. */
  'sync.held': query(Nothing, z.object({ deletions: z.array(HeldDeletion) })),
  /** `accept: true` removes the held rows here; `false` puts them back for everyone. */
  'sync.consent': command(z.strictObject({ accept: z.boolean() }), SyncStatus),
  /** A page has a person in front of it: said when it gains the focus, once a minute while it keeps it, and when the network
   * comes back. */
  'sync.focus': command(Nothing, Done),
}
