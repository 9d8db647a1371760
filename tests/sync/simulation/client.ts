import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Statement } from 'better-sqlite3'
import type { Clock } from '../../../src/main/clock.ts'
import { History } from '../../../src/main/db/history.ts'
import { openDb } from '../../../src/main/db/open.ts'
import type { Db } from '../../../src/main/db/database.ts'
import { Writer } from '../../../src/main/db/write.ts'
import type { Change } from '../../../src/main/db/write.ts'
import { adopt } from '../../../src/main/sync/adopt.ts'
import { Exchange } from '../../../src/main/sync/exchange.ts'
import { Held } from '../../../src/main/sync/held.ts'
import { JournalFile, readJournal } from '../../../src/main/sync/journal.ts'
import type { Journal, JournalContents } from '../../../src/main/sync/journal.ts'
import { checksum } from '../../../src/main/sync/mutation.ts'
import { Outbox } from '../../../src/main/sync/outbox.ts'
import { pendingMutations } from '../../../src/main/sync/outbox-rows.ts'
import { reconcile } from '../../../src/main/sync/reconcile.ts'
import type { Remote } from '../../../src/main/sync/remote.ts'
import { SyncState } from '../../../src/main/sync/state.ts'
import type { Disk } from './disk.ts'

const START = Date.parse('2026-11-22T10:00:00.000Z')

/** Virtual time, off by what this client's clock is off. */
export class SimClock implements Clock {
  readonly #time: { readonly ms: number }
  offMs = 0

  constructor(time: { readonly ms: number }) {
    this.#time = time
  }

  now(): string {
    return new Date(START + this.#time.ms + this.offMs).toISOString()
  }

  elapsed(): number {
    return this.#time.ms
  }

  after(): () => void {
    throw new Error('the protocol sets no timers')
  }
}

/** The process ended here. */
export class Killed extends Error {}

/** Parts of a client that a plant replaces. */
export interface ClientPlant {
  readonly opened?: (db: Db) => void
  readonly journal?: (journal: Journal) => Journal
  readonly writer?: (db: Db, clock: Clock) => Writer
}

export interface ClientOptions {
  readonly label: string
  /** Where its folders are made. */
  readonly root: string
  readonly time: { readonly ms: number }
  readonly disk: Disk
  readonly plant: ClientPlant
  readonly pageSize: number
  /** Makes what it calls, for the version that it is. */
  readonly remote: (client: SimClient) => Remote
}

/** What lives as long as the process. */
interface Core {
  readonly db: Db
  readonly state: SyncState
  readonly journal: Journal
  readonly outbox: Outbox
  readonly writer: Writer
  readonly history: History
  readonly held: Held
  readonly remote: Remote
  readonly exchange: Exchange
}

/**
 * A desktop: the real local database, outbox, journal and protocol, on files. It can be killed at any step, and started again
 * from what the disk holds then.
 */
export class SimClient {
  readonly label: string
  readonly clock: SimClock
  readonly #options: ClientOptions
  #core: Core | null = null
  #folder: string
  /** Counts starts: what belongs to an earlier one is dead. */
  life = 0
  online = true
  /** Version of the team's database that it speaks. */
  schema = 1
  /** An exchange is under way. */
  busy = false
  /** It ends after so many more steps; null = it does not. */
  #stepsLeft: number | null = null
  #cutPower = false
  /** Changes of its last write, for whoever keeps the books. */
  written: readonly Change[] = []
  /** The last mutation of which somebody was told that it is saved. */
  #saved = 0
  #kept: { readonly folder: string; readonly saved: number } | null = null
  /** How many mutations waited when it ended between two steps; null where it was killed. */
  #left: number | null = null
  readonly #peeks = new Map<string, Statement>()

  constructor(options: ClientOptions) {
    this.#options = options
    this.label = options.label
    this.clock = new SimClock(options.time)
    this.#folder = join(options.root, `${this.label}-0`)
    mkdirSync(this.#folder, { recursive: true })
    // Migrating is not what is tried here.
    const empty = join(options.root, '..', 'empty.db')
    if (!existsSync(empty)) openDb(empty)[Symbol.dispose]()
    copyFileSync(empty, this.dbPath)
  }

  get running(): boolean {
    return this.#core !== null
  }

  get core(): Core {
    if (!this.#core) throw new Error(`${this.label} is not running`)
    return this.#core
  }

  /** It died at a step and nobody has cleaned up yet. */
  get dead(): boolean {
    return this.#stepsLeft === 0
  }

  get journalPath(): string {
    return join(this.#folder, 'hudson.journal')
  }

  get dbPath(): string {
    return join(this.#folder, 'hudson.db')
  }

  /** Answers what is wrong with what it finds, a line each. */
  start(): string[] {
    const { plant, disk, time: _time, pageSize } = this.#options
    this.life += 1
    this.#stepsLeft = null
    disk.watch(this.journalPath, () => this.#step())
    const db = openDb(this.dbPath)
    plant.opened?.(db)
    this.#watchStatements(db)
    const { clock } = this
    const contents = readJournal(this.journalPath)
    const lost = this.#lost(db, contents)
    reconcile({ db, clock, journalPath: this.journalPath, note: () => {} }, contents)
    const state = new SyncState(db)
    const file = new JournalFile(this.journalPath)
    const journal = plant.journal?.(file) ?? file
    const outbox = new Outbox({ db, clock, state, journal, onWrite: () => {}, onJournalFailure: () => {} })
    const writer = plant.writer?.(db, clock) ?? new Writer(db, clock)
    writer.observe({
      afterCommit: (changes, _features, origin) => {
        if (origin === 'local') this.written = changes
        // Between the commit and the journal.
        this.#step()
      },
    })
    writer.observe(outbox.observer())
    writer.observe({ afterCommit: () => this.#step() })
    const remote = this.#options.remote(this)
    const exchange = new Exchange({ db, writer, clock, state, outbox, remote, schema: this.schema, pageSize })
    const held = new Held({ db, clock, writer, outbox })
    this.#core = { db, state, journal, outbox, writer, history: new History(writer), held, remote, exchange }
    return lost
  }

  /** What a write's caller is told: it is saved. */
  acknowledge(): void {
    this.#saved = lastMutation(this.core.db)
  }

  /** D1: what was acknowledged and waits is here twice. Answers what is not, a line each. */
  #lost(db: Db, journal: JournalContents): string[] {
    const waiting = pendingMutations(db).filter(({ id }) => id <= this.#saved)
    const written = new Map(journal.mutations.map((one) => [one.id, checksum(one)]))
    const lost = waiting.filter((one) => written.get(one.id) !== checksum(one))
    return [
      ...(lastMutation(db) < this.#saved
        ? [`${this.label} lost what it had acknowledged: mutation ${this.#saved}`]
        : []),
      ...lost.map(({ id }) => `${this.label}'s journal has no mutation ${id}, which was acknowledged and waits`),
    ]
  }

  /** A statement that is no step of the client. */
  peek(sql: string): Statement {
    const known = this.#peeks.get(sql)
    if (known) return known
    const statement = this.core.db.sqlite.prepare(sql)
    this.#peeks.set(sql, statement)
    return statement
  }

  join(): void {
    const { db, state, outbox } = this.core
    if (!state.joined) adopt({ db, state, outbox })
  }

  /** It is to end at its nth step from now, wherever that is. With the power goes what was not flushed. */
  killAfter(steps: number, { cutPower }: { readonly cutPower: boolean }): void {
    this.#stepsLeft = steps
    this.#cutPower = cutPower
  }

  /** It ends as it is told to, or between two steps. */
  stop(): void {
    const { db, journal, outbox } = this.core
    this.#left = this.dead ? null : outbox.count()
    if (!this.dead) this.#save()
    const old = this.#folder
    this.#options.disk.forget(this.journalPath)
    journal[Symbol.dispose]()
    db[Symbol.dispose]()
    this.#core = null
    this.#peeks.clear()
    this.busy = false
    this.#stepsLeft = null
    this.#folder = this.#next()
    this.life += 1
    rmSync(old, { recursive: true, force: true })
  }

  /** Another computer gets a copy of its data, while it is not running. */
  copyTo(other: SimClient): void {
    copyFiles(this.#folder, other.#folder)
    other.#saved = this.#saved
    other.schema = this.schema
  }

  /** A backup of its data, made while it is not running. */
  keep(): void {
    const folder = join(this.#options.root, `${this.label}-kept`)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    copyFiles(this.#folder, folder)
    this.#kept = { folder, saved: this.#saved }
  }

  /** The backup takes the place of its data; only where nothing waits, as that would be gone knowingly. */
  goBack(): boolean {
    if (!this.#kept || this.#left !== 0) return false
    for (const name of FILES) rmSync(join(this.#folder, name), { force: true })
    copyFiles(this.#kept.folder, this.#folder)
    this.#saved = this.#kept.saved
    this.#left = null
    return true
  }

  /** While it is full, nothing that needs another page can be written. */
  fillDisk(full: boolean): void {
    const { sqlite } = this.core.db
    const pages = sqlite.pragma('page_count', { simple: true }) as number
    sqlite.pragma(`max_page_count = ${full ? pages : NO_LIMIT}`)
  }

  #step(): void {
    if (this.#stepsLeft === null) return
    if (this.#stepsLeft > 0) {
      this.#stepsLeft -= 1
      if (this.#stepsLeft > 0) return
      this.#save()
    }
    throw new Killed(`${this.label} was killed`)
  }

  /** What a killed process, or a power cut, leaves for the next start. */
  #save(): void {
    const to = this.#next()
    mkdirSync(to)
    copyFiles(this.#folder, to)
    if (!this.#cutPower) return
    writeFileSync(join(to, 'hudson.journal'), this.#options.disk.durable(this.journalPath))
    // SQLite's log is on the disk with each commit at `synchronous=FULL`; below that, whatever came after the last checkpoint
    // may be gone: https://www.sqlite.org/pragma.html#pragma_synchronous
    const synchronous = this.core.db.sqlite.pragma('synchronous', { simple: true }) as number
    if (synchronous < FULL) rmSync(join(to, 'hudson.db-wal'), { force: true })
  }

  #next(): string {
    return join(this.#options.root, `${this.label}-${this.life}`)
  }

  #watchStatements(db: Db): void {
    const statement = db.statement.bind(db)
    const watched = new Map<string, Statement>()
    db.statement = (sql) => {
      let one = watched.get(sql)
      if (!one) watched.set(sql, (one = stepping(statement(sql), () => this.#step())))
      return one
    }
  }
}

const FILES = ['hudson.db', 'hudson.db-wal', 'hudson.journal'] as const
const FULL = 2

function copyFiles(from: string, to: string): void {
  for (const name of FILES) if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name))
}

const NO_LIMIT = 1_073_741_823

function lastMutation({ sqlite }: Db): number {
  return sqlite.prepare('SELECT coalesce(max(id), 0) FROM sync_outbox').pluck(true).get() as number
}

/** A statement that takes a step before it runs. */
function stepping(statement: Statement, step: () => void): Statement {
  const runs = new Set<string | symbol>(['run', 'get', 'all'])
  const proxy: Statement = new Proxy(statement, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...args: unknown[]): unknown => {
        if (runs.has(name)) step()
        const answer: unknown = Reflect.apply(value, target, args)
        return answer === target ? proxy : answer
      }
    },
  })
  return proxy
}
