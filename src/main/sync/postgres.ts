import type { Client, ClientConfig, Pool, PoolClient } from 'pg'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Mutation } from './mutation.ts'
import { REMOTE_SCHEMA } from './remote.ts'
import type {
  Caller,
  Hello,
  HelloReply,
  PullPage,
  PullRequest,
  Pusher,
  PushReply,
  Remote,
  Resolution,
  WireRow,
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
  /** Until a call is given up and its socket destroyed, in ms. */
  readonly deadlineMs?: number
  readonly connectMs?: number
}

const ops = { insert: 'i', update: 'u', delete: 'd' } as const

/** A call took longer than its deadline; its socket is gone. [F2] */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError'
}

/**
 * The team's database over node-postgres: at most three connections for calls, none kept while idle for long, and one for
 * LISTEN. The driver is loaded at the first call: it is no part of a start.
 */
export class PostgresRemote implements Remote {
  readonly #options: PostgresOptions
  #pool: Promise<Pool> | null = null
  /** Every connection that is open or being opened. */
  readonly #clients = new Set<Client>()

  constructor(options: PostgresOptions) {
    this.#options = options
  }

  async hello({ clientId, previous, incarnation, databaseId, last }: Hello): Promise<HelloReply> {
    const [row] = await this.#rows('SELECT sync_hello($1, $2, $3, $4, $5, $6, $7) AS r', [
      clientId,
      previous,
      incarnation,
      this.#schema,
      databaseId,
      last,
      JSON.stringify(this.#options.about),
    ])
    return row?.[0] as HelloReply
  }

  async push(
    { clientId, incarnation, cursor, check }: Pusher,
    mutations: readonly Mutation[],
  ): Promise<PushReply> {
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
    const rows = await this.#rows('SELECT entity, id, body FROM sync_pull($1, $2, $3, $4, $5, $6, $7, $8)', [
      clientId,
      incarnation,
      this.#schema,
      acked,
      since,
      cursor.rev,
      cursor.token,
      limit,
    ])
    const { rev, token, ...head } = JSON.parse(String(rows[0]?.[2])) as PageHead
    return { ...head, cursor: { rev, token }, rows: rows.slice(1).map(wireRow) }
  }

  async fetch({ clientId, incarnation }: Caller, entity: string, id: string): Promise<readonly WireRow[]> {
    const rows = await this.#rows('SELECT entity, id, body FROM sync_fetch($1, $2, $3, $4, $5)', [
      clientId,
      incarnation,
      this.#schema,
      entity,
      id,
    ])
    return rows.map(wireRow)
  }

  async resolve({ clientId, incarnation, conflictId, choices, shown }: Resolution): Promise<'resolved' | 'stale' | 'gone'> {
    const [row] = await this.#rows('SELECT sync_resolve($1, $2, $3, $4, $5, $6) AS r', [
      clientId,
      incarnation,
      this.#schema,
      conflictId,
      JSON.stringify(choices),
      JSON.stringify(shown),
    ])
    return (row?.[0] as { status: 'resolved' | 'stale' | 'gone' }).status
  }

  async listen(onChange: () => void, onEnd: (error: unknown) => void): Promise<() => void> {
    const { Client } = await driver()
    const client = new Client({ ...this.#options.listening, connectionTimeoutMillis: this.#options.connectMs ?? 10_000 })
    const ending = { told: false }
    const end = (error: unknown): void => {
      destroy(client)
      if (ending.told) return
      ending.told = true
      onEnd(error)
    }
    client.on('error', end)
    client.on('end', () => end(new Error('the connection for LISTEN ended')))
    client.on('notification', onChange)
    try {
      await client.connect()
      await withDeadline(client, this.#deadline, client.query('LISTEN hudson'))
    } catch (error) {
      ending.told = true
      destroy(client)
      throw error
    }
    return () => {
      ending.told = true
      destroy(client)
    }
  }

  async rest(): Promise<void> {
    const pool = this.#pool
    this.#pool = null
    // A connection that does not say goodbye in time is not waited for.
    if (pool) await Promise.race([pool.then((one) => one.end()), sleep(1_000, undefined, { ref: false })])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // What is under way is not waited for: it is repeated at the next start, without harm.
    for (const client of this.#clients) destroy(client)
    await this.rest()
  }

  get #schema(): number {
    return this.#options.schema ?? REMOTE_SCHEMA
  }

  get #deadline(): number {
    return this.#options.deadlineMs ?? 15_000
  }

  async #rows(text: string, values: unknown[]): Promise<unknown[][]> {
    const pool = await (this.#pool ??= this.#open())
    const client = await pool.connect()
    try {
      const answer = await withDeadline(client, this.#deadline, client.query<unknown[]>({ text, values, rowMode: 'array' }))
      client.release()
      return answer.rows
    } catch (error) {
      // Whatever went wrong, this connection is not trusted again.
      client.release(true)
      throw error
    }
  }

  async #open(): Promise<Pool> {
    const { Client, Pool } = await driver()
    const clients = this.#clients
    class Tracked extends Client {
      constructor(config?: string | ClientConfig) {
        super(config)
        clients.add(this)
        this.once('end', () => clients.delete(this))
      }
    }
    const pool = new Pool({
      Client: Tracked,
      ...this.#options.calls,
      max: 3,
      min: 0,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: this.#options.connectMs ?? 10_000,
      maxLifetimeSeconds: 1_800,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      application_name: `hudson-desktop/${this.#options.about.version}`,
      // So that an idle pool does not keep the process.
      allowExitOnIdle: true,
    })
    // An idle connection that ends is no news: the next call opens another. Without a listener it would end the process.
    pool.on('error', () => {})
    return pool
  }
}

interface PageHead extends Omit<PullPage, 'cursor' | 'rows'> {
  readonly rev: number
  readonly token: string | null
}

function wireMutation({ id, entity, rowId, op, base, patch, seen, offline, at }: Mutation): object {
  return { n: id, e: entity, i: rowId, o: ops[op], b: toWire(base), p: toWire(patch), s: seen, f: offline, a: at }
}

function wireRow([entity, id, body]: readonly unknown[]): WireRow {
  return { entity, id, body } as WireRow
}

async function driver(): Promise<typeof import('pg').default> {
  return (await import('pg')).default
}

/** At the deadline the socket is destroyed: a query that timed out leaves its connection in no state to be used. */
async function withDeadline<T>(client: Client | PoolClient, ms: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    destroy(client)
    reject(new DeadlineError(`no answer within ${ms} ms`))
  }, ms)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
    // Destroying the socket makes the query fail too; nobody waits for that any more.
    work.catch(() => {})
  }
}

/** The driver's own `end` waits for the other side; there is no public way to the socket. */
function destroy(client: Client | PoolClient): void {
  ;(client as unknown as { connection: { stream: Socket } }).connection.stream.destroy()
}
