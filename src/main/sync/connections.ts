import type { Client, ClientBase, ClientConfig, Pool } from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { Attempt, destroy } from './attempt.ts'
import type { Line, Query } from './attempt.ts'
import { classifyError } from './classify-error.ts'

export interface ConnectionsOptions {
  /** Where calls go; may lead through a pooler. */
  readonly calls: ClientConfig
  /** Where LISTEN goes: never through a pooler, which would lose it without a word. */
  readonly listening: ClientConfig
  /** A call of which nothing was heard for so long is given up, in ms. */
  readonly deadlineMs?: number
  readonly connectMs?: number
  /** A call of which nothing was heard for so long is asked once more, over a fresh connection. */
  readonly silentMs?: number
  /** LISTEN says nothing for hours where nothing happens, and nothing either where its connection is gone: it is asked so often. */
  readonly pulseMs?: number
}

/** Nothing was heard of a call for its whole deadline; its socket is gone. [F2] */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError'
}

/** Calls at once; with the connection beside one of them, three connections. */
const CALLS = 2
/** A connection that nobody uses is closed after so long, in ms. */
const IDLE_MS = 30_000
/** Bytes per ms on the slowest line that we mean to work over: what is sent has to leave before it can be answered. */
const SLOW_LINE = 32

/**
 * Connections to one database, over node-postgres.
 *
 * 1. At most three for calls, none kept while idle for long, and one for LISTEN.
 * 2. A call that fails or is given up takes its connection with it: what state that is in, nobody knows. [F2]
 * 3. A call that stays silent is asked once more over a fresh connection, time and again; the first answer counts. So it is found
 *    within seconds that the network is back, also where it has forgotten the connections of before, and a slow answer still
 *    has its time.
 */
export class Connections implements AsyncDisposable {
  readonly #options: ConnectionsOptions
  readonly #about: ClientConfig
  #driver: Promise<Driver> | null = null
  #pool: Pool | null = null
  /** Every connection for calls, and for LISTEN, that is open or being opened. */
  readonly #open = new Set<Client>()
  readonly #ears = new Set<Client>()
  /** Those that were asked something before. */
  readonly #used = new WeakSet<ClientBase>()
  /** Calls that are under way, and how to begin those that wait for one of them to end. */
  readonly #calls = new Set<Call>()
  readonly #waiting: (() => void)[] = []
  #free = CALLS
  #closed = false

  constructor(options: ConnectionsOptions, about: { readonly applicationName: string }) {
    this.#options = options
    this.#about = {
      application_name: about.applicationName,
      connectionTimeoutMillis: options.connectMs ?? 10_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    }
  }

  /** `once`: it must not be asked twice, whatever happens. */
  async query(query: Query, { once = false } = {}): Promise<unknown[][]> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((begin) => this.#waiting.push(begin))
    try {
      return await this.#call(query, once)
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free += 1
    }
  }

  /** Calls with every notification's payload, until the returned function is called; `onEnd` once when it ends by itself. */
  async listen(
    channel: string,
    onChange: (payload: string) => void,
    onEnd: (error: unknown) => void,
  ): Promise<() => void> {
    const pg = await this.#loaded()
    const client = this.#track(this.#ears, new pg.Client({ ...this.#about, ...this.#options.listening }))
    const { promise: ended, reject: end } = Promise.withResolvers<never>()
    client.on('error', end).on('end', () => end(new Error('the connection for LISTEN ended')))
    client.on('notification', ({ payload = '' }) => onChange(payload))
    const ask = async (text: string): Promise<void> => {
      const late = sleep(this.#options.deadlineMs ?? 15_000, undefined, { ref: false }).then(() => {
        throw new DeadlineError(`no answer to ${text}`)
      })
      await Promise.race([client.query(text), late, ended])
    }
    try {
      await Promise.race([client.connect(), ended])
      await ask(`LISTEN ${channel}`)
    } catch (error) {
      destroy(client)
      throw error
    }
    const listening = { on: true }
    const stop = (): void => {
      listening.on = false
      destroy(client)
    }
    const feelPulse = async (): Promise<never> => {
      for (;;) {
        await sleep(this.#options.pulseMs ?? 15_000, undefined, { ref: false })
        await ask('SELECT 1')
      }
    }
    Promise.race([ended, feelPulse()]).catch((error: unknown) => {
      const unasked = listening.on
      stop()
      if (unasked) onEnd(error)
    })
    return stop
  }

  /** Closes what is idle at once, and what is not a moment later. */
  async rest(): Promise<void> {
    const pool = this.#pool
    this.#pool = null
    const open = [...this.#open]
    const ended = open.map((client) => new Promise((resolve) => client.once('end', resolve)))
    // One that does not say goodbye in time is not waited for.
    await Promise.race([Promise.all([pool?.end(), ...ended]), sleep(1_000, undefined, { ref: false })])
    for (const client of open) destroy(client)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    for (const client of [...this.#open, ...this.#ears]) destroy(client)
    for (const { reject } of this.#calls) reject(closed())
    await this.rest()
  }

  /** The driver is loaded at the first call: it is no part of a start. */
  async #loaded(): Promise<Driver> {
    const pg = await (this.#driver ??= driver())
    if (this.#closed) throw closed()
    return pg
  }

  async #call(query: Query, once: boolean): Promise<unknown[][]> {
    for (;;) {
      const pg = await this.#loaded()
      const call: Call = {
        ...Promise.withResolvers<unknown[][]>(),
        pg,
        query,
        first: new Attempt(query, this.#pooled(pg)),
        beside: null,
      }
      this.#calls.add(call)
      try {
        return await this.#ask(call, once)
      } catch (error) {
        const lost = error instanceof DeadlineError || isLost(error)
        if (lost) this.#distrust()
        // It had ended while nobody used it. A fresh one tells whether there is a way to the server.
        if (!(lost && call.first.used) || once || error instanceof DeadlineError) throw error
      } finally {
        this.#calls.delete(call)
      }
    }
  }

  async #ask(call: Call, once: boolean): Promise<unknown[][]> {
    const { query, first, promise, resolve, reject } = call
    const silentMs = this.#options.silentMs ?? 1_500
    const limit = (this.#options.deadlineMs ?? 15_000) + sizeOf(query) / SLOW_LINE
    first.answer.then(resolve, reject)
    const watch = setInterval(() => {
      const silence = first.silentMs()
      if (silence >= limit) reject(new DeadlineError(`nothing was heard for ${Math.round(silence)} ms`))
      else if (silence >= silentMs && !once) this.#askBeside(call, silentMs)
    }, silentMs / 6)
    try {
      return await promise
    } finally {
      clearInterval(watch)
      first.giveUp()
      call.beside?.giveUp()
      if (call.beside?.answered) this.#distrust()
    }
  }

  /** One call at a time has a connection beside its own. */
  #askBeside(call: Call, silentMs: number): void {
    if (call.beside) {
      // A server that is slow is not to be asked without end.
      const patience = call.beside.connected ? silentMs * 2 : silentMs
      if (call.beside.silentMs() < patience) return
    } else if ([...this.#calls].some(({ beside }) => beside)) return
    call.beside?.giveUp()
    const client = this.#track(this.#open, new call.pg.Client({ ...this.#about, ...this.#options.calls }))
    const beside = new Attempt(call.query, connect(client), client)
    call.beside = beside
    beside.answer.then(call.resolve, (error: unknown) => {
      // Where it could not even connect, the first may still be answered.
      if (call.beside === beside && beside.connected) call.reject(error)
    })
  }

  /** The connections of before lead nowhere. */
  #distrust(): void {
    void this.rest()
  }

  async #pooled(pg: Driver): Promise<Line> {
    const pool = (this.#pool ??= this.#openPool(pg))
    const client = await pool.connect()
    const used = this.#used.has(client)
    this.#used.add(client)
    return { client, used, done: (broken) => client.release(broken) }
  }

  #openPool({ Client, Pool }: Driver): Pool {
    const track = (client: Client): Client => this.#track(this.#open, client)
    class Tracked extends Client {
      constructor(config?: string | ClientConfig) {
        super(config)
        track(this)
      }
    }
    const pool = new Pool({
      Client: Tracked,
      ...this.#about,
      ...this.#options.calls,
      max: CALLS,
      min: 0,
      idleTimeoutMillis: IDLE_MS,
      maxLifetimeSeconds: 1_800,
      // So that an idle pool does not keep the process.
      allowExitOnIdle: true,
    })
    // An idle connection that ends is no news: the next call opens another. Without a listener it would end the process.
    pool.on('error', () => {})
    return pool
  }

  #track(set: Set<Client>, client: Client): Client {
    set.add(client)
    client.once('end', () => set.delete(client))
    // Whoever uses it learns by its promise; without a listener the event would end the process.
    client.on('error', () => {})
    return client
  }
}

type Driver = typeof import('pg').default

interface Call extends PromiseWithResolvers<unknown[][]> {
  readonly pg: Driver
  readonly query: Query
  readonly first: Attempt
  beside: Attempt | null
}

async function driver(): Promise<Driver> {
  return (await import('pg')).default
}

async function connect(client: Client): Promise<Line> {
  await client.connect()
  return { client, used: false, done: (broken) => (broken ? destroy(client) : void client.end()) }
}

/** The connection is gone; that says nothing of the server. */
function isLost(error: unknown): boolean {
  return (
    classifyError(error).kind === 'network' || (error instanceof Error && 'code' in error && error.code === '57P01')
  )
}

function closed(): Error {
  return new Error('Connection terminated: closed')
}

function sizeOf({ values }: Query): number {
  return values.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0)
}
