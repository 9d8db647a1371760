import { AppError } from '#shared/app-error.ts'
import type { Feature, Handlers } from '#shared/contract.ts'
import type { SyncStatus, sync } from '#shared/sync.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { entities } from '../db/schema.ts'
import { featuresOf } from '../db/write.ts'
import type { Writer } from '../db/write.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import { adopt } from './adopt.ts'
import type { Applied } from './apply.ts'
import type { Bulk } from './bulk.ts'
import { classifyError } from './classify-error.ts'
import type { Connection } from './connect.ts'
import { SyncEngine } from './engine.ts'
import { Exchange } from './exchange.ts'
import { Held } from './held.ts'
import type { Journal } from './journal.ts'
import { Leases } from './leases.ts'
import { Outbox } from './outbox.ts'
import { repairQueue } from './repair.ts'
import type { Repair } from './repair.ts'
import { meetings } from './presence.ts'
import type { Remote, Resolution } from './remote.ts'
import { SyncState } from './state.ts'
import { readStatus } from './status.ts'
import type { Meeting } from '../team.ts'

export interface SyncDeps {
  readonly db: Db
  readonly writer: Writer
  readonly events: Events
  readonly ports: { readonly clock: Clock; readonly log: Log; readonly random: () => number }
  readonly journal: Journal
  /** The team's database; null where none is set up, yet. */
  readonly connection: Connection | null
  /** Hears of a large pull, whose rows were written by another thread. */
  readonly onBulk: () => void
  /** Hears, inside its transaction, that damaged edits of the queue were mended. */
  readonly onRepair?: (repair: Repair) => void
  /** Hears of what failed on this computer: a damaged database, a full disk. */
  readonly onHere?: (error: unknown) => void
}

/** How often pages hear that something moved, at most, in ms. */
const TELL_MS = 250

/**
 * This desktop's part in the team. To be made before any other observer of the writer: what it records must be durable before
 * anybody hears of a write.
 */
export class Sync implements AsyncDisposable {
  readonly #deps: SyncDeps
  readonly #state: SyncState
  readonly #outbox: Outbox
  readonly #held: Held
  #link: Link | null
  #started = false
  #closed = false
  #leaving: Promise<unknown> = Promise.resolve()
  readonly handlers: Handlers<typeof sync>
  /** Work that one desktop does for all. */
  readonly leases: Leases
  /** Where people are. */
  readonly meeting: Meeting
  #progress: SyncStatus['progress'] = null
  #journalBroken = false
  #toldOf: Set<Feature> | null = null
  #cancelTelling: () => void = () => {}
  /** What `sync.status` said when pages were last told to ask. */
  #shown = ''

  constructor(deps: SyncDeps) {
    this.#deps = deps
    const { db, writer, journal, ports, connection } = deps
    const { clock } = ports
    this.#state = new SyncState(db)
    this.#outbox = new Outbox({
      db,
      clock,
      state: this.#state,
      journal,
      onWrite: (urgent) => this.#noteWrite(urgent),
      onJournalFailure: (error) => this.#noteJournal(error),
    })
    writer.observe(this.#outbox.observer())
    this.#held = new Held({ db, clock, writer, outbox: this.#outbox })
    this.#link = connection && this.#connect(connection)
    this.handlers = this.#handlers()
    this.leases = new Leases(
      () => this.#teamLink(),
      () => this.now(),
      clock,
    )
    this.meeting = meetings(() => this.#teamLink())
  }

  /** Begins to exchange. Where the team's database is out of reach nothing waits for it. */
  start(): void {
    this.#started = true
    if (!this.#link) return
    if (!this.#state.joined) adopt({ db: this.#deps.db, state: this.#state, outbox: this.#outbox })
    this.#link.engine.start()
  }

  /** Another database from now on, or none. What waits here is kept, and goes to the one that it belongs to. */
  async use(connection: Connection | null): Promise<void> {
    if (this.#closed) return
    const before = this.#link
    this.#link = connection && this.#connect(connection)
    this.#leaving = Promise.all([this.#leaving, close(before)])
    await this.#leaving
    if (this.#closed) return
    if (this.#started) this.start()
    this.#tell('sync')
  }

  status(): SyncStatus {
    return readStatus({
      db: this.#deps.db,
      clock: this.#deps.ports.clock,
      state: this.#state,
      outbox: this.#outbox,
      held: this.#held,
      engine: this.#link?.engine ?? null,
      progress: () => this.#progress,
      journalBroken: () => this.#journalBroken,
    })
  }

  /** While another thread writes what it pulled, nobody else can: resolves when it is done. null = go ahead. */
  writing(): Promise<void> | null {
    return this.#link?.bulk?.idle() ?? null
  }

  /** Somebody is there. */
  noteCall(): void {
    this.#link?.engine.noteCall()
  }

  /** The computer woke up, or its network changed. */
  reconnect(): void {
    this.#link?.engine.reconnect()
  }

  /** The id that this desktop has in the team; null before it joined one. */
  get clientId(): string | null {
    return this.#state.joined ? this.#state.identity.clientId : null
  }

  /** Since when nothing comes from the team; null while it does, and where there is none. */
  get apartSince(): string | null {
    const engine = this.#link?.engine
    if (!engine) return null
    return engine.paused ? this.#state.get('lastPullAt') : 'since' in engine.state ? engine.state.since : null
  }

  /** The database of its team; null where it has not joined one. */
  get databaseId(): string | null {
    return this.#state.get('databaseId')
  }

  /** A row that is not here yet, from the server. Answers whether it is here now; false where it cannot be reached. */
  async fetchMissing(entity: 'products' | 'sessions', id: string): Promise<boolean> {
    if (this.#link?.engine.state.kind !== 'online') return false
    try {
      return await this.#link.exchange.fetch(entity, id)
    } catch (error) {
      this.#deps.ports.log.debug('a row could not be fetched', { error })
      return false
    }
  }

  /** A person's decision of a conflict. The rows that it changes are here when it answers. Throws `offline` and the like. */
  async resolve(resolution: Omit<Resolution, 'clientId' | 'incarnation'>): Promise<'resolved' | 'stale' | 'gone'> {
    const link = this.#reachable(
      "Conflicts are decided with the team's database. This one stays open until you are connected again.",
    )
    // What waits here may be an edit of the very field: it is judged first.
    await this.now()
    const answer = await link.remote.resolve({ ...link.exchange.caller, ...resolution }).catch((error: unknown) => {
      throw asAppError(error)
    })
    // The decision stands, whether or not its effect is here already.
    await this.now().catch((error: unknown) => this.#deps.ports.log.warn('a decision is not here yet', { error }))
    return answer
  }

  /** One full push and pull. Throws an AppError where it fails. */
  async now(): Promise<SyncStatus> {
    if (!this.#link) {
      throw new AppError('offline', 'No team database is set up on this computer. Everything is saved here.')
    }
    await this.#link.engine.now().catch((error: unknown) => {
      throw asAppError(error)
    })
    return this.status()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    // What was left a moment ago still works on this database.
    await Promise.all([this.#leaving, close(this.#link)])
    this.#cancelTelling()
    this.#deps.journal[Symbol.dispose]()
  }

  #teamLink() {
    const link = this.#link
    if (!link?.team) return null
    const { team, engine, exchange } = link
    return { calls: team, caller: () => exchange.caller, online: () => engine.state.kind === 'online' }
  }

  #connect({ remote, bulk, team }: Connection): Link {
    const { db, writer, ports, onHere } = this.#deps
    const exchange = new Exchange({
      db,
      writer,
      clock: ports.clock,
      state: this.#state,
      outbox: this.#outbox,
      remote,
      bulk,
      onApplied: (applied) => this.#noteApplied(applied),
      onBulk: (applied) => this.#noteBulk(applied),
      onProgress: (progress) => this.#noteProgress(progress),
    })
    const engine = new SyncEngine({
      ...ports,
      exchange,
      outbox: this.#outbox,
      state: this.#state,
      remote,
      showRunning: () => db.statement(`SELECT 1 FROM session_states WHERE mode <> 'off' LIMIT 1`).get() !== undefined,
      repair: () => this.#repair(),
      ...(onHere && { onHere }),
      onChange: () => this.#tell('sync'),
    })
    return { engine, exchange, remote, bulk, team }
  }

  #handlers(): Handlers<typeof sync> {
    return {
      'sync.status': () => this.status(),
      'sync.now': () => this.now(),
      'sync.pause': () => {
        this.#link?.engine.pause()
        return this.status()
      },
      'sync.resume': () => {
        this.#link?.engine.resume()
        return this.status()
      },
      'sync.held': () => ({ deletions: this.#held.list() }),
      'sync.consent': ({ accept }) => {
        if (accept) this.#held.accept()
        else this.#held.decline()
        this.#tell('sync')
        return this.status()
      },
      'sync.focus': () => {
        this.#link?.engine.focus()
        return {}
      },
    }
  }

  #reachable(otherwise: string) {
    if (this.#link?.engine.state.kind !== 'online') throw new AppError('offline', otherwise)
    return this.#link
  }

  #noteWrite(urgent: boolean): void {
    this.#link?.engine.noteWrite(urgent)
  }

  /** D2: an entry of the queue cannot be read. */
  #repair(): void {
    const { db, ports, journal, onRepair } = this.#deps
    const { clock, log } = ports
    const options = { thorough: true, ...(onRepair && { note: onRepair }) }
    const repair = repairQueue({ db, clock, state: this.#state }, journal.read(), options)
    this.#outbox.rewriteJournal()
    if (repair) log.warn('the queue of edits was mended', { ...repair })
  }

  #noteJournal(error: unknown): void {
    this.#journalBroken = error !== null
    if (error !== null) this.#deps.ports.log.error('the journal could not be written', { error })
    this.#tell('sync')
  }

  #noteApplied({ touched, confirmed }: Applied): void {
    this.#progress = null
    if (touched.has('conflicts') || touched.has('conflict_log')) this.#tell('conflicts')
    // Sessions and their items show whether one of them is disputed.
    if (touched.has('conflicts')) this.#tell('sessions')
    // Rows that waited do not any more.
    if (confirmed > 0) for (const feature of featuresOf(entities)) if (marksPending.has(feature)) this.#tell(feature)
    if (touched.size > 0 || confirmed > 0) this.#tell('sync')
  }

  /** The writer did not write it, so whoever listens to the writer is told here. */
  #noteBulk(applied: Applied): void {
    this.#deps.writer.announce(applied.changes)
    const shared = entities.filter((entity) => applied.touched.has(entity))
    for (const feature of featuresOf(shared)) this.#deps.events.emit('changed', { feature })
    this.#deps.onBulk()
    this.#noteApplied(applied)
  }

  #noteProgress({ rows, rev, head }: { rows: number; rev: number; head: number }): void {
    const from = this.#state.cursor.rev
    // By revs: how many rows there are is not known before they have come.
    if (rev >= head || head <= from) return
    this.#progress = { done: rows, total: Math.round((rows * (head - from)) / Math.max(1, rev - from)) }
    this.#tell('sync')
  }

  /** Not at once, and each feature once: a busy queue must not make every page read without end. */
  #tell(feature: Feature): void {
    const waiting = this.#toldOf
    if (waiting) return void waiting.add(feature)
    const features = new Set([feature])
    this.#toldOf = features
    this.#cancelTelling = this.#deps.ports.clock.after(TELL_MS, () => {
      this.#toldOf = null
      for (const one of features)
        if (one !== 'sync' || this.#showsOtherwise()) this.#deps.events.emit('changed', { feature: one })
    })
  }

  /** Pages that hear of a change ask anew, and who asks keeps us awake: that all is as it was is not worth it. */
  #showsOtherwise(): boolean {
    const { lastPushAt: _push, lastPullAt: _pull, latencyMs: _ms, nextTryAt: _next, ...shown } = this.status()
    const before = this.#shown
    this.#shown = JSON.stringify(shown)
    return this.#shown !== before
  }
}

/** All that leads to one database. */
interface Link {
  readonly engine: SyncEngine
  readonly exchange: Exchange
  readonly remote: Remote
  readonly bulk: Bulk | undefined
  readonly team: Connection['team']
}

async function close(link: Link | null): Promise<void> {
  // Together: each may wait for the other.
  await Promise.all([link?.engine[Symbol.asyncDispose](), link?.bulk?.[Symbol.asyncDispose]()])
}

/** Features whose rows show whether an edit waits. */
const marksPending: ReadonlySet<Feature> = new Set<Feature>(['products', 'sessions'])

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const { code, message } = classifyError(error)
  return new AppError(code, message, { cause: error })
}
