import type { MediaStatus } from '#shared/media.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { HeldFile } from './plan-eviction.ts'

export interface CacheRowsDeps {
  readonly db: Db
  readonly clock: Clock
}

const DAY_MS = 24 * 60 * 60_000
/** A session that was opened within this time is at work. */
const OPENED_MS = 2 * DAY_MS
/** Shows of these days around now are near, from yesterday's on. */
const SOON = { past: DAY_MS, future: 14 * DAY_MS }

/** What is known of the pictures as a cache: the columns `used_at` and `evicted_at` of `media_files`, and the opened sessions. */
export class CacheRows {
  readonly #db: Db
  readonly #clock: Clock

  constructor({ db, clock }: CacheRowsDeps) {
    this.#db = db
    this.#clock = clock
  }

  /**
   * Every file that is here. Kept are those that no address gives back (added by hand, or their picture was removed and may be
   * put back), and those of sessions that are near, running, or at work.
   */
  held(): HeldFile[] {
    const rows = this.#db
      .statement(
        `SELECT m.file AS name, max(coalesce(m.bytes, 0)) AS bytes, max(m.used_at) AS usedAt, max(m.updated_at) AS fetchedAt,
           max(coalesce(i.is_primary, 0)) AS isPrimary,
           max(i.source_url IS NULL OR i.product_id IN (${NEAR})) AS isKept
         FROM media_files m LEFT JOIN product_images i ON i.id = m.image_id
         WHERE m.state = 'ready' AND m.file IS NOT NULL AND m.evicted_at IS NULL GROUP BY m.file`,
      )
      .all(this.#near()) as (Omit<HeldFile, 'isPrimary' | 'isKept'> & { isPrimary: number; isKept: number })[]
    return rows.map((row) => ({ ...row, isPrimary: row.isPrimary === 1, isKept: row.isKept === 1 }))
  }

  /** These files are away from now on. */
  evict(names: readonly string[]): void {
    this.#run(
      `UPDATE media_files SET evicted_at = @now
       WHERE state = 'ready' AND evicted_at IS NULL AND file IN (SELECT value FROM json_each(@names))`,
      { names: JSON.stringify(names) },
    )
  }

  /** A page loaded these files. */
  used(names: readonly string[]): void {
    this.#run(`UPDATE media_files SET used_at = @now WHERE file IN (SELECT value FROM json_each(@names))`, {
      names: JSON.stringify(names),
    })
  }

  /** A page asks for a file that is away, or lost: it is fetched again, before others. Answers whether anything can be fetched. */
  wake(name: string): boolean {
    return this.#wake(`file = @name AND state = 'ready'`, { name }) > 0
  }

  /** What is away of a session's, or a product's, pictures is fetched again. */
  wakeOf(of: { readonly sessionId: string } | { readonly productId: string }): void {
    const products = 'sessionId' in of ? 'SELECT product_id FROM session_products WHERE session_id = @id' : 'SELECT @id'
    const id = 'sessionId' in of ? of.sessionId : of.productId
    const images = `image_id IN (SELECT id FROM product_images WHERE product_id IN (${products}))`
    this.#wake(`evicted_at IS NOT NULL AND ${images}`, { id })
    // What waits is asked for too, and not put off any longer.
    this.#run(
      `UPDATE media_files SET used_at = @now, next_try_at = NULL, attempts = 0, state = 'waiting', problem = NULL
       WHERE (state = 'waiting' OR (state = 'failed' AND next_try_at IS NOT NULL)) AND image_id IN (SELECT id FROM product_images WHERE source_url IS NOT NULL) AND ${images}`,
      { id },
    )
  }

  /** What is away of sessions that have come near is fetched again. Answers whether anything is. */
  wakeNear(): boolean {
    const images = `image_id IN (SELECT id FROM product_images WHERE product_id IN (${NEAR}))`
    return this.#wake(`evicted_at IS NOT NULL AND ${images}`, this.#near()) > 0
  }

  /** What is away is fetched again, what is looked at most first, as far as there is room; and what failed. */
  wakeMissing(roomBytes: number): void {
    this.#wake(
      `image_id IN (SELECT image_id FROM (
         SELECT image_id, sum(bytes) OVER (ORDER BY used_at DESC, image_id) AS upto FROM media_files
         WHERE evicted_at IS NOT NULL) WHERE upto <= @roomBytes)`,
      { roomBytes },
    )
    this.#run(
      `UPDATE media_files SET state = 'waiting', problem = NULL, attempts = 0, next_try_at = NULL, updated_at = @now
       WHERE state = 'failed' AND image_id IN (SELECT id FROM product_images WHERE source_url IS NOT NULL)`,
      {},
    )
  }

  /** Somebody opened a session: its pictures come first, and stay. */
  opened(sessionId: string): void {
    this.#run(
      `INSERT INTO media_sessions (session_id, opened_at) VALUES (@sessionId, @now)
       ON CONFLICT DO UPDATE SET opened_at = @now`,
      { sessionId },
    )
    this.#db.statement('DELETE FROM media_sessions WHERE opened_at < ?').run(this.#ago(OPENED_MS))
  }

  /** Whether a show is on. */
  isShowRunning(): boolean {
    return this.#db.statement(`SELECT 1 FROM session_states WHERE mode <> 'off' LIMIT 1`).get() !== undefined
  }

  /** How many bytes the files that are here take. */
  bytes(): number {
    return this.#db
      .statement(
        `SELECT coalesce(sum(bytes), 0) FROM (SELECT max(bytes) AS bytes FROM media_files
         WHERE state = 'ready' AND file IS NOT NULL AND evicted_at IS NULL GROUP BY file)`,
      )
      .pluck()
      .get() as number
  }

  /** Of all pictures, or of a session's. */
  status(sessionId: string | undefined): Omit<MediaStatus, 'capBytes'> {
    const of =
      sessionId === undefined
        ? ''
        : 'WHERE i.product_id IN (SELECT product_id FROM session_products WHERE session_id = ?)'
    const values = sessionId === undefined ? [] : [sessionId]
    return this.#db
      .statement(
        `SELECT coalesce(sum(n), 0) AS total, coalesce(sum(iif(file IS NULL, 0, n)), 0) AS ready,
           coalesce(sum(iif(file IS NULL, 0, bytes)), 0) AS bytes
         FROM (SELECT m.file AS file, count(*) AS n, max(coalesce(m.bytes, 0)) AS bytes
           FROM product_images i LEFT JOIN media_files m
             ON m.image_id = i.id AND m.state = 'ready' AND m.evicted_at IS NULL ${of} GROUP BY m.file)`,
      )
      .get(...values) as Omit<MediaStatus, 'capBytes'>
  }

  #wake(where: string, values: object): number {
    return this.#run(
      `UPDATE media_files SET state = 'waiting', file = NULL, bytes = NULL, width = NULL, height = NULL, problem = NULL,
         attempts = 0, next_try_at = NULL, evicted_at = NULL, used_at = @now, updated_at = @now
       WHERE image_id IN (SELECT id FROM product_images WHERE source_url IS NOT NULL) AND ${where}`,
      values,
    )
  }

  #near(): object {
    const now = Date.parse(this.#clock.now())
    return {
      opened: this.#ago(OPENED_MS),
      from: new Date(now - SOON.past).toISOString(),
      to: new Date(now + SOON.future).toISOString(),
    }
  }

  #ago(ms: number): string {
    return new Date(Date.parse(this.#clock.now()) - ms).toISOString()
  }

  #run(sql: string, values: object): number {
    return this.#db.statement(sql).run({ ...values, now: this.#clock.now() }).changes
  }
}

/** The products of sessions that are near, running, or at work. */
const NEAR = `SELECT p.product_id FROM session_products p JOIN sessions s ON s.id = p.session_id
  LEFT JOIN session_states t ON t.id = s.id LEFT JOIN media_sessions o ON o.session_id = s.id
  WHERE s.status IN ('ready', 'rehearsal', 'live') OR coalesce(t.mode, 'off') <> 'off' OR o.opened_at >= @opened
    OR (s.status = 'draft' AND s.scheduled_at BETWEEN @from AND @to)`
