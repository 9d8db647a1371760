import { HostCard, ItemTimer, LiveMessage } from '#shared/live.ts'
import type { LiveMode } from '#shared/live.ts'
import { Time } from '#shared/fields.ts'
import * as z from 'zod'
import type { Flag, StateRow } from '../db/schema.ts'
import type { Unstamped } from '../db/write.ts'

/** The item clock as it stood at `at`. */
export const StampedTimer = ItemTimer.extend({ at: Time })
export type StampedTimer = z.infer<typeof StampedTimer>

/** Where one session's show stands: a row of `session_states`, parsed. */
export interface Show {
  readonly mode: LiveMode
  readonly itemId: string | null
  readonly imageIndex: number
  /** Page turns of the points since the item went on air. */
  readonly page: number
  readonly card: HostCard | null
  /** The order key under which the item was last seen: where it stood, once it is removed. */
  readonly place: string | null
  readonly nextItemId: string | null
  readonly blank: boolean
  readonly notesShown: boolean
  readonly imageFull: boolean
  readonly guard: boolean
  readonly message: LiveMessage | null
  readonly timer: StampedTimer
  /** Items shown before, newest last. */
  readonly history: readonly string[]
  readonly startedAt: string | null
  readonly itemStartedAt: string | null
  /** The session's status that comes back when its rehearsal ends. */
  readonly statusBefore: string | null
}

const StoredCard = HostCard.extend({ place: z.string().nullable(), page: z.int().default(0) }).nullable()
const History = z.array(z.string())

/** The item clock at zero. */
export function freshTimer(at: string, running: boolean): StampedTimer {
  return { running, elapsedMs: 0, targetSeconds: null, at }
}

/** The show of a session that was never started. */
export function offShow(now: string): Show {
  return {
    mode: 'off',
    itemId: null,
    imageIndex: 0,
    page: 0,
    card: null,
    place: null,
    nextItemId: null,
    blank: false,
    notesShown: false,
    imageFull: false,
    guard: false,
    message: null,
    timer: freshTimer(now, false),
    history: [],
    startedAt: null,
    itemStartedAt: null,
    statusBefore: null,
  }
}

/** A JSON column that does not fit (another version wrote it) counts as empty: the show goes on without it. */
export function fromRow(row: StateRow): Show {
  const stored = parse(StoredCard, row.card, null)
  const { place = null, page = 0, ...card } = stored ?? {}
  return {
    mode: row.mode,
    itemId: row.current_item_id,
    imageIndex: row.image_index,
    page,
    card: stored && (card as HostCard),
    place,
    nextItemId: row.next_item_id,
    blank: row.blank === 1,
    notesShown: row.notes_shown === 1,
    imageFull: row.image_full === 1,
    guard: row.guard === 1,
    message: parse(LiveMessage.nullable(), row.message, null),
    timer: parse(StampedTimer, row.timer, freshTimer(row.updated_at, false)),
    history: parse(History, row.history, []),
    startedAt: row.started_at,
    itemStartedAt: row.item_started_at,
    statusBefore: row.status_before,
  }
}

export function toRow(sessionId: string, show: Show): Unstamped<StateRow> {
  return {
    id: sessionId,
    mode: show.mode,
    current_item_id: show.itemId,
    image_index: show.imageIndex,
    card: show.card && JSON.stringify({ ...show.card, place: show.place, page: show.page }),
    next_item_id: show.nextItemId,
    blank: flag(show.blank),
    notes_shown: flag(show.notesShown),
    image_full: flag(show.imageFull),
    guard: flag(show.guard),
    message: show.message && JSON.stringify(show.message),
    timer: JSON.stringify(show.timer),
    history: JSON.stringify(show.history),
    started_at: show.startedAt,
    item_started_at: show.itemStartedAt,
    status_before: show.statusBefore,
  }
}

function flag(value: boolean): Flag {
  return value ? 1 : 0
}

function parse<T>(schema: z.ZodType<T>, json: string | null, empty: T): T {
  if (json === null) return empty
  try {
    return schema.parse(JSON.parse(json))
  } catch {
    // Nothing to tell apart: JSON that is broken and JSON of another shape are equally of no use.
    return empty
  }
}
