import { AppError } from '#shared/app-error.ts'
import type { PointsSettings } from '#shared/settings.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { JobItem, JobRun } from '../job-kind.ts'
import type { Log } from '../log.ts'
import * as z from 'zod'
import { sleep } from '../sleep.ts'
import { unfoundedClaims } from './claims.ts'
import type { ModelClient } from './model-client.ts'
import { ModelFailure } from './model-failure.ts'
import { pointsSource, sourceText } from './points-source.ts'
import { promptFor } from './prompt.ts'
import type { Proposals } from './proposals.ts'
import { readPoints } from './read-points.ts'

export interface GenerateDeps {
  readonly db: Db
  readonly proposals: Proposals
  readonly client: ModelClient
  readonly model: string
  readonly settings: PointsSettings
  readonly ports: { readonly clock: Clock; readonly log: Log; readonly random: () => number }
  /** Hears of each text that came. */
  readonly onProposal: () => void
}

/** How many products are asked for at once. */
const AT_ONCE = 6
/** Tries of one product whose failure may pass. */
const TRIES = 3
/** Being told to slow down is waited out, but not for ever. */
const SLOWDOWNS = 10
/** So many products in a row that the service failed at: it is not the products. */
const IN_A_ROW = 3
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 8_000

const Input = z.object({ mode: z.enum(['missing', 'all']) })

/** Whether it has talking points, or a suggestion that waits. */
function hasText(db: Db, productId: string): boolean {
  const has = db.statement(
    `SELECT 1 FROM products WHERE id = @id AND talking_points_md <> ''
     UNION ALL SELECT 1 FROM point_proposals WHERE product_id = @id`,
  )
  return has.get({ id: productId }) !== undefined
}

/**
 * Has a model write for each product that waits.
 *
 * 1. Each text is kept as it arrives, together with its product being through: an end of the app loses nothing, and nothing that
 *    was paid for is asked again.
 * 2. What is wrong with one product is noted with it. What is wrong with the account, and three products in a row that the service
 *    failed at, end the job: the rest still waits and can be tried again.
 * 3. Being told to slow down slows down all.
 */
export class Generation {
  readonly #deps: GenerateDeps
  readonly #job: JobRun
  readonly #end = new AbortController()
  readonly #signal: AbortSignal
  readonly #onlyMissing: boolean
  #pauseUntil = 0
  #failedInARow = 0

  constructor(deps: GenerateDeps, job: JobRun) {
    this.#deps = deps
    this.#job = job
    this.#onlyMissing = Input.parse(job.input).mode === 'missing'
    this.#signal = AbortSignal.any([job.signal, this.#end.signal])
  }

  /** Throws the ModelFailure that ended it. */
  async run(): Promise<void> {
    const waiting = [...this.#job.waiting()]
    const work = async (): Promise<void> => {
      for (let item = waiting.shift(); item && !this.#signal.aborted; item = waiting.shift()) await this.#one(item)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    this.#signal.throwIfAborted()
  }

  /** Never rejects. */
  async #one(item: JobItem): Promise<void> {
    try {
      await this.#written(item)
      this.#failedInARow = 0
    } catch (error) {
      if (this.#signal.aborted) return
      this.#failed(item, error)
    }
  }

  #failed(item: JobItem, error: unknown): void {
    const known = error instanceof ModelFailure || error instanceof AppError
    if (!known) this.#deps.ports.log.error('talking points could not be written', { product: item.item, error })
    const failure =
      error instanceof ModelFailure
        ? error
        : new ModelFailure(
            'product',
            known ? (error as AppError).message : 'Something went wrong on our side; the log has the reason.',
            { cause: error },
          )
    if (failure.trouble === 'account') return this.#end.abort(failure)
    this.#job.settle(item, failure.message)
    this.#failedInARow = failure.trouble === 'product' ? 0 : this.#failedInARow + 1
    if (this.#failedInARow >= IN_A_ROW) this.#end.abort(failure)
  }

  async #written(item: JobItem): Promise<void> {
    const { db, proposals, model, settings, onProposal } = this.#deps
    // Somebody may have written, or another job, since it was asked for.
    if (this.#onlyMissing && hasText(db, item.item)) return this.#job.settle(item, null)
    const source = pointsSource(db, item.item)
    if (!source) throw new AppError('not-found', 'This product is not in the catalogue any more.')
    const answer = await this.#asked(item, promptFor(source, settings))
    const text = readPoints(answer)
      .map((point) => `- ${point}`)
      .join('\n')
    const flags = unfoundedClaims(text, sourceText(source))
    db.sqlite.transaction(() => {
      proposals.put({ productId: item.item, jobId: this.#job.id, text, model, flags })
      this.#job.settle(item, null)
      this.#job.count({ proposed: 1, ...(flags.length > 0 && { flagged: 1 }) })
    })()
    onProposal()
  }

  async #asked(item: JobItem, writing: Parameters<ModelClient['write']>[0]): Promise<string> {
    const { client, ports } = this.#deps
    let failed = 0
    for (let slowed = 0; ;) {
      await this.#pause()
      try {
        return await client.write(writing, this.#signal, (length) => this.#tell(item, length))
      } catch (error) {
        if (!(error instanceof ModelFailure) || !error.passes) throw error
        if (error.trouble === 'rate') slowed += 1
        else failed += 1
        if (failed >= TRIES || slowed > SLOWDOWNS) throw error
        const ceiling = Math.min(FIRST_WAIT_MS * 2 ** (failed + slowed), LONGEST_WAIT_MS)
        const ms = Math.max(error.waitMs ?? 0, ports.random() * ceiling)
        if (error.trouble === 'rate') this.#slowDown(ms)
        else await sleep(ms, { clock: ports.clock, signal: this.#signal })
      }
    }
  }

  #slowDown(ms: number): void {
    this.#pauseUntil = Math.max(this.#pauseUntil, this.#deps.ports.clock.elapsed() + ms)
    if (ms >= 2_000) this.#job.note(`The model service asks us to slow down; about ${Math.ceil(ms / 1000)} s`)
  }

  async #pause(): Promise<void> {
    const { clock } = this.#deps.ports
    for (let ms = this.#pauseUntil - clock.elapsed(); ms > 0; ms = this.#pauseUntil - clock.elapsed()) {
      await sleep(ms, { clock, signal: this.#signal })
    }
    this.#signal.throwIfAborted()
  }

  /** What is being written at this moment. */
  #tell({ label }: JobItem, length: number): void {
    if (length > 0) this.#job.note(`Writing: ${label}`)
  }
}
