import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import type { setup } from '#shared/setup.ts'
import type { shopify, ShopifyStatus } from '#shared/shopify.ts'
import { setImmediate } from 'node:timers/promises'
import type * as z from 'zod'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { HeldCheckpoints } from '../db/held-checkpoints.ts'
import type { Catalogue } from '../db/shopify-catalogue.ts'
import type { Writer } from '../db/write.ts'
import type { Events } from '../events.ts'
import { TryLater } from '../job-kind.ts'
import type { JobKind, JobRun } from '../job-kind.ts'
import type { Log } from '../log.ts'
import type { Team } from '../team.ts'
import type { Credentials } from './access-token.ts'
import { ChangeLog } from './change-log.ts'
import type { ShopifyClient } from './client.ts'
import { Heartbeat } from './heartbeat.ts'
import { Schedule } from './schedule.ts'
import { ShopifyFailure } from './shopify-failure.ts'
import { LocalNotes, memoryOf } from './sync-memory.ts'
import type { SyncMemory } from './sync-memory.ts'
import { SyncInput } from './sync-input.ts'

/** Which shop, and how it lets us in, as it is set up right now. */
export interface ShopSetup {
  readonly shop: string
  readonly baseUrl: string
  readonly credentials: Credentials
}

export interface ShopifyDeps {
  readonly db: Db
  /** Brings SQLite's log into the database, in another thread. */
  readonly checkpoint: () => Promise<unknown>
  readonly writer: Writer
  readonly events: Events
  readonly catalogue: Catalogue
  readonly team: Team
  /** The queue of long work; what is enqueued survives an end of the app. */
  readonly jobs: {
    readonly enqueue: (kind: 'shopify.sync', input: unknown) => string
    readonly open: (kind: 'shopify.sync') => readonly { readonly id: string; readonly input: unknown }[]
    readonly ended: (id: string) => boolean
  }
  readonly ports: {
    readonly fetch: typeof fetch
    readonly clock: Clock
    readonly log: Log
    readonly random: () => number
    readonly protect: (value: string) => void
  }
  /** What is set up, completed by what is given; null where something is missing. Throws `bad-call` where it cannot be used. */
  readonly setup: (given?: GivenSetup) => ShopSetup | null
}

/** A setup that is only tried. */
export interface GivenSetup {
  readonly shop?: string | undefined
  readonly token?: string | undefined
  readonly clientId?: string | undefined
  readonly clientSecret?: string | undefined
}

/** The name of the lease: one desktop syncs for all. */
const LEASE = 'shopify.sync'
/** A sync that ended less than this ago is not repeated by itself, in ms. */
const RESTING_MS = 15 * 60_000
const HOUR_MS = 60 * 60_000
/** So many products are put back at once. */
const UNDONE = 10

/**
 * The way from Shopify.
 *
 * 1. One sync at a time in the whole team; without a team, here.
 * 2. What the next sync needs to know is noted only once all that this one brought is at the team's server.
 * 3. What only a person can mend stops the syncs that start by themselves, until the setup changes or somebody starts one.
 */
export class Shopify implements Disposable {
  readonly #deps: ShopifyDeps
  readonly #notes: LocalNotes
  readonly #changes: ChangeLog
  readonly #schedule: Schedule
  #problem: string | null = null
  /** When a sync failed for good, by the monotonic clock. */
  #failedAt: number | null = null
  readonly kind: JobKind = { name: 'shopify.sync', run: (job) => this.#run(job) }
  readonly handlers: Handlers<typeof shopify & Pick<typeof setup, 'setup.testShopify'>>

  constructor(deps: ShopifyDeps) {
    this.#deps = deps
    const { db, catalogue, ports } = deps
    this.#notes = new LocalNotes(db)
    this.#changes = new ChangeLog(db)
    this.#schedule = new Schedule({ clock: ports.clock, everyMs: HOUR_MS, start: () => this.#byItself(HOUR_MS) })
    deps.writer.observe({
      afterCommit: (changes) => {
        const ended = changes.some(
          ({ entity, before, after }) =>
            entity === 'session_states' && before?.['mode'] === 'live' && after?.['mode'] !== 'live',
        )
        if (ended && this.#memory().held.length > 0) this.#enqueue({ ids: this.#memory().held })
      },
    })
    this.handlers = {
      'shopify.status': () => this.status(),
      'shopify.sync': ({ full = false, archiveMany = false }) => this.#byHand({ full, archiveMany }),
      'shopify.report': ({ jobId }) => this.#changes.show(jobId),
      'shopify.undo': ({ jobId, productIds }) => this.#undo(jobId, productIds),
      'shopify.waiting': ({ sessionId }) => ({
        items: catalogue
          .waiting(sessionId)
          .map(({ productId, name, fields }) => ({ productId, name, fields: [...fields] })),
      }),
      'shopify.take': ({ sessionId, productIds }) => this.#take(sessionId, productIds),
      'setup.testShopify': async (given) => (await import('./probe.ts')).testShopify(given, this.#deps),
    }
  }

  /** Syncs at the start and from then on every hour. */
  start(): void {
    this.#schedule.start()
    this.#byItself(RESTING_MS)
  }

  /** Somebody looks at the app. */
  focus(): void {
    this.#byItself(RESTING_MS)
  }

  /** Another shop, or another way in. */
  noteSetup(): void {
    this.#problem = null
    this.#tell()
    this.#byItself(0)
  }

  status(): ShopifyStatus {
    const shop = this.#configured()
    return {
      configured: shop !== null,
      shop: shop?.shop ?? null,
      lastSyncAt: this.#notes.read().lastSyncAt,
      jobId: this.#deps.jobs.open('shopify.sync')[0]?.id ?? null,
      problem: this.#problem,
    }
  }

  [Symbol.dispose](): void {
    this.#schedule[Symbol.dispose]()
  }

  /** What is wrong with the setup is told where a sync is started by hand. */
  #configured(): ShopSetup | null {
    try {
      return this.#deps.setup()
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      this.#problem = error.message
      return null
    }
  }

  /** Never rejects: the next occasion comes. */
  #byItself(restMs: number): void {
    const { ports, team, jobs } = this.#deps
    if (this.#problem !== null || !this.#configured() || jobs.open('shopify.sync').length > 0) return
    if (this.#failedAt !== null && ports.clock.elapsed() - this.#failedAt < Math.min(restMs, RESTING_MS)) return
    const { lastSyncAt } = this.#notes.read()
    const ago = lastSyncAt === null ? Infinity : Math.abs(Date.parse(ports.clock.now()) - Date.parse(lastSyncAt))
    if (ago < restMs) return
    if (!team.isSet()) return void this.#enqueue({})
    const ask = async (): Promise<void> => {
      // At a start nobody has greeted the server yet.
      await team.exchange()
      const taken = await team.take(LEASE, { restMs })
      if (taken.status === 'taken' && jobs.open('shopify.sync').length === 0) this.#enqueue({})
      if (taken.status === 'rested') this.#noteOthers(taken.endedAgoMs)
    }
    ask().catch((error: unknown) => {
      ports.log.info('the team could not be asked who syncs with Shopify', { error })
      // Not sooner: to ask is a forced try at the team's database, which sleeps where nobody is there. A look at the app asks too.
      this.#schedule.again(RESTING_MS)
    })
  }

  /** Another desktop did it: ours is no older. */
  #noteOthers(agoMs: number): void {
    const lastSyncAt = new Date(Date.parse(this.#deps.ports.clock.now()) - agoMs).toISOString()
    this.#notes.write({ ...this.#notes.read(), lastSyncAt })
    this.#tell()
  }

  async #byHand(input: { full: boolean; archiveMany: boolean }): Promise<{ jobId: string }> {
    const { setup: read, jobs, team } = this.#deps
    if (!read()) {
      throw new AppError(
        'conflict',
        'No Shopify shop is set up on this computer. Add its name and access in Settings, under Connections.',
      )
    }
    this.#problem = null
    const same = () => jobs.open('shopify.sync').find((job) => covers(SyncInput.parse(job.input), input))
    if (team.isSet() && !same()) await this.#refuseWhereHeld()
    // One may have begun by itself meanwhile.
    return { jobId: same()?.id ?? this.#enqueue(input) }
  }

  async #refuseWhereHeld(): Promise<void> {
    const others = await this.#deps.team.others()
    const other = others.find(({ name }) => name === LEASE)
    if (other) throw held(other.device)
  }

  #enqueue(input: object): string {
    const jobId = this.#deps.jobs.enqueue('shopify.sync', input)
    this.#tell()
    return jobId
  }

  async #undo(jobId: string, productIds: readonly string[] | undefined): Promise<{ undone: number }> {
    if (!this.#deps.jobs.ended(jobId)) {
      throw new AppError('conflict', 'This sync is still under way. Wait for its end, or cancel it first.')
    }
    const rows = this.#changes
      .rows(jobId)
      .filter(({ productId, action }) => action !== 'held' && (productIds?.includes(productId) ?? true))
    let undone = 0
    for (let start = 0; start < rows.length; start += UNDONE) {
      // A show may be on: nobody waits for all of it.
      await setImmediate()
      const some = rows.slice(start, start + UNDONE)
      undone += this.#deps.catalogue.undo(
        some.map(({ productId, action, changes }) => ({
          productId,
          fields: action === 'created' ? archiving : changes,
        })),
        (ids) => this.#changes.remove(jobId, ids),
      )
    }
    this.#tell()
    return { undone }
  }

  #take(sessionId: string, productIds: readonly string[] | undefined): { taken: number } {
    const taken = this.#deps.catalogue.take(sessionId, productIds)
    this.#tell()
    return { taken: taken.length }
  }

  /** What this desktop knows of the last sync. */
  #memory(): SyncMemory {
    return memoryOf(this.#notes.read().memory, this.#configured()?.shop ?? '')
  }

  async #run(job: JobRun): Promise<void> {
    const shop = this.#deps.setup()
    if (!shop) throw new AppError('conflict', 'No Shopify shop is set up on this computer any more.')
    try {
      await this.#synced(job, shop)
      this.#problem = null
      this.#failedAt = null
    } catch (error) {
      // What needs a person's decision is not tried again at every look at the app; what is our own fault not at once.
      if (error instanceof AppError && error.code === 'conflict') this.#problem = error.message
      if (!(error instanceof TryLater)) this.#failedAt = this.#deps.ports.clock.elapsed()
      if (!(error instanceof ShopifyFailure)) throw error
      if (error.passes) throw new TryLater(error.message, { afterMs: error.waitMs ?? 0, cause: error })
      this.#problem = error.message
      throw new AppError(error.code === 'internal' ? 'offline' : error.code, error.message, { cause: error })
    } finally {
      this.#tell()
    }
  }

  async #synced(job: JobRun, shop: ShopSetup): Promise<void> {
    const { team, ports } = this.#deps
    const inTeam = team.isSet()
    const state = inTeam ? await this.#taken() : this.#notes.read().memory
    using heartbeat = new Heartbeat({ team: inTeam ? team : null, lease: LEASE, clock: ports.clock, job })
    // Loaded with the first sync: no start pays for it.
    const { ShopifyClient: Client } = await import('./client.ts')
    const client = new Client({
      ...shop,
      ports,
      protect: ports.protect,
      onWait: (wait) => heartbeat.note(wait && wait.ms >= 2_000 ? waitWords(wait) : null),
    })
    const kept: { memory: SyncMemory | null } = { memory: null }
    try {
      // What another desktop brought is here before it is compared with Shopify.
      if (inTeam) await team.exchange().catch(later)
      const noted = memoryOf(state, shop.shop)
      const memory = await this.#brought(client, job, { noted, signal: heartbeat.signal })
      this.#notes.write({ memory, lastSyncAt: ports.clock.now() })
      // Where what it brought cannot reach the server yet, it waits here like every edit, and the next sync asks for it again.
      if (inTeam) await team.exchange().then(() => (kept.memory = memory), this.#noteLeaseProblem)
    } finally {
      if (inTeam) await team.end(LEASE, kept.memory).catch(this.#noteLeaseProblem)
    }
    this.#schedule.postpone()
  }

  async #brought(
    client: ShopifyClient,
    job: JobRun,
    { noted, signal }: { noted: SyncMemory; signal: AbortSignal },
  ): Promise<SyncMemory> {
    const { db, checkpoint, catalogue, ports } = this.#deps
    const { SyncRun } = await import('./sync-run.ts')
    await using checkpoints = new HeldCheckpoints(db, checkpoint)
    const wrote = (): void => checkpoints.wrote()
    return await new SyncRun({ ...ports, client, catalogue, changes: this.#changes, wrote }, job, signal).run(noted)
  }

  /** The work for all, and what the last one noted. */
  async #taken(): Promise<unknown> {
    const { team } = this.#deps
    const taken = await team.take(LEASE, { restMs: 0 }).catch(later)
    if (taken.status === 'held') throw held(taken.device)
    return taken.status === 'taken' ? taken.state : {}
  }

  readonly #noteLeaseProblem = (error: unknown): void => {
    this.#deps.ports.log.warn('the team could not be told of a sync with Shopify', { error })
  }

  #tell(): void {
    this.#deps.events.emit('changed', { feature: 'shopify' })
  }
}

/** What was brought leaves for the archive, in whichever of these states it is. */
const archiving = (['active', 'draft'] as const).map((after) => ({ name: 'status', before: 'archived', after }))

/** The team's database is out of reach, or busy: that passes. */
function later(error: unknown): never {
  const passes = error instanceof AppError && (error.code === 'offline' || error.code === 'busy')
  throw passes ? new TryLater(error.message, { cause: error }) : error
}

/** Whether a sync that is under way does what is asked for. */
function covers(open: z.output<typeof SyncInput>, asked: { full: boolean; archiveMany: boolean }): boolean {
  return (open.full || !asked.full) && (open.archiveMany || !asked.archiveMany)
}

function held(device: string): AppError {
  return new AppError(
    'busy',
    `${device} brings the changes from Shopify for the team right now. They arrive here by themselves.`,
  )
}

function waitWords({ ms, asked }: { readonly ms: number; readonly asked: boolean }): string {
  const seconds = Math.ceil(ms / 1000)
  return asked
    ? `Shopify asks us to slow down; about ${seconds} s`
    : `Shopify did not answer; another try in ${seconds} s`
}
