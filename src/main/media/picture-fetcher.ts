import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { backOff } from './back-off.ts'
import { checkPicture } from './check-picture.ts'
import { download } from './download.ts'
import type { Download } from './download.ts'
import type { DueAddress, MediaFiles } from './media-files.ts'
import type { PictureStore } from './picture-store.ts'

export interface PictureFetcherDeps {
  readonly files: MediaFiles
  readonly store: PictureStore
  readonly clock: Clock
  readonly log: Log
  readonly fetch: typeof fetch
  readonly random: () => number
  /** Called after the state of a picture changed. */
  readonly changed: () => void
  /** Whether there is no room for what nobody asked for. */
  readonly full: () => boolean
}

const AT_ONCE = 4
/** How many addresses are taken from the table at a time. */
const BATCH = 64

/**
 * Fetches, in the background, the pictures that products name.
 *
 * 1. The table is the list of work: whatever ends the app, what was not finished is fetched after the next start.
 * 2. At most four addresses at once; the same address never twice, however many pictures name it.
 * 3. A file is on the disk before its row says so.
 * 4. Nothing here throws at the caller; what goes wrong is in the row, in words.
 */
export class PictureFetcher {
  readonly #deps: PictureFetcherDeps
  readonly #active = new Map<string, Promise<void>>()
  #queue: DueAddress[] = []
  #abort: AbortController | null = null
  #cancelTimer: (() => void) | null = null
  #idle: (() => void)[] = []

  constructor(deps: PictureFetcherDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#abort ??= new AbortController()
    this.poke()
  }

  /** Breaks off what is under way, as if it had not begun, and waits until it has let go. */
  async stop(): Promise<void> {
    this.#abort?.abort()
    this.#abort = null
    this.#queue = []
    this.#cancelTimer?.()
    this.#cancelTimer = null
    await Promise.all(this.#active.values())
    this.#settle()
  }

  /** There may be something to fetch. Does nothing before `start`. */
  poke(): void {
    if (!this.#abort) return
    this.#cancelTimer?.()
    this.#cancelTimer = null
    const { signal } = this.#abort
    while (this.#active.size < AT_ONCE) {
      const next = this.#take()
      if (!next) break
      this.#begin(next, signal)
    }
    if (this.#active.size === 0) {
      this.#sleep()
      this.#settle()
    }
  }

  /** Something is wanted before what was taken from the table. */
  hurry(): void {
    this.#queue = []
    this.poke()
  }

  /** Resolves when nothing is being fetched and nothing is due at this moment. */
  idle(): Promise<void> {
    if (!this.#abort || this.#active.size === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  #take(): DueAddress | undefined {
    if (this.#queue.length === 0) this.#queue = this.#deps.files.due(BATCH, this.#deps.full())
    this.#queue = this.#queue.filter((one) => !this.#active.has(one.url))
    return this.#queue.shift()
  }

  #begin(due: DueAddress, signal: AbortSignal): void {
    // Some addresses are settled without any waiting; thousands of them in a row would let nobody else have a turn.
    const work = setImmediate()
      .then(() => this.#fetchOne(due, signal))
      .catch((error: unknown) => {
        this.#deps.log.error('a picture could not be stored', { address: withoutQuery(due.url), error })
        this.#postpone(due, 'The picture could not be stored on this machine')
      })
      .then(() => {
        this.#active.delete(due.url)
        this.poke()
      })
    this.#active.set(due.url, work)
  }

  async #fetchOne(due: DueAddress, signal: AbortSignal): Promise<void> {
    const { files, store, clock, fetch, changed } = this.#deps
    const known = files.known(due.url)
    if (known && store.read(known.file)) {
      files.ready(due.url, known)
      return changed()
    }
    const result = await download(due.url, { fetch, clock, signal })
    if (result.outcome !== 'ok') return this.#note(due, result)
    const check = await checkPicture(result.bytes)
    if (!check.ok) return this.#note(due, { outcome: 'refused', problem: check.problem })
    const file = await store.keep(result.bytes, check.picture.ending)
    // The app may have closed its database meanwhile; the file is found again by its content.
    if (signal.aborted) return
    files.ready(due.url, { file, bytes: result.bytes.length, width: check.picture.width, height: check.picture.height })
    changed()
  }

  #note(due: DueAddress, result: Exclude<Download, { outcome: 'ok' }>): void {
    if (result.outcome === 'stopped') return
    if (result.outcome === 'later') return this.#postpone(due, result.problem, result.pauseHostMs)
    const { files, log, changed } = this.#deps
    log.info('a picture was refused', { address: withoutQuery(due.url), problem: result.problem })
    files.failed(due.url, { state: 'failed', problem: result.problem, attempts: due.attempts + 1, nextTryAt: null })
    changed()
  }

  #postpone(due: DueAddress, problem: string, pauseHostMs = 0): void {
    if (!this.#abort) return
    const { files, clock, log, random, changed } = this.#deps
    const attempts = due.attempts + 1
    const { state, delayMs } = backOff(attempts, random)
    const nextTryAt = later(clock, Math.max(delayMs, pauseHostMs))
    log.debug('a picture is tried again later', { address: withoutQuery(due.url), problem, attempts, nextTryAt })
    files.failed(due.url, { state, problem, attempts, nextTryAt })
    const origin = URL.parse(due.url)?.origin
    if (pauseHostMs > 0 && origin) {
      files.pause(`${origin}/`, nextTryAt)
      // Some of what was taken from the table may not be due any more.
      this.#queue = []
    }
    changed()
  }

  /** Wakes when the next address is due. */
  #sleep(): void {
    const { files, clock, full } = this.#deps
    const at = files.nextDueAt(full())
    if (at === null) return
    const ms = Math.max(Date.parse(at) - Date.parse(clock.now()), 0)
    // Long timers drift over sleep, and setTimeout cannot count further than 24 days.
    this.#cancelTimer = clock.after(Math.min(ms, 60_000), () => this.poke())
  }

  #settle(): void {
    const waiting = this.#idle
    this.#idle = []
    for (const resolve of waiting) resolve()
  }
}

function later(clock: Clock, ms: number): string {
  return new Date(Date.parse(clock.now()) + ms).toISOString()
}

/** What follows the question mark may be a key to the file. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '')
}
