import type { ClientConfig } from 'pg'
import { Connections } from './connections.ts'
import type { Mutation } from './mutation.ts'
import type { LeaseCalls, LeaseReply } from './leases.ts'
import type { PresenceCalls } from './presence.ts'
import { REMOTE_SCHEMA } from './remote.ts'
import type {
  Caller,
  Chunk,
  Hello,
  HelloReply,
  PullPage,
  PullRequest,
  Pusher,
  PushReply,
  Remote,
  Resolution,
} from './remote.ts'
import { toWire } from './wire.ts'

export interface PostgresOptions {
  /** Where calls go; may lead through a pooler. */
  readonly calls: ClientConfig
  /** Where LISTEN goes: never through a pooler, which would lose it without a word. */
  readonly listening: ClientConfig
  /** Told to the team at each hello. */
  readonly about: { readonly device: string; readonly version: string }
  /** The version of the team's database that this app speaks. */
  readonly schema?: number
  /** Until a silent call is given up and its socket destroyed, in ms; until a connection counts as impossible; until a silent call
   * is asked once more. */
  readonly deadlineMs?: number
  readonly connectMs?: number
  readonly silentMs?: number
}

const ops = { insert: 'i', update: 'u', delete: 'd' } as const

/** The protocol as functions of the team's database. Every one can be called twice without harm, but `sync_resolve`. */
export class PostgresRemote implements Remote, LeaseCalls, PresenceCalls {
  readonly #options: PostgresOptions
  readonly #connections: Connections

  constructor(options: PostgresOptions) {
    this.#options = options
    this.#connections = new Connections(options, { applicationName: `hudson-desktop/${options.about.version}` })
  }

  async hello({ clientId, previous, unanswered, incarnation, databaseId, last }: Hello): Promise<HelloReply> {
    const [row] = await this.#rows('SELECT sync_hello($1, $2, $3, $4, $5, $6, $7, $8) AS r', [
      clientId,
      previous,
      unanswered,
      incarnation,
      this.#schema,
      databaseId,
      last,
      JSON.stringify(this.#options.about),
    ])
    return row?.[0] as HelloReply
  }

  async push({ clientId, incarnation, cursor, check }: Pusher, mutations: readonly Mutation[]): Promise<PushReply> {
    const [row] = await this.#rows('SELECT sync_push($1, $2, $3, $4, $5, $6, $7) AS r', [
      clientId,
      incarnation,
      this.#schema,
      cursor.rev,
      cursor.token,
      check,
      JSON.stringify(mutations.map(wireMutation)),
    ])
    return row?.[0] as PushReply
  }

  async pull({ clientId, incarnation, since, cursor, acked, limit }: PullRequest): Promise<PullPage> {
    const rows = await this.#rows('SELECT entity, body FROM sync_pull($1, $2, $3, $4, $5, $6, $7, $8)', [
      clientId,
      incarnation,
      this.#schema,
      acked,
      since,
      cursor.rev,
      cursor.token,
      limit,
    ])
    const { rev, token, ...head } = JSON.parse(String(rows[0]?.[1])) as PageHead
    return { ...head, cursor: { rev, token }, chunks: rows.slice(1).map(chunkOf) }
  }

  async fetch({ clientId, incarnation }: Caller, entity: string, id: string): Promise<readonly Chunk[]> {
    const rows = await this.#rows('SELECT entity, body FROM sync_fetch($1, $2, $3, $4, $5)', [
      clientId,
      incarnation,
      this.#schema,
      entity,
      id,
    ])
    return rows.map(chunkOf)
  }

  async resolve({
    clientId,
    incarnation,
    conflictId,
    choices,
    shown,
  }: Resolution): Promise<'resolved' | 'stale' | 'gone'> {
    const values = [clientId, incarnation, this.#schema, conflictId, JSON.stringify(choices), JSON.stringify(shown)]
    const [row] = await this.#rows('SELECT sync_resolve($1, $2, $3, $4, $5, $6) AS r', values, { once: true })
    const answer = row?.[0] as { readonly status: 'resolved' | 'stale' | 'gone' }
    return answer.status
  }

  async takeLease(
    caller: Caller,
    { name, seconds, restSeconds }: Parameters<LeaseCalls['takeLease']>[1],
  ): Promise<LeaseReply> {
    return (await this.#lease('take', caller, [name, seconds, restSeconds])) as LeaseReply
  }

  async keepLease(
    caller: Caller,
    { name, seconds, progress }: Parameters<LeaseCalls['keepLease']>[1],
  ): Promise<boolean> {
    return (await this.#lease('keep', caller, [name, seconds, JSON.stringify(progress)])) as boolean
  }

  async endLease(caller: Caller, { name, state }: Parameters<LeaseCalls['endLease']>[1]): Promise<boolean> {
    return (await this.#lease('end', caller, [name, state && JSON.stringify(state)])) as boolean
  }

  async othersLeases(caller: Caller): ReturnType<LeaseCalls['othersLeases']> {
    return (await this.#lease('look', caller, [])) as Awaited<ReturnType<LeaseCalls['othersLeases']>>
  }

  async meet(
    { clientId, incarnation }: Caller,
    { places, seconds }: Parameters<PresenceCalls['meet']>[1],
  ): ReturnType<PresenceCalls['meet']> {
    const values = [clientId, incarnation, JSON.stringify(places), seconds]
    const [row] = await this.#rows('SELECT team_presence_meet($1, $2, $3, $4) AS r', values)
    return row?.[0] as Awaited<ReturnType<PresenceCalls['meet']>>
  }

  listen(onChange: (rev: number) => void, onEnd: (error: unknown) => void): Promise<() => void> {
    return this.#connections.listen('hudson', (payload) => onChange(Number(payload)), onEnd)
  }

  rest(): Promise<void> {
    return this.#connections.rest()
  }

  /** What is under way is not waited for: it is repeated at the next start, without harm. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#connections[Symbol.asyncDispose]()
  }

  async #lease(
    verb: 'take' | 'keep' | 'end' | 'look',
    { clientId, incarnation }: Caller,
    values: unknown[],
  ): Promise<unknown> {
    const all = [clientId, incarnation, ...values]
    const [row] = await this.#rows(`SELECT team_lease_${verb}(${all.map((_, n) => `$${n + 1}`).join(', ')}) AS r`, all)
    return row?.[0]
  }

  get #schema(): number {
    return this.#options.schema ?? REMOTE_SCHEMA
  }

  #rows(text: string, values: unknown[], options: { once?: boolean } = {}): Promise<unknown[][]> {
    return this.#connections.query({ text, values }, options)
  }
}

interface PageHead extends Omit<PullPage, 'cursor' | 'chunks'> {
  readonly rev: number
  readonly token: string | null
}

function wireMutation({ id, entity, rowId, op, base, patch, seen, offline, at }: Mutation): object {
  return { n: id, e: entity, i: rowId, o: ops[op], b: toWire(base), p: toWire(patch), s: seen, f: offline, a: at }
}

function chunkOf([entity, body]: readonly unknown[]): Chunk {
  return { entity, body } as Chunk
}
