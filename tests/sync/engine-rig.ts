import { onTestFinished, vi } from 'vitest'
import { setImmediate as turn } from 'node:timers/promises'
import type { Feature } from '#shared/contract.ts'
import type { SyncStatus } from '#shared/sync.ts'
import type { Clock } from '../../src/main/clock.ts'
import { openDb } from '../../src/main/db/open.ts'
import type { Db } from '../../src/main/db/database.ts'
import { Writer } from '../../src/main/db/write.ts'
import { Events } from '../../src/main/events.ts'
import { silentLog } from '../../src/main/log.ts'
import { noJournal } from '../../src/main/sync/journal.ts'
import type { Journal } from '../../src/main/sync/journal.ts'
import type { Mutation } from '../../src/main/sync/mutation.ts'
import type {
  Caller,
  Chunk,
  Hello,
  HelloReply,
  PullPage,
  PullRequest,
  PushReply,
  Pusher,
  Remote,
} from '../../src/main/sync/remote.ts'
import { Sync } from '../../src/main/sync/sync.ts'
import { FakeClock } from '../support/core.ts'

// A whole `Sync` on a clock that is moved by hand and a team's database that does as it is told.

export const MIN = 60_000

/** An error as a driver throws it. */
export function errorOf(code: string, message = code): Error {
  return Object.assign(new Error(message), { code })
}

/** A brand as the team's database sends it. */
export function brandChunk(id: string, name: string): Chunk {
  const at = '2026-01-01 00:00:00+00'
  const columns = ['id', 'name', 'slug', 'notes', 'created_at', 'updated_at']
  return { entity: 'brands', body: JSON.stringify({ columns, rows: [[id, name, 'acme', '', at, at]] }) }
}

/** A team's database that only counts: every push is taken, every pull brings what `chunks` holds. */
export class FakeRemote implements Remote {
  readonly clock: Clock
  /** Every call, in order, with the time at which it came. */
  readonly calls: { readonly name: 'hello' | 'push' | 'pull' | 'fetch'; readonly at: number }[] = []
  readonly pushed: Mutation[] = []
  /** Every call fails with it. */
  failure: unknown = null
  /** The next calls of a name fail, each once. */
  readonly failNext = new Map<string, unknown[]>()
  /** Calls never settle, until the remote is disposed. */
  hangs = false
  databaseId = '01900000-0000-7000-8000-000000000001'
  schema = 1
  skewMs = 0
  rev = 1
  lastMutationId = 0
  /** Told to pulls, but not counted as confirmed: a queue that does not move. */
  confirms = true
  chunks: Chunk[] = []
  readonly fetchable = new Map<string, Chunk>()
  /** LISTEN: how many were begun, and who hears now. */
  listens = 0
  ears: { readonly heard: (rev: number) => void; readonly ended: (error: unknown) => void }[] = []
  refusesListen = false
  rests = 0
  disposed = false
  readonly #hanging = new Set<(error: Error) => void>()

  constructor(clock: Clock) {
    this.clock = clock
  }

  async hello({ last }: Hello): Promise<HelloReply> {
    await this.#call('hello')
    this.lastMutationId = Math.max(this.lastMutationId, last)
    return {
      status: 'ok',
      databaseId: this.databaseId,
      schema: this.schema,
      lastMutationId: this.lastMutationId,
      lastCheck: null,
      now: new Date(Date.parse(this.clock.now()) + this.skewMs).toISOString(),
    }
  }

  async push(_pusher: Pusher, mutations: readonly Mutation[]): Promise<PushReply> {
    await this.#call('push')
    this.pushed.push(...mutations.filter(({ id }) => id > this.lastMutationId))
    this.lastMutationId = Math.max(this.lastMutationId, mutations.at(-1)?.id ?? 0)
    this.rev += 1
    return { status: 'ok', lastMutationId: this.lastMutationId, rev: this.rev, verdicts: [] }
  }

  async pull({ acked }: PullRequest): Promise<PullPage> {
    await this.#call('pull')
    const chunks = this.chunks.splice(0)
    if (chunks.length > 0) this.rev += 1
    return {
      status: 'ok',
      cursor: { rev: this.rev, token: `t${this.rev}` },
      complete: true,
      head: this.rev,
      schema: this.schema,
      lastMutationId: this.confirms ? this.lastMutationId : acked,
      verdicts: [],
      count: chunks.length,
      chunks,
    }
  }

  async fetch(_caller: Caller, _entity: string, id: string): Promise<readonly Chunk[]> {
    await this.#call('fetch')
    const chunk = this.fetchable.get(id)
    return chunk ? [chunk] : []
  }

  async resolve(): Promise<'resolved'> {
    return 'resolved'
  }

  async listen(heard: (rev: number) => void, ended: (error: unknown) => void): Promise<() => void> {
    this.listens += 1
    if (this.refusesListen) throw errorOf('0A000', 'no LISTEN here')
    const ear = { heard, ended }
    this.ears.push(ear)
    return () => (this.ears = this.ears.filter((one) => one !== ear))
  }

  async rest(): Promise<void> {
    this.rests += 1
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.disposed = true
    this.fail()
  }

  /** What hangs fails, as by its deadline. */
  fail(error: Error = errorOf('DeadlineError')): void {
    for (const reject of this.#hanging) reject(error)
    this.#hanging.clear()
  }

  /** Somebody changed something. */
  notify(): void {
    this.rev += 1
    for (const { heard } of this.ears) heard(this.rev)
  }

  /** The connection of LISTEN breaks. */
  loseEars(): void {
    for (const { ended } of this.ears.splice(0)) ended(errorOf('ECONNRESET'))
  }

  /** How many calls of a name came, from a time on. */
  count(name?: string, since = 0): number {
    return this.calls.filter((call) => (name === undefined || call.name === name) && call.at >= since).length
  }

  async #call(name: 'hello' | 'push' | 'pull' | 'fetch'): Promise<void> {
    this.calls.push({ name, at: this.clock.elapsed() })
    if (this.hangs) await new Promise<never>((_resolve, reject) => this.#hanging.add(reject))
    const [once] = this.failNext.get(name)?.splice(0, 1) ?? []
    if (once !== undefined) throw once
    if (this.failure !== null) throw this.failure
  }
}

export interface Rig {
  readonly clock: FakeClock
  readonly remote: FakeRemote
  readonly db: Db
  readonly writer: Writer
  readonly sync: Sync
  /** Features that were told as changed. */
  readonly changed: Feature[]
  /** Ends the process that it stands for, and starts it anew on the same data. */
  restart(options?: { readonly team?: boolean }): Promise<void>
  status(): SyncStatus
  now(): Promise<SyncStatus>
  /** Time passes, and whatever it brings about. */
  pass(ms: number): Promise<void>
  /** The wall clock jumps: the computer slept, or its clock was set. */
  jump(ms: number): void
  /** An edit of one brand. */
  edit(): string
  /** A live command: the position of a show. */
  goLive(mode?: 'live' | 'off'): void
}

export interface RigOptions {
  readonly random?: () => number
  readonly start?: boolean
  /** Whether a team's database is set up. */
  readonly team?: boolean
  readonly remote?: (clock: Clock) => FakeRemote
  readonly journal?: Journal
}

/** A wall clock that can jump against the monotonic one. */
class JumpingClock extends FakeClock {
  jumped = 0

  override now(): string {
    return new Date(Date.parse(super.now()) + this.jumped).toISOString()
  }
}

export async function rig(options: RigOptions = {}): Promise<Rig> {
  // The circuit breaker's library goes by `Date`.
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const clock = new JumpingClock()
  const setDate = (): void => void vi.setSystemTime(clock.now())
  setDate()
  const remote = options.remote?.(clock) ?? new FakeRemote(clock)
  const db = openDb(':memory:')
  const writer = { current: new Writer(db, clock) }
  const changed: Feature[] = []
  const open = ({ team = options.team ?? true } = {}): Sync => {
    writer.current = new Writer(db, clock)
    const events = new Events((error) => {
      throw error
    })
    events.on('changed', ({ feature }) => changed.push(feature))
    return new Sync({
      db,
      writer: writer.current,
      events,
      ports: { clock, log: silentLog, random: options.random ?? (() => 1) },
      journal: options.journal ?? noJournal,
      connection: team ? { remote, bulk: undefined } : null,
      onBulk: () => {},
    })
  }
  const sync = { current: open() }
  onTestFinished(async () => {
    await sync.current[Symbol.asyncDispose]()
    db[Symbol.dispose]()
  })
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 3; i += 1) await turn()
  }
  const begin = async (): Promise<void> => {
    sync.current.start()
    clock.advance(0)
    await settle()
  }
  if (options.start !== false) await begin()
  const names = { count: 0, brand: '' }
  const edit = (): string => {
    const id = `0190000a-0000-7000-8000-${String((names.count += 1)).padStart(12, '0')}`
    writer.current.transact((tx) =>
      tx.insert('brands', { id, name: `Brand ${names.count}`, slug: `brand-${names.count}`, notes: '' }),
    )
    return id
  }
  return {
    clock,
    remote,
    db,
    get writer() {
      return writer.current
    },
    get sync() {
      return sync.current
    },
    changed,
    restart: async (again) => {
      await sync.current[Symbol.asyncDispose]()
      sync.current = open(again)
      await begin()
    },
    status: () => sync.current.status(),
    now: async () => {
      const done = sync.current.now()
      done.catch(() => {})
      clock.advance(0)
      await settle()
      return await done
    },
    pass: async (ms) => {
      await settle()
      // In steps: what an answer brings about has to be planned from the time at which it came.
      for (let left = ms; left >= 0; left -= 250) {
        clock.advance(Math.min(250, left))
        setDate()
        await settle()
      }
    },
    jump: (ms) => {
      clock.jumped += ms
      setDate()
    },
    edit,
    goLive: (mode = 'live') => {
      const id = '0190000b-0000-7000-8000-000000000001'
      writer.current.transact((tx) => {
        if (tx.row('sessions', id) === undefined) {
          tx.insert('sessions', {
            id,
            brand_id: null,
            name: 'Friday',
            slug: 'friday',
            notes: '',
            code: '',
            status: 'draft',
            status_before_archive: null,
            scheduled_at: null,
            numbers_frozen_at: null,
            highest_number: null,
          })
        }
        if (tx.row('session_states', id) === undefined) tx.insert('session_states', liveState(id, mode))
        else tx.update('session_states', id, { mode })
      })
    },
  }
}

function liveState(id: string, mode: 'live' | 'off') {
  return { id, mode, timer: '{"at":null}' } as never
}

/** Times between the tries of a while, in ms. */
export async function gaps(r: Rig, ms: number): Promise<number[]> {
  const from = r.clock.elapsed()
  await r.pass(ms)
  const times = r.remote.calls.filter(({ at }) => at > from).map(({ at }) => at)
  return times.slice(1).map((at, index) => at - (times[index] ?? 0))
}
