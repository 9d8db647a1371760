import { AppError } from '#shared/app-error.ts'
import type { Job, JobKindName, JobState } from '#shared/jobs.ts'
import { v7 as uuid } from 'uuid'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { JobRow } from '../db/schema.ts'
import type { JobItem } from '../job-kind.ts'

/** Ended jobs that are kept for people to look at. */
const KEPT = 50
/** How many failed items one job shows. */
const SHOWN = 500

/** The tables of jobs. Every method is one write at most, so that it can stand inside another one's transaction. */
export class JobStore {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  add(kind: JobKindName, input: unknown, items: readonly JobItem[]): string {
    const id = uuid()
    this.#db.sqlite.transaction(() => {
      this.#db
        .statement(
          `INSERT INTO jobs (id, kind, state, input, total, created_at) VALUES (@id, @kind, 'queued', @input, @total, @now)`,
        )
        .run({ id, kind, input: JSON.stringify(input), total: items.length, now: this.#clock.now() })
      items.forEach((item, position) => this.#putItem(id, item, { state: 'waiting', problem: null, position }))
      this.#prune()
    })()
    return id
  }

  row(id: string): JobRow | undefined {
    return this.#db.statement('SELECT * FROM jobs WHERE id = ?').get(id) as JobRow | undefined
  }

  get(id: string): JobRow {
    const row = this.row(id)
    if (!row) throw new AppError('not-found', 'This job is not there any more. The list of activity keeps the last 50.')
    return row
  }

  list(limit: number): JobRow[] {
    return this.#db.statement('SELECT * FROM jobs ORDER BY created_at DESC, id DESC LIMIT ?').all(limit) as JobRow[]
  }

  /** Those that are not at an end, oldest first. */
  open(): JobRow[] {
    return this.#db
      .statement(`SELECT * FROM jobs WHERE state IN ('queued', 'running') ORDER BY created_at, id`)
      .all() as JobRow[]
  }

  setState(id: string, state: JobState, { problem = null, nextTryAt = null }: Waiting = {}): void {
    const now = this.#clock.now()
    const ended = state === 'queued' || state === 'running' ? null : now
    this.#db
      .statement(
        `UPDATE jobs SET state = @state, problem = @problem, next_try_at = @nextTryAt, ended_at = @ended,
           started_at = CASE WHEN @state = 'running' THEN coalesce(started_at, @now) ELSE started_at END,
           attempts = CASE WHEN @nextTryAt IS NULL THEN attempts ELSE attempts + 1 END
         WHERE id = @id`,
      )
      .run({ id, state, problem, nextTryAt, ended, now })
  }

  save(id: string, { checkpoint, done, total }: Progress): void {
    this.#db
      .statement(
        `UPDATE jobs SET attempts = CASE WHEN @checkpoint IS NULL THEN attempts ELSE 0 END,
           checkpoint = coalesce(@checkpoint, checkpoint), done = coalesce(@done, done), total = coalesce(@total, total) WHERE id = @id`,
      )
      .run({
        id,
        checkpoint: checkpoint === undefined ? null : JSON.stringify(checkpoint),
        done: done ?? null,
        total: total ?? null,
      })
  }

  count(id: string, counts: Readonly<Record<string, number>>): void {
    const before = new Map(Object.entries(countsOf(this.get(id))))
    for (const [name, more] of Object.entries(counts)) if (more !== 0) before.set(name, (before.get(name) ?? 0) + more)
    this.#db.statement('UPDATE jobs SET counts = ? WHERE id = ?').run(JSON.stringify(Object.fromEntries(before)), id)
  }

  items(id: string, state: 'waiting' | 'failed'): JobItem[] {
    return this.#db
      .statement('SELECT item, label FROM job_items WHERE job_id = ? AND state = ? ORDER BY position')
      .all(id, state) as JobItem[]
  }

  /** An item that was there before it ended one way or the other counts in `done` and `failed`. */
  settle(id: string, item: JobItem, problem: string | null): void {
    const before = this.#db
      .statement('SELECT state FROM job_items WHERE job_id = ? AND item = ?')
      .pluck(true)
      .get(id, item.item) as string | undefined
    const state = problem === null ? 'done' : 'failed'
    this.#putItem(id, item, { state, problem, position: this.#items(id) })
    const step = (of: 'done' | 'failed'): number => Number(state === of) - Number(before === of)
    this.#db
      .statement(
        `UPDATE jobs SET attempts = CASE WHEN ? THEN 0 ELSE attempts END, done = done + ?, failed = failed + ? WHERE id = ?`,
      )
      .run(Number(before !== state), step('done'), step('failed'), id)
  }

  /** What failed is to be tried again. */
  again(id: string): void {
    this.#db.sqlite.transaction(() => {
      this.#db
        .statement(`UPDATE job_items SET state = 'waiting', problem = NULL WHERE job_id = ? AND state = 'failed'`)
        .run(id)
      this.#db.statement('UPDATE jobs SET failed = 0, attempts = 0 WHERE id = ?').run(id)
      this.setState(id, 'queued')
    })()
  }

  /** As people see it. */
  show(row: JobRow, note: string | null): Job {
    const errors = this.#db
      .statement(
        `SELECT item, label, problem AS message FROM job_items WHERE job_id = ? AND state = 'failed' ORDER BY position LIMIT ?`,
      )
      .all(row.id, SHOWN) as Job['errors']
    return {
      id: row.id,
      kind: row.kind,
      state: row.state,
      done: row.done,
      failed: row.failed,
      total: row.total,
      errors,
      counts: countsOf(row),
      note: row.state === 'running' ? note : null,
      problem: row.problem,
      createdAt: row.created_at,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      nextTryAt: row.next_try_at,
    }
  }

  #items(id: string): number {
    return this.#db.statement('SELECT count(*) FROM job_items WHERE job_id = ?').pluck(true).get(id) as number
  }

  /** An item that is there keeps its position. */
  #putItem(
    id: string,
    { item, label }: JobItem,
    fields: { state: string; problem: string | null; position: number },
  ): void {
    this.#db
      .statement(
        `INSERT INTO job_items (job_id, item, label, state, problem, position)
         VALUES (@id, @item, @label, @state, @problem, @position)
         ON CONFLICT DO UPDATE SET label = excluded.label, state = excluded.state, problem = excluded.problem`,
      )
      .run({ id, item, label, ...fields })
  }

  #prune(): void {
    this.#db
      .statement(
        `DELETE FROM jobs WHERE ended_at IS NOT NULL AND id NOT IN (
           SELECT id FROM jobs WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT ${KEPT})`,
      )
      .run()
  }
}

interface Waiting {
  readonly problem?: string | null
  /** Set: it failed and is tried again then. */
  readonly nextTryAt?: string | null
}

interface Progress {
  readonly checkpoint?: unknown
  readonly done?: number
  readonly total?: number
}

function countsOf(row: JobRow): Record<string, number> {
  return JSON.parse(row.counts) as Record<string, number>
}
