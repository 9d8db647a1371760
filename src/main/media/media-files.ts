import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { PictureFacts } from './check-picture.ts'

/** A stored picture: its file and what is known of it. */
export interface ReadyFile extends Pick<PictureFacts, 'width' | 'height'> {
  readonly file: string
  readonly bytes: number
}

/** An address to fetch, and how often that failed so far. */
export interface DueAddress {
  readonly url: string
  readonly attempts: number
}

/** What became of a try. `nextTryAt` null = failed for good, until somebody changes something. */
export interface Failure {
  readonly state: 'waiting' | 'failed'
  readonly problem: string
  readonly attempts: number
  readonly nextTryAt: string | null
}

export interface MediaFilesDeps {
  readonly db: Db
  readonly clock: Clock
}

/**
 * What this machine has of each picture: the table `media_files`. Also the fetcher's list of work, so that it survives a
 * restart: `waiting` rows are fetched when `next_try_at` has come, `failed` ones only where it is set. Everything here may
 * be called inside a writer's transaction.
 */
export class MediaFiles {
  readonly #db: Db
  readonly #clock: Clock

  constructor({ db, clock }: MediaFilesDeps) {
    this.#db = db
    this.#clock = clock
  }

  /** Notes that a picture is wanted. One that is known already stays as it is: an undone removal needs no second fetch. */
  want(imageId: string): void {
    this.#run(
      `INSERT INTO media_files (image_id, state, updated_at) VALUES (@imageId, 'waiting', @now) ON CONFLICT DO NOTHING`,
      { imageId },
    )
  }

  /** Starts over: after a new address, a lost file, or when a person asks. */
  restart(imageId: string): void {
    this.#run(
      `INSERT INTO media_files (image_id, state, updated_at) VALUES (@imageId, 'waiting', @now)
       ON CONFLICT DO UPDATE SET state = 'waiting', file = NULL, bytes = NULL, width = NULL, height = NULL,
         problem = NULL, attempts = 0, next_try_at = NULL, evicted_at = NULL, updated_at = @now`,
      { imageId },
    )
  }

  /** Lists every picture that has an address and is not listed yet. */
  wantAll(): void {
    this.#run(
      `INSERT INTO media_files (image_id, state, updated_at)
       SELECT id, 'waiting', @now FROM product_images WHERE source_url IS NOT NULL ON CONFLICT DO NOTHING`,
      {},
    )
  }

  /**
   * The next addresses to fetch, each once: what somebody asked for first, then fresh ones, then by their place in the product.
   * `full`: there is no room for what nobody asked for, but for the first picture of a product.
   */
  due(limit: number, full: boolean): DueAddress[] {
    return this.#db
      .statement(
        `SELECT i.source_url AS url, max(m.attempts) AS attempts
         FROM media_files m JOIN product_images i ON i.id = m.image_id
         WHERE i.source_url IS NOT NULL AND ${full ? DUE_WHEN_FULL : DUE} AND coalesce(m.next_try_at, '') <= ?
         GROUP BY i.source_url
         ORDER BY max(m.attempts), max(m.used_at) DESC, max(i.is_primary) DESC, min(i.position), min(i.id) LIMIT ?`,
      )
      .all(this.#clock.now(), limit) as DueAddress[]
  }

  /** When the next address is due; null where nothing is left to fetch. */
  nextDueAt(full: boolean): string | null {
    const row = this.#db
      .statement(
        `SELECT min(coalesce(m.next_try_at, '')) AS at FROM media_files m JOIN product_images i ON i.id = m.image_id
         WHERE i.source_url IS NOT NULL AND ${full ? DUE_WHEN_FULL : DUE}`,
      )
      .get() as { at: string | null }
    return row.at
  }

  /** A file that is here already for that address. */
  known(url: string): ReadyFile | undefined {
    return this.#db
      .statement(
        `SELECT m.file, m.bytes, m.width, m.height FROM media_files m JOIN product_images i ON i.id = m.image_id
         WHERE i.source_url = ? AND m.state = 'ready' AND m.file IS NOT NULL AND m.evicted_at IS NULL LIMIT 1`,
      )
      .get(url) as ReadyFile | undefined
  }

  /** Whether the picture of one image is here. */
  isReady(imageId: string): boolean {
    return (
      this.#db
        .statement(`SELECT 1 FROM media_files WHERE image_id = ? AND state = 'ready' AND evicted_at IS NULL`)
        .get(imageId) !== undefined
    )
  }

  /** The picture of one image is here. */
  setReady(imageId: string, ready: ReadyFile): void {
    this.#run(
      `INSERT INTO media_files (image_id, state, file, bytes, width, height, updated_at)
       VALUES (@imageId, 'ready', @file, @bytes, @width, @height, @now)
       ON CONFLICT DO UPDATE SET ${BECOMES_READY}`,
      { imageId, ...ready },
    )
  }

  /** The picture of an address is here: for every image that names it. */
  ready(url: string, ready: ReadyFile): void {
    this.#run(
      `UPDATE media_files SET ${BECOMES_READY} WHERE (state <> 'ready' OR evicted_at IS NOT NULL) AND ${NAMES}`,
      { url, ...ready },
    )
  }

  /** A try failed. */
  failed(url: string, failure: Failure): void {
    this.#run(
      `UPDATE media_files SET state = @state, problem = @problem, attempts = @attempts, next_try_at = @nextTryAt,
         updated_at = @now WHERE state <> 'ready' AND ${NAMES}`,
      { url, ...failure },
    )
  }

  /** Nothing of that server (`https://host:port/`) is fetched before `until`. */
  pause(origin: string, until: string): void {
    this.#run(
      `UPDATE media_files SET next_try_at = @until, updated_at = @now
       WHERE (state = 'waiting' OR (state = 'failed' AND next_try_at IS NOT NULL)) AND coalesce(next_try_at, '') < @until
         AND image_id IN (SELECT id FROM product_images WHERE substr(source_url, 1, length(@origin)) = @origin)`,
      { until, origin },
    )
  }

  /** Rows whose file is here, by image. */
  readyFiles(): { imageId: string; file: string }[] {
    return this.#db
      .statement(
        `SELECT image_id AS imageId, file FROM media_files WHERE state = 'ready' AND file IS NOT NULL AND evicted_at IS NULL`,
      )
      .all() as { imageId: string; file: string }[]
  }

  /** Rows whose image is gone. */
  orphans(): string[] {
    const rows = this.#db
      .statement('SELECT image_id AS id FROM media_files WHERE image_id NOT IN (SELECT id FROM product_images)')
      .all() as { id: string }[]
    return rows.map((row) => row.id)
  }

  /** Forgets a picture, unless its image is there (again). */
  forget(imageId: string): void {
    this.#db
      .statement('DELETE FROM media_files WHERE image_id = ? AND image_id NOT IN (SELECT id FROM product_images)')
      .run(imageId)
  }

  #run(sql: string, values: object): void {
    this.#db.statement(sql).run({ ...values, now: this.#clock.now() })
  }
}

const DUE = `(m.state = 'waiting' OR (m.state = 'failed' AND m.next_try_at IS NOT NULL))`
/** A picture that somebody asked for has a use, before it is here. */
const DUE_WHEN_FULL = `${DUE} AND (i.is_primary = 1 OR m.used_at IS NOT NULL)`
const NAMES = 'image_id IN (SELECT id FROM product_images WHERE source_url = @url)'
const BECOMES_READY = `state = 'ready', file = @file, bytes = @bytes, width = @width, height = @height,
  problem = NULL, attempts = 0, next_try_at = NULL, evicted_at = NULL, updated_at = @now`
