import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Id, Limit, Time } from './fields.ts'

// `mine` is what this desktop wanted, `theirs` what the other did: two desktops see the same conflict swapped. A desktop that
// had no part in it sees what stands as `mine`, and is told so by `mineIsMe`.

const ConflictSide = z.object({ device: z.string(), at: Time.nullable() })
export type ConflictSide = z.infer<typeof ConflictSide>

/** One disputed field: a leaf name of the contract (`notes`, `overrides.name`, `order`), its values as the contract has them. */
const ConflictField = z.object({
  name: z.string(),
  base: z.unknown(),
  mine: z.unknown(),
  theirs: z.unknown(),
  /** The same for people, where the value itself says little: a brand, an item of the line-up. */
  labels: z
    .object({ base: z.string().nullable(), mine: z.string().nullable(), theirs: z.string().nullable() })
    .optional(),
})
export type ConflictField = z.infer<typeof ConflictField>

/** One line of a line-up as one side has it. */
const OrderRow = z.object({
  itemId: Id,
  /** 1 to the length of the line-up. Listed are the moved item and its neighbours. */
  place: z.int(),
  number: z.int(),
  name: z.string(),
  moved: z.boolean(),
})
export type OrderRow = z.infer<typeof OrderRow>

/** An edit that waits with a deletion: what was done to a part of the deleted thing. */
const WaitingEdit = z.object({
  entity: z.string(),
  entityId: Id,
  title: z.string(),
  what: z.enum(['added', 'changed', 'removed']),
  fields: z.array(z.object({ name: z.string(), base: z.unknown(), value: z.unknown() })),
})
export type WaitingEdit = z.infer<typeof WaitingEdit>

export const Conflict = z.object({
  id: Id,
  status: z.enum(['open', 'resolved']),
  /** The table of the row that it is about: `sessions`, `session_products`, `session_states`. */
  entity: z.string(),
  entityId: Id,
  sessionId: Id.nullable(),
  sessionName: z.string().nullable(),
  /** What it is about, by name. */
  title: z.string(),
  /** The whole in one sentence. */
  text: z.string(),
  kind: z.enum(['field', 'delete', 'order', 'live']),
  /** `order` is the place in the line-up; a `delete` conflict has `deleted`, and the edits that the deletion met. */
  fields: z.array(ConflictField),
  mine: ConflictSide,
  theirs: ConflictSide,
  /** Whether `mine` is this desktop's own wish. */
  mineIsMe: z.boolean(),
  /** Whose values everybody has until somebody decides. */
  standing: z.enum(['mine', 'theirs']),
  /** For kind `order`: both orders. Conflicts of one `group` are a block that was moved. */
  order: z.object({ mine: z.array(OrderRow), theirs: z.array(OrderRow), group: z.string() }).optional(),
  /** For kind `delete` of a session: what was done to its line-up. */
  edits: z.array(WaitingEdit).optional(),
  canKeepBoth: z.boolean(),
  openedAt: Time,
  resolvedBy: z.string().nullable(),
  resolvedAt: Time.nullable(),
  /** Stands for the values above. Passed to `conflicts.resolve`, a decision about other ones than were shown is `stale`. */
  version: z.string(),
})
export type Conflict = z.infer<typeof Conflict>

/** What becomes of one field: one side's value, or another one (a merged text). */
const FieldChoice = z.union([z.enum(['mine', 'theirs']), z.strictObject({ value: z.unknown() })], {
  error: 'Choose mine, theirs, or {value}',
})
export type FieldChoice = z.infer<typeof FieldChoice>

/** One decision that was taken without asking, or one that a person took. */
const LogEntry = z.object({
  id: Id,
  at: Time,
  entity: z.string(),
  entityId: Id,
  title: z.string(),
  sessionId: Id.nullable(),
  sessionName: z.string().nullable(),
  /**
   * `overwrote`, `merged`, `kept`, `deleted` (an edit met a deletion), `deleted changed` (a deletion met an edit),
   * `duplicate`, `renumbered`, `rejected`, `resolved` (by a person); newer versions may add some.
   */
  decision: z.string(),
  /** Why, in words. */
  detail: z.string().nullable(),
  /** What happened, and whether it can be undone, in one sentence. */
  text: z.string(),
  fields: z.array(
    ConflictField.extend({
      /** Which value was kept; `other`: a person wrote a third one, which is `value`. */
      kept: z.enum(['mine', 'theirs', 'other']),
      value: z.unknown(),
      /** What the row holds now; null where it is gone. */
      now: z.unknown(),
    }),
  ),
  mine: ConflictSide,
  theirs: ConflictSide,
  mineIsMe: z.boolean(),
  /** Whether `conflicts.restore` would change anything. */
  restorable: z.boolean(),
})
export type LogEntry = z.infer<typeof LogEntry>

export const conflicts = {
  /** `open` true: only open ones, false: only resolved ones; without it all, open ones first. Newest first. */
  'conflicts.list': query(
    z.strictObject({ open: z.boolean().optional(), sessionId: Id.optional(), limit: Limit.optional() }),
    z.object({ items: z.array(Conflict), total: z.int() }),
  ),
  /**
   * Needs the team's database. `both` is for items of a line-up: what stands stays, and the other version becomes an item
   * behind it. `stale`: it is not what was shown any more; read it again.
   */
  'conflicts.resolve': command(
    z
      .strictObject({
        id: Id,
        keep: z.enum(['mine', 'theirs', 'both']).optional(),
        choices: z.record(z.string().max(100), FieldChoice).optional(),
        version: z.string().max(100).optional(),
      })
      .refine(({ keep, choices }) => (keep === undefined) !== (choices === undefined), {
        error: 'Give keep or choices, one of them',
        path: ['keep'],
      }),
    z.object({ status: z.enum(['resolved', 'stale']) }),
  ),
  /** Newest first. Every word of the search must stand in the text, the title or the session's name. */
  'conflicts.log': query(
    z.strictObject({
      limit: Limit.optional(),
      cursor: z.string().max(200).optional(),
      sessionId: Id.optional(),
      entity: z.string().max(40).optional(),
      decision: z.string().max(40).optional(),
      /** true: what was decided without asking; false: what people decided. */
      automatic: z.boolean().optional(),
      search: z.string().max(200).optional(),
    }),
    z.object({ items: z.array(LogEntry), nextCursor: z.string().nullable() }),
  ),
  /**
   * Puts back the value that was not kept, or the one of a side: an edit like any other, also while offline. `stale` where
   * it was changed again since; `force` replaces that too.
   */
  'conflicts.restore': command(
    z.strictObject({ logId: Id, which: z.enum(['mine', 'theirs']).optional(), force: z.boolean().optional() }),
    z.object({
      entity: z.string(),
      entityId: Id,
      /** Names of the fields that changed; empty where a whole row came back, or all was so already. */
      fields: z.array(z.string()),
      /** For `history.undo`; null where there is nothing to undo, or no history for it. */
      undo: z.object({ scope: z.string(), id: z.string() }).nullable(),
    }),
  ),
}
