import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import type { updates, UpdateChannel, UpdatesState } from '#shared/updates.ts'
import type { KeyObject } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import { describeRecord, notInstalled, offered, offeredAgain } from './describe.ts'
import type { Release, UpdateEngine, UpdatePlatform } from './engine.ts'
import { goBack, usableWayBack } from './go-back.ts'
import type { DataFiles } from './go-back.ts'
import { heldBack } from './hold-back.ts'
import { isUnchanged } from './package-file.ts'
import type { Fetch } from './safe-fetch.ts'
import type { UpdateRecord } from './update-record.ts'
import { UpdateStore } from './update-store.ts'

export interface UpdatesDeps {
  readonly db: Db
  readonly events: Events
  readonly clock: Clock
  readonly log: Log
  readonly fetch: Fetch
  readonly random: () => number
  readonly record: UpdateRecord
  /** Null where nothing is installed that could be updated. */
  readonly platform: UpdatePlatform | null
  readonly version: string
  /** The version of the local database. */
  readonly dbSchema: number
  /** Where releases are: `URL/CHANNEL/PLATFORM-ARCH.release`, and their files beside it. */
  readonly feedUrl: string
  readonly trusted: readonly KeyObject[]
  /** Backs the database up, and answers the path of the backup. */
  readonly backUp: () => Promise<string>
  readonly files: DataFiles
}

const FIRST_CHECK_MS = 30_000
const CHECK_EVERY_MS = 4 * 60 * 60_000

type Phase = UpdatesState['phase']

/** What `exit` did: where it failed, and the app was to start again, somebody else has to start it. */
export type Exit = 'nothing' | 'installed' | 'failed'

type Asked = Parameters<typeof import('./find-release.ts').findRelease>[1]

interface Armed {
  readonly kind: 'install' | 'back'
  readonly restart: boolean
}

/**
 * Updates of this copy of Hudson.
 *
 * 1. Nothing of a release is believed, and no byte of a package fetched, before its manifest was found to be signed by us, for
 *    this program, channel and computer, and neither expired nor older than one that was seen.
 * 2. A package is measured when it comes and again right before it is put in place; one that changed is thrown away.
 * 3. Nothing is put in place during a show or within two hours of one, nor before the database was backed up and the package of
 *    this version was kept.
 * 4. Only a person installs, goes down or goes back.
 */
export class Updates implements Disposable {
  readonly handlers: Handlers<typeof updates>
  readonly #deps: UpdatesDeps
  readonly #store: UpdateStore
  readonly #closing = new AbortController()
  #release: Release | null = null
  #phase: Phase
  #progress: UpdatesState['progress'] = null
  #reason: string | undefined
  #busy: Promise<unknown> | null = null
  #hasLooked = false
  /** What is put in place once everything is closed. */
  #armed: Armed | null = null
  #cancelCheck: () => void = () => {}

  constructor(deps: UpdatesDeps) {
    this.#deps = deps
    this.#store = new UpdateStore(deps.record)
    const { ready, onQuit, failure } = deps.record.state
    this.#phase = failure !== null ? 'failed' : ready === null ? 'idle' : onQuit ? 'waiting' : 'ready'
    this.#reason = failure ?? undefined
    this.handlers = {
      'updates.state': () => this.#state(),
      'updates.setChannel': ({ channel }) => this.#setChannel(channel),
      'updates.check': ({ down = false }) => this.#checkNow({ down, byHand: true }),
      'updates.install': ({ when }) => this.#install(when),
      'updates.cancel': () => {
        this.#deps.record.change({ onQuit: false })
        if (this.#phase === 'waiting') this.#become('ready')
        return this.#state()
      },
      'updates.rollback': () => this.#rollback(),
    }
  }

  /** Begins to look by itself: soon, then every few hours, never all copies at once. */
  start(): void {
    if (this.#deps.platform) this.#checkIn(FIRST_CHECK_MS * (1 + this.#deps.random()))
  }

  /** This version runs: the window is there and the database is open. */
  bootSucceeded(): void {
    const { record, log, version } = this.#deps
    if (record.state.boot === null) return
    log.info('the new version has started', { version })
    record.change({ boot: null })
    this.#tell()
  }

  /** Before everything is closed: whether something is to be put in place afterwards. */
  prepareExit(): void {
    const { record, db, clock, log } = this.#deps
    const { ready, onQuit } = record.state
    if (!this.#armed && !(onQuit && ready)) return
    const held = heldBack(db, clock.now())
    if (held) log.info('an update was held back', { ...held })
    this.#armed = held ? null : (this.#armed ?? { kind: 'install', restart: false })
  }

  /** Once everything is closed: puts the other version in place. Never rejects. */
  async exit(): Promise<Exit> {
    const { record, platform, log, version, files, clock } = this.#deps
    const armed = this.#armed
    if (!armed || !platform) return 'nothing'
    const { engine } = platform
    try {
      if (armed.kind === 'back') await goBack({ record, engine, version, files, now: clock.now() })
      else await this.#putInPlace(engine, armed)
      return 'installed'
    } catch (error) {
      log.error('an update was not installed', { error })
      const told = error instanceof AppError
      const failure = told ? error.message : 'The update could not be installed. Nothing was changed.'
      record.change({ boot: null, onQuit: false, failure, ready: told ? null : record.state.ready })
      return armed.restart ? 'failed' : 'nothing'
    }
  }

  [Symbol.dispose](): void {
    this.#cancelCheck()
    this.#closing.abort(new AppError('busy', 'Hudson is closing. Nothing was installed.'))
  }

  #checkIn(ms: number): void {
    this.#cancelCheck = this.#deps.clock.after(ms, () => {
      this.#checkNow({ down: false, byHand: false })
        .catch((error: unknown) => this.#deps.log.info('no update could be looked for', { error }))
        .finally(() => this.#checkIn(CHECK_EVERY_MS * (0.75 + this.#deps.random() / 2)))
    })
  }

  /** Not while it is looked on the other channel: what is found there would be offered on this one. */
  #setChannel(channel: UpdateChannel): Promise<UpdatesState> {
    return this.#alone(async () => {
      const { record, platform } = this.#deps
      if (record.state.channel !== channel) {
        // What is on its way came from the other channel.
        record.change({ channel, ready: null, onQuit: false, failure: null })
        this.#release = null
        this.#become('idle')
      }
      return platform ? await this.#look(platform, { down: false, byHand: true }) : this.#state()
    })
  }

  #checkNow(asked: Asked): Promise<UpdatesState> {
    return this.#alone(async () => await this.#look(this.#platform(), asked))
  }

  async #look(platform: UpdatePlatform, asked: Asked): Promise<UpdatesState> {
    const { record, clock } = this.#deps
    const before = this.#phase
    this.#become('checking')
    try {
      // What judges a release is not needed before there is one.
      const { findRelease } = await import('./find-release.ts')
      const { release, reason } = await findRelease({ ...this.#deps, platform, signal: this.#closing.signal }, asked)
      record.change({ checkedAt: clock.now(), failure: null })
      this.#reason = reason
      this.#hasLooked = true
      const { ready, onQuit } = record.state
      // What was downloaded and is not offered any more was perhaps taken back.
      const stands = ready !== null && release?.manifest.version === ready.version
      if (ready && !stands) record.change({ ready: null, onQuit: false })
      this.#release = release
      this.#become(stands ? (onQuit ? 'waiting' : 'ready') : 'idle')
    } catch (error) {
      this.#fail(error, asked.byHand ? 'failed' : before)
      throw error
    }
    return this.#state()
  }

  #install(when: 'now' | 'quit'): Promise<UpdatesState> {
    return this.#alone(async () => {
      const { record } = this.#deps
      const platform = this.#platform()
      if (when === 'now') this.#refuseDuringShow()
      if (!record.state.ready) await this.#download(platform)
      await this.#makeWayBack(platform)
      if (when === 'quit') {
        record.change({ onQuit: true })
        this.#become('waiting')
        return this.#state()
      }
      // It took a while, and a show may have begun.
      this.#refuseDuringShow()
      this.#armed = { kind: 'install', restart: true }
      this.#become('installing')
      platform.quit()
      return this.#state()
    })
  }

  async #download(platform: UpdatePlatform): Promise<void> {
    const { record } = this.#deps
    const release = this.#release
    if (!release) throw new AppError('not-found', 'There is no update to install. Look for one first.')
    const { manifest, file, isDown } = release
    const { size, sha512 } = file
    this.#progress = { done: 0, total: size }
    this.#become('downloading')
    try {
      const onProgress = (done: number): void => this.#step(done, size)
      const path = await platform.engine.download(release, { signal: this.#closing.signal, onProgress })
      const { version, dbSchema, rollbackAllowed, notes, issuedAt } = manifest
      const direction = isDown ? ('down' as const) : ('up' as const)
      const about = { version, kind: file.kind, dbSchema, rollbackAllowed, notes, issuedAt, direction }
      const found = { ...about, path, size, sha512 }
      // The downloader may answer with a file of before, which it measured then.
      if (!(await isUnchanged(found))) throw new AppError('conflict', changed)
      record.change({ ready: await this.#store.take(found), failure: null })
      this.#progress = null
      this.#become('ready')
    } catch (error) {
      this.#progress = null
      this.#fail(error, 'failed')
      throw error
    }
  }

  /** A backup, and the package of this version. */
  async #makeWayBack(platform: UpdatePlatform): Promise<void> {
    const { record, version, dbSchema, backUp } = this.#deps
    const backup = await backUp()
    const running = await this.#store.keepRunning(platform, version, dbSchema)
    if (running) record.change({ prepared: { ...running, backup } })
    await this.#store.sweep()
  }

  async #rollback(): Promise<UpdatesState> {
    const platform = this.#platform()
    this.#refuseDuringShow()
    const { record, version } = this.#deps
    await usableWayBack(record.state, version)
    this.#armed = { kind: 'back', restart: true }
    this.#become('installing')
    platform.quit()
    return this.#state()
  }

  /** Watched from now on until it has started well. */
  async #putInPlace(engine: UpdateEngine, { restart }: Armed): Promise<void> {
    const { record } = this.#deps
    const { ready, prepared, previous, installed } = record.state
    if (!ready || !(await isUnchanged(ready))) throw new AppError('conflict', changed)
    const boot = { version: ready.version, tries: 0 }
    record.change({ boot, previous: prepared ?? previous, installed: ready, prepared: null, failure: null })
    try {
      await engine.install(ready, { restart })
    } catch (error) {
      record.change({ boot: null, previous, installed, prepared })
      throw error
    }
    record.change({ ready: null, onQuit: false })
  }

  #state(): UpdatesState {
    const { record, platform, version, db, clock } = this.#deps
    const reason = platform === null ? notInstalled : this.#reason
    return {
      ...describeRecord(record.state, version),
      supported: platform !== null,
      available: offered(this.#release) ?? offeredAgain(record.state),
      isNewest: this.#hasLooked && this.#release === null && this.#reason === undefined,
      phase: this.#phase,
      progress: this.#progress,
      heldBack: heldBack(db, clock.now()),
      ...(reason !== undefined && { reason }),
    }
  }

  #platform(): UpdatePlatform {
    const { platform } = this.#deps
    if (!platform) throw new AppError('not-found', notInstalled)
    return platform
  }

  #refuseDuringShow(): void {
    const held = heldBack(this.#deps.db, this.#deps.clock.now())
    if (held) throw new AppError('conflict', held.reason)
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy) throw new AppError('busy', 'An update is being looked for or fetched already.')
    const running = work().finally(() => (this.#busy = null))
    this.#busy = running.catch(() => undefined)
    return running
  }

  #fail(error: unknown, phase: Phase): void {
    this.#reason =
      error instanceof AppError ? error.message : 'Something went wrong with the update. Nothing was installed.'
    if (!(error instanceof AppError)) this.#deps.log.error('an update failed', { error })
    this.#become(phase)
  }

  /** At most a hundred times, however many pieces it comes in. */
  #step(done: number, total: number): void {
    const before = this.#progress?.done ?? 0
    if (done < total && done - before < total / 100) return
    this.#progress = { done, total }
    this.#tell()
  }

  #become(phase: Phase): void {
    this.#phase = phase
    if (phase === 'idle' && this.#release) this.#reason = undefined
    this.#tell()
  }

  #tell(): void {
    this.#deps.events.emit('changed', { feature: 'updates' })
  }
}

const changed =
  'The package was changed after it had been checked. It was thrown away, and nothing was installed. Try again.'
