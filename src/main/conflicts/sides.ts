import type { ConflictField, ConflictSide } from '#shared/conflicts.ts'
import type { Db } from '../db/database.ts'
import type { ConflictLogRow, ConflictRow } from '../db/schema.ts'

/** Who this desktop is to the team. */
export interface Me {
  /** null before it joined one. */
  readonly clientId: string | null
  readonly device: string
}

/** Three values of a field: before, what was wanted in vain, and what stands (for a log entry: the pusher's, the other's). */
interface Three<T> {
  readonly base: T
  readonly parked: T
  readonly standing: T
}

/** A disputed field, from no desktop's point of view. */
export interface Disputed extends Three<unknown> {
  readonly name: string
  readonly labels?: Three<string | null>
}

/** A conflict's or log entry's two sides, as this desktop sees them. */
export interface View {
  /** Whether `mine` is the side whose edit was parked (in the log: that pushed). */
  readonly parkedIsMine: boolean
  /** Whether `mine` is this desktop's own, and not merely what stands. */
  readonly mineIsMe: boolean
  readonly mine: ConflictSide
  readonly theirs: ConflictSide
}

/** Sees conflicts and log entries from this desktop. Made anew for each call. */
export class Viewer {
  readonly #db: Db
  readonly #me: Me
  #moments: ReadonlySet<unknown> | null = null

  constructor(db: Db, me: Me) {
    this.#db = db
    this.#me = me
  }

  conflict(row: ConflictRow): View {
    return this.#view(row.client_id === this.#me.clientId, {
      parked: { device: row.device, at: row.parked_at },
      standing: { device: row.other_device, at: row.other_at },
    })
  }

  entry(row: ConflictLogRow): View {
    return this.#view(this.#pushed(row), {
      parked: { device: row.device, at: row.made_at },
      standing: { device: row.other_device, at: row.other_at },
    })
  }

  /** By name: the one who resolved is known by nothing else. */
  isMe(device: string): boolean {
    return device === this.#me.device
  }

  #view(parkedIsMine: boolean, sides: { readonly parked: ConflictSide; readonly standing: ConflictSide }): View {
    const { parked, standing } = sides
    return parkedIsMine
      ? { parkedIsMine, mineIsMe: true, mine: parked, theirs: standing }
      : { parkedIsMine, mineIsMe: this.isMe(standing.device), mine: standing, theirs: parked }
  }

  /** The log knows desktops by name only. Where both bear ours, our own edits of the last weeks tell. */
  #pushed(row: ConflictLogRow): boolean {
    if (row.device !== this.#me.device) return false
    if (row.other_device !== this.#me.device) return true
    this.#moments ??= new Set(this.#db.statement('SELECT at FROM sync_outbox').pluck(true).all())
    return this.#moments.has(row.made_at)
  }
}

export function fieldFrom({ name, base, parked, standing, labels }: Disputed, { parkedIsMine }: View): ConflictField {
  const [mine, theirs] = parkedIsMine ? [parked, standing] : [standing, parked]
  if (!labels) return { name, base, mine, theirs }
  const [ours, others] = parkedIsMine ? [labels.parked, labels.standing] : [labels.standing, labels.parked]
  return { name, base, mine, theirs, labels: { base: labels.base, mine: ours, theirs: others } }
}

/** The other way round: which of the two a choice means. */
export function sideOf(choice: 'mine' | 'theirs', { parkedIsMine }: View): 'parked' | 'standing' {
  return (choice === 'mine') === parkedIsMine ? 'parked' : 'standing'
}

/** A side's name within a sentence. */
export function nameOfSide({ mineIsMe, mine, theirs }: View, side: 'mine' | 'theirs'): string {
  if (side === 'mine' && mineIsMe) return 'you'
  const { device } = side === 'mine' ? mine : theirs
  return device === '' ? 'somebody' : device
}
