import type { Synced } from '../db/schema.ts'
import type { Verdict } from './merge.ts'
import type { Mutation } from './mutation.ts'
import type { Cursor } from './state.ts'

/** The version of `migrations/remote` that this app was made for: it needs no less, and knows nothing of what is newer. */
export const REMOTE_SCHEMA = 1

/** Who is asking: every call but the hello is refused for an incarnation that is not the latest. [I1] */
export interface Caller {
  readonly clientId: string
  readonly incarnation: string
}

export interface Hello extends Caller {
  /** Earlier starts of this client: the last one that was answered, and those after it that may have been heard. */
  readonly previous: string | null
  readonly unanswered: readonly string[]
  /** The team database that this client belongs to, where it knows: another one refuses it. [I3] */
  readonly databaseId: string | null
  /** For a client that the server has never seen: the mutation ids up to here are not to be sent. */
  readonly last: number
}

export interface HelloReply {
  /** `fork`: somebody else goes on under this id. */
  readonly status: 'ok' | 'new' | 'fork'
  readonly databaseId: string
  readonly schema: number
  readonly lastMutationId: number
  /** The checksum that came with that mutation; null where none did. */
  readonly lastCheck: number | null
  /** The server's clock, ISO. */
  readonly now: string
}

export interface Pusher extends Caller {
  /** Up to where the server's changes are here. */
  readonly cursor: Cursor
  /** The checksum of the last of the mutations, as they are here. [I1] */
  readonly check: number
}

export interface PushReply {
  /** `resync`: the cursor is not of the server's history; nothing was judged. [S4] */
  readonly status: 'ok' | 'resync'
  readonly lastMutationId: number
  /** The server's rev that these changes have; null where none of them changed anything. */
  readonly rev: number | null
  readonly verdicts: readonly Verdict[]
}

/** Some changed rows of one table, as JSON that Postgres wrote: see `chunks.ts`. */
export interface Chunk {
  readonly entity: Synced
  readonly body: string
}

/** One page of a pull. */
export interface PullPage {
  /** `resync`: the server does not know our cursor. */
  readonly status: 'ok' | 'resync'
  readonly cursor: Cursor
  readonly complete: boolean
  /** The server's newest rev. */
  readonly head: number
  readonly schema: number
  readonly lastMutationId: number
  readonly verdicts: readonly Verdict[]
  /** How many rows the chunks hold. */
  readonly count: number
  readonly chunks: readonly Chunk[]
}

export interface PullRequest extends Caller {
  /** Up to this rev everything is applied; -1 asks for our own rows too. */
  readonly since: number
  /** Up to where pages are here already. */
  readonly cursor: Cursor
  /** Verdicts up to this mutation are known. */
  readonly acked: number
  readonly limit: number
}

/** A person's decision, by column. */
export type Choice = 'parked' | 'standing' | { readonly value: unknown }

export interface Resolution extends Caller {
  readonly conflictId: string
  readonly choices: Readonly<Record<string, Choice>>
  /** What the person was shown as standing, by column, as Postgres wants it; and as `parked_at` when what waits was made. */
  readonly shown: Readonly<Record<string, unknown>>
}

/**
 * The team's database, as the engine sees it: one call, one round trip. Every call rejects at its deadline at the latest, and
 * leaves nothing behind that could hang. [F2] The errors are what `classifyError` understands.
 */
export interface Remote extends AsyncDisposable {
  hello(hello: Hello): Promise<HelloReply>
  push(pusher: Pusher, mutations: readonly Mutation[]): Promise<PushReply>
  pull(request: PullRequest): Promise<PullPage>
  /** A row with what it is made of, whatever the cursor says. */
  fetch(caller: Caller, entity: 'products' | 'sessions', id: string): Promise<readonly Chunk[]>
  resolve(resolution: Resolution): Promise<'resolved' | 'stale' | 'gone'>
  /** Calls with the rev of every change, until the returned function is called; `onEnd` once when hearing ends by itself. */
  listen(onChange: (rev: number) => void, onEnd: (error: unknown) => void): Promise<() => void>
  /** Closes idle connections, so that the database can sleep. */
  rest(): Promise<void>
}
