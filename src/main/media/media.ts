import { AppError } from '#shared/app-error.ts'
import type { MediaSettings, MediaStatus } from '#shared/media.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { Change, Writer } from '../db/write.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import { Announcer } from './announcer.ts'
import { Arrivals } from './arrivals.ts'
import { CacheRows } from './cache-rows.ts'
import { checkPicture } from './check-picture.ts'
import { MediaFiles } from './media-files.ts'
import type { ReadyFile } from './media-files.ts'
import { PictureCache } from './picture-cache.ts'
import { PictureFetcher } from './picture-fetcher.ts'
import { isPictureName, PictureStore } from './picture-store.ts'
import type { StoredPicture } from './picture-store.ts'

/** What the media service reaches the outside with; tests bring their own. */
export interface MediaPorts {
  readonly clock: Clock
  readonly log: Log
  readonly fetch: typeof fetch
  readonly random: () => number
}

export interface MediaDeps {
  readonly db: Db
  readonly writer: Writer
  readonly events: Events
  readonly mediaDir: string
  /** The room that the pictures may take, as it is set now. */
  readonly limits: () => MediaSettings
  readonly ports: MediaPorts
}

/** Long enough after the start not to be in its way. */
const SWEEP_AFTER_MS = 60_000
/** Tidied so long after something was fetched or set, once for many of them. */
const TIDY_AFTER_MS = 20_000

/**
 * The pictures of this machine: what is wanted, what is here, and bringing the one to the other.
 *
 * 1. A picture that any write adds is noted in the same transaction, so none is forgotten by a crash.
 * 2. Removing a picture keeps its file until a later start: undo brings it back whole.
 * 3. A row whose file was lost is fetched again at the next start.
 * 4. A file that is away to save space (picture-cache.ts) is fetched again when a page asks for it.
 */
export class Media implements AsyncDisposable {
  readonly #store: PictureStore
  readonly #files: MediaFiles
  readonly #fetcher: PictureFetcher
  readonly #announcer: Announcer
  readonly #rows: CacheRows
  readonly #cache: PictureCache
  readonly #arrivals: Arrivals
  readonly #ports: MediaPorts
  #run: { readonly stop: AbortController; readonly starting: Promise<void> } | null = null
  #cancelSweep: (() => void) | null = null
  #sweeping: Promise<void> = Promise.resolve()

  constructor({ db, writer, events, mediaDir, limits, ports }: MediaDeps) {
    const { clock, log } = ports
    this.#ports = ports
    this.#store = new PictureStore(mediaDir)
    this.#files = new MediaFiles({ db, clock })
    this.#announcer = new Announcer({ events, clock })
    this.#rows = new CacheRows({ db, clock })
    const wanted = (): void => this.#fetchNow()
    const gone = (): void => this.#announcer.changed()
    this.#cache = new PictureCache({ rows: this.#rows, store: this.#store, limits, clock, log, changed: gone, wanted })
    this.#arrivals = new Arrivals(this.#store, clock)
    const changed = (): void => {
      this.#arrivals.look()
      this.#announcer.changed()
      this.#tidySoon()
    }
    const full = (): boolean => this.#cache.isFull()
    this.#fetcher = new PictureFetcher({ ...ports, files: this.#files, store: this.#store, changed, full })
    const known = limits()
    const room = { capMb: known.capMb, keepDays: known.keepDays }
    events.on('changed', ({ feature }) => {
      const { capMb, keepDays } = limits()
      if (feature !== 'settings' || (capMb === room.capMb && keepDays === room.keepDays)) return
      Object.assign(room, { capMb, keepDays })
      events.emit('changed', { feature: 'media' })
      this.#tidySoon()
    })
    writer.observe({
      beforeCommit: (changes) => changes.filter(isImage).forEach((change) => this.#noteChange(change)),
      afterCommit: (changes) => {
        for (const { id } of changes.filter(startsShow)) this.prefetch({ sessionId: id })
        if (!changes.some(isImage)) return
        // The writer announces every other feature that shows pictures.
        events.emit('changed', { feature: 'live' })
        this.#fetcher.poke()
      },
    })
  }

  /**
   * Begins to fetch, now and whenever a picture is added, until it is disposed of. `sweep: false`: files that no row mentions
   * stay, as rows may be missing.
   */
  start({ sweep = true }: { readonly sweep?: boolean } = {}): void {
    if (this.#run) return
    const stop = new AbortController()
    const orphans = this.#files.orphans()
    const startedAt = Date.parse(this.#ports.clock.now())
    this.#run = { stop, starting: this.#begin(stop.signal) }
    this.#cache.lookIn(SWEEP_AFTER_MS)
    if (!sweep) return
    this.#cancelSweep = this.#ports.clock.after(SWEEP_AFTER_MS, () => {
      this.#sweeping = this.#sweep(orphans, startedAt)
    })
  }

  /** Fetches what rows name that came in past the writer. */
  wantAll(): void {
    this.#files.wantAll()
    this.#announcer.changed()
    this.#fetcher.poke()
  }

  /** The file of that name; null where it is not here. */
  read(name: string): StoredPicture | null {
    const stored = this.#store.read(name)
    if (stored) this.#cache.use(name)
    return stored
  }

  /**
   * The same for a page, by the studio server and the desktop's own scheme: a picture that is away is fetched, and waited for a
   * little while.
   */
  async open(name: string): Promise<StoredPicture | null> {
    const stored = this.read(name)
    if (stored || !isPictureName(name)) return stored
    if (!this.#arrivals.has(name) && !this.#rows.wake(name)) return null
    const arrival = this.#arrivals.of(name)
    this.#fetchNow()
    return await arrival
  }

  /** Whether there is no room for what nobody asked for. */
  isFull(): boolean {
    return this.#cache.isFull()
  }

  /** Of all pictures, or of a session's. */
  status(sessionId: string | undefined): MediaStatus {
    return this.#cache.status(sessionId)
  }

  /** Fetches what is missing of a session, of a product, or of all. */
  prefetch({ sessionId, productId }: { sessionId?: string | undefined; productId?: string | undefined }): void {
    if (sessionId !== undefined) {
      this.#rows.opened(sessionId)
      this.#rows.wakeOf({ sessionId })
    }
    if (productId !== undefined) this.#rows.wakeOf({ productId })
    if (sessionId === undefined && productId === undefined) this.#rows.wakeMissing(this.#cache.roomBytes())
    this.#fetchNow()
  }

  /** Checks a picture and stores it, for `setReady`. Throws `bad-call` with the reason where it is refused. */
  async keep(bytes: Uint8Array): Promise<ReadyFile> {
    const check = await checkPicture(bytes)
    if (!check.ok) throw new AppError('bad-call', `${check.problem}. Choose a PNG, JPEG, WebP, GIF or AVIF picture.`)
    const { ending, width, height } = check.picture
    return { file: await this.#store.keep(bytes, ending), bytes: bytes.length, width, height }
  }

  /** The picture of an image is a file that was kept. May be called inside a writer's transaction. */
  setReady(imageId: string, file: ReadyFile): void {
    this.#files.setReady(imageId, file)
  }

  /** Tells the pages that pictures changed, where no write to a shared table does. */
  announce(): void {
    this.#announcer.changed()
  }

  /** Whether the picture of an image is here. */
  isReady(imageId: string): boolean {
    return this.#files.isReady(imageId)
  }

  /** Fetches a picture anew that failed. */
  retry(imageId: string): void {
    this.#files.restart(imageId)
    this.#announcer.changed()
    this.#fetcher.poke()
  }

  /** Resolves when nothing is being fetched or swept and nothing is due at this moment. */
  async idle(): Promise<void> {
    await this.#run?.starting
    await this.#sweeping
    await this.#fetcher.idle()
    await this.#cache.idle()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancelSweep?.()
    this.#run?.stop.abort()
    this.#announcer.stop()
    this.#arrivals.stop()
    await this.#run?.starting
    await this.#sweeping
    await this.#fetcher.stop()
    await this.#cache.stop()
  }

  /** What is asked for goes before what was taken up already. */
  #fetchNow(): void {
    this.#announcer.changed()
    this.#fetcher.hurry()
  }

  #tidySoon(): void {
    if (this.#run) this.#cache.lookIn(TIDY_AFTER_MS)
  }

  #noteChange({ id, before, after }: Change): void {
    const address = after?.['source_url'] ?? null
    if (address === null) return
    if (before === null) this.#files.want(id)
    else if (before['source_url'] !== address) this.#files.restart(id)
  }

  async #begin(stopped: AbortSignal): Promise<void> {
    this.#files.wantAll()
    try {
      const here = await this.#store.names()
      if (stopped.aborted) return
      const lost = this.#files.readyFiles().filter(({ file }) => !here.has(file))
      for (const { imageId } of lost) this.#files.restart(imageId)
      if (lost.length > 0) this.#announcer.changed()
    } catch (error) {
      this.#ports.log.error('the media folder could not be read', { error })
    }
    if (!stopped.aborted) this.#fetcher.start()
  }

  /** Only what was without an image before this start goes: the undo steps of now may still need the rest. */
  async #sweep(orphans: readonly string[], startedAt: number): Promise<void> {
    for (const id of orphans) this.#files.forget(id)
    const wanted = new Set(this.#files.readyFiles().map(({ file }) => file))
    try {
      const removed = await this.#store.sweep(wanted, startedAt)
      if (removed > 0) this.#ports.log.info('pictures that nothing uses any more were removed', { removed })
    } catch (error) {
      this.#ports.log.warn('the media folder could not be swept', { error })
    }
  }
}

/** A session that goes on air, or is rehearsed. */
function startsShow({ entity, before, after }: Change): boolean {
  const modeOf = (row: Change['after']): unknown => row?.['mode'] ?? 'off'
  return entity === 'session_states' && modeOf(before) === 'off' && modeOf(after) !== 'off'
}

function isImage(change: Change): boolean {
  return change.entity === 'product_images'
}
