import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import type { Job, JobKindName, JobState, TeamJob, jobs } from '#shared/jobs.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { JobRow } from '../db/schema.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import { TryLater } from '../job-kind.ts'
import type { JobItem, JobKind, JobRun } from '../job-kind.ts'
import { JobStore } from './job-store.ts'

export interface JobsDeps {
  readonly db: Db
  readonly events: Events
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
  /** What other desktops do for the team. */
  readonly team: () => Promise<readonly TeamJob[]>
}

/** How often pages hear of progress at most, in ms. */
const TELL_MS = 250
/** A job that fails for now is tried so often before it counts as failed: about half an hour in all. */
const TRIES = 8
const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 15 * 60_000
/** How many jobs the list shows where nobody says. */
const LISTED = 50

/**
 * Long work, one job of a kind at a time.
 *
 * 1. A job is in the database before `enqueue` answers. What is running when the app ends, however it ends, goes on at the next
 *    start from its last checkpoint.
 * 2. What a job saves commits with the work that it speaks of: nothing is done twice, nothing is left out.
 * 3. A job always comes to an end: a failure that may pass is tried again, with full jitter, at most eight times in a row.
 * 4. One item that fails never ends the job: it is named, with the reason, and can be tried again.
 */
export class Jobs implements AsyncDisposable {
  readonly #deps: JobsDeps
  readonly #store: JobStore
  readonly #kinds = new Map<JobKindName, JobKind>()
  readonly #running = new Map<string, Running>()
  #cancelTimer: () => void = () => {}
  #cancelTelling: (() => void) | null = null
  #started = false
  #closed = false
  readonly handlers: Handlers<typeof jobs>

  constructor(deps: JobsDeps) {
    this.#deps = deps
    this.#store = new JobStore(deps.db, deps.clock)
    this.handlers = {
      'jobs.list': async ({ limit = LISTED }) => ({
        items: this.#store.list(limit).map((row) => this.#show(row)),
        team: [...(await deps.team())],
      }),
      'jobs.get': ({ id }) => this.#show(this.#store.get(id)),
      'jobs.cancel': ({ id }) => this.cancel(id),
      'jobs.retry': ({ id }) => this.retry(id),
    }
  }

  /** To be called for every kind before `start`. */
  register(kind: JobKind): void {
    this.#kinds.set(kind.name, kind)
  }

  /** Goes on with what was running, and begins with what waits. */
  start(): void {
    this.#started = true
    for (const { id, state } of this.#store.open()) if (state === 'running') this.#store.setState(id, 'queued')
    this.#poke()
  }

  /** Answers the job's id. It begins as soon as no other of its kind runs. */
  enqueue(kind: JobKindName, input: unknown, items: readonly JobItem[] = []): string {
    const id = this.#store.add(kind, input, items)
    this.#tell()
    this.#poke()
    return id
  }

  /** The jobs of a kind that are not at an end, oldest first. */
  open(kind: JobKindName): readonly { readonly id: string; readonly input: unknown }[] {
    return this.#store
      .open()
      .filter((row) => row.kind === kind)
      .map(({ id, input }) => ({ id, input: JSON.parse(input) as unknown }))
  }

  /** What is still to be done in jobs of a kind that are not at an end. */
  waiting(kind: JobKindName): ReadonlySet<string> {
    const open = this.#store.open().filter((row) => row.kind === kind)
    return new Set(open.flatMap(({ id }) => this.#store.items(id, 'waiting').map(({ item }) => item)))
  }

  /** Whether it has come to an end; one that is not known any more has. */
  ended(id: string): boolean {
    const row = this.#store.row(id)
    return row === undefined || row.ended_at !== null
  }

  cancel(id: string): Job {
    const row = this.#store.get(id)
    if (row.ended_at !== null) throw new AppError('conflict', 'This has ended already, so there is nothing to cancel.')
    this.#store.setState(id, 'cancelled')
    this.#running.get(id)?.abort.abort()
    this.#tell()
    return this.#show(this.#store.get(id))
  }

  retry(id: string): Job {
    const row = this.#store.get(id)
    if (row.ended_at === null && row.next_try_at === null) {
      throw new AppError('conflict', 'This is still under way. Wait for its end, or cancel it first.')
    }
    if (row.state === 'done')
      throw new AppError('conflict', 'Nothing of this failed, so there is nothing to try again.')
    this.#store.again(id)
    this.#tell()
    this.#poke()
    return this.#show(this.#store.get(id))
  }

  /** What is running ends where it is, and goes on at the next start. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    this.#cancelTimer()
    this.#cancelTelling?.()
    const running = [...this.#running.values()]
    for (const { abort } of running) abort.abort()
    await Promise.all(running.map(({ ended }) => ended))
  }

  /** Starts whatever may start, and wakes for the next one that waits for its time. */
  #poke(): void {
    if (!this.#started || this.#closed) return
    this.#cancelTimer()
    const now = this.#deps.clock.now()
    const waits: string[] = []
    const busy = new Set([...this.#running.values()].map(({ kind }) => kind))
    for (const row of this.#store.open()) {
      if (this.#running.has(row.id) || busy.has(row.kind)) continue
      if (row.next_try_at !== null && row.next_try_at > now) {
        waits.push(row.next_try_at)
        continue
      }
      busy.add(row.kind)
      this.#begin(row)
    }
    const next = waits.toSorted()[0]
    if (next === undefined) return
    // Long timers drift while the computer sleeps.
    const ms = Math.min(Math.max(Date.parse(next) - Date.parse(now), 0), 60_000)
    this.#cancelTimer = this.#deps.clock.after(ms, () => this.#poke())
  }

  #begin(row: JobRow): void {
    const running: Running = { kind: row.kind, abort: new AbortController(), note: null, ended: Promise.resolve() }
    this.#running.set(row.id, running)
    this.#store.setState(row.id, 'running')
    this.#tell()
    running.ended = this.#work(row, running)
      .catch((error: unknown) => this.#deps.log.error('a job could not be noted', { job: row.id, error }))
      .finally(() => {
        this.#running.delete(row.id)
        if (this.#closed) return
        this.#tell()
        this.#poke()
      })
  }

  async #work(row: JobRow, running: Running): Promise<void> {
    const { log } = this.#deps
    const kind = this.#kinds.get(row.kind)
    try {
      // In a turn of its own: whoever enqueues it is not kept.
      await Promise.resolve()
      if (!kind) throw new Error(`no such kind of job: ${row.kind}`)
      await kind.run(this.#runOf(row, running))
      if (running.abort.signal.aborted) return
      this.#store.setState(row.id, endOf(this.#store.get(row.id)))
    } catch (error) {
      if (running.abort.signal.aborted) return
      log.warn('a job failed', { job: row.id, kind: row.kind, error })
      this.#fail(row.id, error)
    }
  }

  #fail(id: string, error: unknown): void {
    const { clock, random } = this.#deps
    const { attempts, done } = this.#store.get(id)
    const problem = messageOf(error)
    if (!(error instanceof TryLater) || attempts + 1 >= TRIES) {
      return this.#store.setState(id, done > 0 ? 'partial' : 'failed', { problem })
    }
    const ceiling = Math.min(FIRST_WAIT_MS * 2 ** attempts, LONGEST_WAIT_MS)
    const ms = Math.max(error.afterMs, ceiling / 2 + (random() * ceiling) / 2)
    const nextTryAt = new Date(Date.parse(clock.now()) + ms).toISOString()
    this.#store.setState(id, 'queued', { problem, nextTryAt })
  }

  #runOf(row: JobRow, running: Running): JobRun {
    const store = this.#store
    const { id } = row
    return {
      id,
      input: JSON.parse(row.input) as unknown,
      checkpoint: row.checkpoint === null ? null : (JSON.parse(row.checkpoint) as unknown),
      signal: running.abort.signal,
      waiting: () => store.items(id, 'waiting'),
      failures: () => store.items(id, 'failed'),
      count: (counts) => store.count(id, counts),
      save: (state) => {
        store.save(id, state)
        this.#tell()
      },
      settle: (item, problem) => {
        store.settle(id, item, problem)
        this.#tell()
      },
      progress: () => store.get(id),
      note: (text) => {
        if (running.note === text) return
        running.note = text
        this.#tell()
      },
    }
  }

  #show(row: JobRow): Job {
    return this.#store.show(row, this.#running.get(row.id)?.note ?? null)
  }

  /** Not at once: a busy job must not make every page read without end. */
  #tell(): void {
    this.#cancelTelling ??= this.#deps.clock.after(TELL_MS, () => {
      this.#cancelTelling = null
      this.#deps.events.emit('changed', { feature: 'jobs' })
    })
  }
}

interface Running {
  readonly kind: JobKindName
  readonly abort: AbortController
  note: string | null
  ended: Promise<void>
}

function endOf({ done, failed }: JobRow): JobState {
  if (failed === 0) return 'done'
  return done === 0 ? 'failed' : 'partial'
}

function messageOf(error: unknown): string {
  if (error instanceof AppError || error instanceof TryLater) return error.message
  return 'Something went wrong on our side; what was done until then is kept. The log has the reason.'
}
