import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Cents, Done, Id, Line, Time } from './fields.ts'
import { HostSettings, Language } from './settings.ts'

/** The six banner colours; their pairs of ground and ink are safe by contrast (see the renderer's tokens). */
export const MessageColor = z.enum(['amber', 'blue', 'green', 'red', 'purple', 'gray'])
export type MessageColor = z.infer<typeof MessageColor>

/** A picture that a page may load, with its size in pixels. */
export const CardImage = z.object({ src: z.string(), alt: z.string(), width: z.int(), height: z.int() })

/**
 * What the host reads: a copy, taken when the item goes on air and again by "Update host". Edits, imports and removals do
 * not touch it, so nothing changes under the host's eyes.
 */
export const HostCard = z.object({
  itemId: Id,
  productId: Id,
  number: z.int(),
  name: z.string(),
  priceCents: Cents.nullable(),
  compareAtPriceCents: Cents.nullable(),
  talkingPointsMd: z.string(),
  section: z.string().nullable(),
  notes: z.string(),
  sku: z.string().nullable(),
  sizes: z.string().nullable(),
  variants: z.array(z.string()),
  images: z.array(CardImage),
})
export type HostCard = z.infer<typeof HostCard>

/** One line of the line-up as the displays need it: for the number buffer, next-up and loading pictures ahead. */
export const LiveItem = z.object({
  itemId: Id,
  number: z.int(),
  name: z.string(),
  priceCents: Cents.nullable(),
  skip: z.boolean(),
  section: z.string().nullable(),
  images: z.array(CardImage),
})
export type LiveItem = z.infer<typeof LiveItem>

export const LiveMessage = z.object({
  id: Id,
  text: z.string(),
  color: MessageColor,
  at: Time,
  acknowledgedAt: Time.nullable(),
  /** When it clears itself; null = it stays. */
  clearAt: Time.nullable(),
})
export type LiveMessage = z.infer<typeof LiveMessage>

/** The item clock. It counts up from the moment the item went on air, or down to `targetSeconds` where one is set. */
export const ItemTimer = z.object({
  running: z.boolean(),
  /** Counted so far, in ms, at the moment this state was made. */
  elapsedMs: z.int(),
  targetSeconds: z.int().nullable(),
})
export type ItemTimer = z.infer<typeof ItemTimer>

/** A host display that is watching. */
export const Display = z.object({
  key: z.string(),
  /** CSS pixels of its window. */
  width: z.int(),
  height: z.int(),
  /** The size of the points' text that it chose, in CSS pixels, and whether the reading distance is met. */
  textPx: z.number(),
  fits: z.boolean(),
})
export type Display = z.infer<typeof Display>

export const LiveMode = z.enum(['off', 'rehearsal', 'live'])
export type LiveMode = z.infer<typeof LiveMode>

/** Everything that a host view paints, and a producer console knows, of one session. Every key is always there. */
export const LiveState = z.object({
  sessionId: Id,
  sessionName: z.string(),
  mode: LiveMode,
  /** The item on air; stays set when the item was removed from the line-up meanwhile. */
  itemId: Id.nullable(),
  number: z.int().nullable(),
  imageIndex: z.int(),
  /** Counts the page turns of the points since the item went on air. A display takes it modulo the pages that it has. */
  page: z.int(),
  card: HostCard.nullable(),
  /** Whether the line-up or the catalogue now says something else than the card. */
  staged: z.boolean(),
  /** What `next` leads to: the item that was set as next, or those that follow, without skipped ones; at most three. */
  next: z.array(LiveItem),
  /** Set by hand as the next one; null = the order decides. */
  nextItemId: Id.nullable(),
  /** Place in the line-up, 1 to `total`; null where nothing is on air or the item was removed. */
  position: z.int().nullable(),
  total: z.int(),
  /** The line-up in order. */
  lineup: z.array(LiveItem),
  blank: z.boolean(),
  notesShown: z.boolean(),
  imageFull: z.boolean(),
  /** While on, structural and destructive changes of the session are refused. */
  guard: z.boolean(),
  message: LiveMessage.nullable(),
  startedAt: Time.nullable(),
  itemStartedAt: Time.nullable(),
  /** Ms since the show and the message began, by a monotonic clock, at the moment this state was made. */
  showElapsedMs: z.int(),
  messageElapsedMs: z.int(),
  timer: ItemTimer,
  /** Since when the desktop that drives this show is out of reach, so that this may be old; null while it is not. */
  apartSince: Time.nullable(),
  /** Session fields that a message may name. */
  code: z.string(),
  host: HostSettings,
  /** What Hudson speaks on this computer: a display may not read its settings. */
  language: Language,
  displays: z.array(Display),
})
export type LiveState = z.infer<typeof LiveState>

/** One operation of a JSON Patch (RFC 6902). The server sends only top-level paths, the client takes any of these. */
export const PatchOperation = z.discriminatedUnion('op', [
  z.object({ op: z.literal('add'), path: z.string(), value: z.unknown() }),
  z.object({ op: z.literal('replace'), path: z.string(), value: z.unknown() }),
  z.object({ op: z.literal('remove'), path: z.string() }),
])
export type PatchOperation = z.infer<typeof PatchOperation>

/** `seq` counts the session's deltas; it starts anew with the app. */
const Seq = z.object({ seq: z.int() })
const LiveReply = LiveState.extend(Seq.shape)
export type LiveReply = z.infer<typeof LiveReply>

const BySession = z.strictObject({ sessionId: Id })
const Toggle = z.strictObject({ sessionId: Id, on: z.boolean().optional() })

/** One message that was sent, newest first in the list. */
export const SentMessage = LiveMessage.extend({ clearedAt: Time.nullable() })

export const live = {
  /** Rehearsal → live keeps the place. Going live freezes the numbers. */
  'live.start': command(z.strictObject({ sessionId: Id, mode: z.enum(['rehearsal', 'live']) }), LiveReply),
  'live.end': command(BySession, LiveReply),
  'live.state': query(BySession, LiveReply, 'overlay'),
  'live.goto': command(
    z
      .strictObject({ sessionId: Id, number: z.int().min(0).optional(), itemId: Id.optional() })
      .refine((input) => (input.number === undefined) !== (input.itemId === undefined), {
        error: 'Give a number or an itemId, one of them',
        path: ['number'],
      }),
    LiveReply,
    'host',
  ),
  /** Skips skipped items, does not wrap: at an end nothing moves. */
  'live.next': command(BySession, LiveReply, 'host'),
  'live.previous': command(BySession, LiveReply, 'host'),
  'live.first': command(BySession, LiveReply, 'host'),
  'live.last': command(BySession, LiveReply, 'host'),
  /** Back to what was shown before this, step by step. */
  'live.back': command(BySession, LiveReply, 'host'),
  /** Next or previous picture of the item; wraps. */
  'live.image': command(z.strictObject({ sessionId: Id, step: z.int().min(-50).max(50) }), LiveReply, 'host'),
  /** Turns to the next or previous page of the points; wraps. */
  'live.page': command(z.strictObject({ sessionId: Id, step: z.int().min(-50).max(50) }), LiveReply, 'host'),
  /** Sets what comes next, without showing it; `itemId: null` returns to the order. */
  'live.setNext': command(
    z
      .strictObject({ sessionId: Id, number: z.int().min(0).optional(), itemId: Id.nullable().optional() })
      .refine((input) => (input.number === undefined) !== (input.itemId === undefined), {
        error: 'Give a number or an itemId, one of them',
        path: ['number'],
      }),
    LiveReply,
  ),
  /** Pushes the edits of the item on air to the host. */
  'live.updateHost': command(BySession, LiveReply),
  'live.blank': command(Toggle, LiveReply, 'host'),
  'live.notes': command(Toggle, LiveReply, 'host'),
  'live.fullImage': command(Toggle, LiveReply, 'host'),
  'live.guard': command(Toggle, LiveReply),
  'live.timer': command(
    z.strictObject({
      sessionId: Id,
      action: z.enum(['toggle', 'reset', 'adjust']),
      /** For `adjust`: added to the target. */
      seconds: z.int().min(-3_600).max(3_600).optional(),
    }),
    LiveReply,
  ),

  /**
   * Placeholders {name} {number} {price} {was} {next} {nextNumber} {sku} {code} {session} are filled in when it is sent;
   * one that is unknown stays as it was typed.
   */
  'live.message': command(
    z.strictObject({
      sessionId: Id,
      text: Line(400),
      color: MessageColor.optional(),
      clearAfterSeconds: z.int().min(1).max(3_600).nullable().optional(),
    }),
    LiveReply,
  ),
  'live.clearMessage': command(BySession, LiveReply),
  /** `stale` where another message has taken its place. */
  'live.acknowledge': command(z.strictObject({ sessionId: Id, messageId: Id }), LiveReply, 'host'),
  'live.messages': query(BySession, z.object({ items: z.array(SentMessage) })),
  /** A host display says how large it is, so that the producer's preview is exact. Forgotten 15 s after the last report. */
  'live.reportDisplay': command(
    z.strictObject({
      sessionId: Id,
      key: z.string().trim().min(1).max(60),
      width: z.int().min(1).max(20_000),
      height: z.int().min(1).max(20_000),
      textPx: z.number().min(0).max(2_000),
      fits: z.boolean(),
    }),
    Done,
    'host',
  ),
}
