import { v7 as uuid } from 'uuid'
import type { Db } from '../db/database.ts'

/** Up to where the server's changes are here. `rev` 0 = nothing yet. */
export interface Cursor {
  readonly rev: number
  readonly token: string | null
}

/** Who this desktop is to the team, and how far it has come. */
export interface Identity {
  readonly clientId: string
  /** What the server knows us by; each start has a new one. [I1] */
  readonly incarnation: string
  /** The last one of which a hello was answered, and those after it: their hellos may have arrived all the same. */
  readonly previous: string | null
  readonly unanswered: readonly string[]
  /** Whether a hello with `incarnation` was answered. */
  readonly greeted: boolean
}

interface Values {
  identity: Identity
  cursor: Cursor
  /** The team database that this data belongs to; null until the first hello. */
  databaseId: string | null
  /** A full resync is under way: what it does not hold is gone. */
  resync: boolean
  /** The cursor's rev before that. */
  seenBefore: number
  paused: boolean
  lastPushAt: string | null
  lastPullAt: string | null
  /** The schema that the server spoke last, and the one that we spoke then. */
  remoteSchema: number | null
  spoken: number | null
}

/**
 * The engine's own values, one row each in `sync_state`.
 *
 * 1. Memory never runs ahead of the file: `set` writes, in whatever transaction is open, and only then remembers. A caller whose
 *    transaction fails calls `reload`.
 * 2. There is an identity only once this data dir joined a team; until then nothing is recorded for one.
 */
export class SyncState {
  readonly #db: Db
  #values = new Map<keyof Values, unknown>()

  constructor(db: Db) {
    this.#db = db
    this.reload()
  }

  get joined(): boolean {
    return this.#values.has('identity')
  }

  get identity(): Identity {
    const identity = this.#values.get('identity') as Identity | undefined
    if (!identity) throw new Error('This data dir belongs to no team yet')
    return identity
  }

  get cursor(): Cursor {
    return (this.#values.get('cursor') as Cursor | undefined) ?? { rev: 0, token: null }
  }

  get<K extends Exclude<keyof Values, 'identity' | 'cursor'>>(name: K): Values[K] | null {
    return (this.#values.get(name) as Values[K] | undefined) ?? null
  }

  set<K extends keyof Values>(name: K, value: Values[K]): void {
    this.#db
      .statement(
        'INSERT INTO sync_state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      )
      .run(name, JSON.stringify(value))
    this.#values.set(name, value)
  }

  /** For what may be forgotten with this process: no write, so nothing for the disk to do at every question. */
  note(name: 'lastPushAt' | 'lastPullAt', value: string): void {
    this.#values.set(name, value)
  }

  reload(): void {
    const rows = this.#db.statement('SELECT name, value FROM sync_state').all() as {
      name: keyof Values
      value: string
    }[]
    this.#values = new Map(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]))
  }
}

/** A client that the server has never seen. */
export function newIdentity(): Identity {
  return { clientId: uuid(), incarnation: uuid(), previous: null, unanswered: [], greeted: false }
}

/** Starts without an answer that are remembered. Who has more of them may be taken for somebody else, which loses nothing. */
const UNANSWERED = 100

/** The same client, started anew: never as it was announced before, which a copy of its data may have been too. */
export function nextIdentity({ clientId, incarnation, previous, unanswered, greeted }: Identity): Identity {
  const before = greeted
    ? { previous: incarnation, unanswered: [] }
    : { previous, unanswered: [...unanswered, incarnation].slice(-UNANSWERED) }
  return { clientId, incarnation: uuid(), ...before, greeted: false }
}
