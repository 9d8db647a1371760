import { AppError } from '#shared/app-error.ts'
import type { Handlers, Parsed } from '#shared/contract.ts'
import type { points } from '#shared/points.ts'
import type { PointsSettings } from '#shared/settings.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { JobItem, JobKind, JobRun } from '../job-kind.ts'
import type { Log } from '../log.ts'
import type { ModelSetup } from './model-client.ts'
import { ModelFailure } from './model-failure.ts'
import { costOf, modelName } from './model-setup.ts'
import { pointsSource } from './points-source.ts'
import { promptFor, tokensOf } from './prompt.ts'
import type { Proposals } from './proposals.ts'

export interface WritingDeps {
  readonly db: Db
  readonly proposals: Proposals
  /** The queue of long work; what is enqueued survives an end of the app. */
  readonly jobs: {
    readonly enqueue: (kind: 'points.generate', input: unknown, items: readonly JobItem[]) => string
    readonly open: (kind: 'points.generate') => readonly { readonly id: string }[]
    /** The items of jobs that are not at an end, and that are still to be done. */
    readonly waiting: (kind: 'points.generate') => ReadonlySet<string>
  }
  readonly ports: {
    readonly fetch: typeof fetch
    readonly clock: Clock
    readonly log: Log
    readonly random: () => number
  }
  readonly settings: () => PointsSettings
  /** null: there is no model to ask. */
  readonly setup: () => ModelSetup | null
  /** Tells pages that points changed. */
  readonly changed: () => void
}

type Writing = Pick<typeof points, 'points.status' | 'points.estimate' | 'points.generate'>

/** What a list of points is long, in tokens, on average. */
const OUTPUT_TOKENS = 110
/** The estimate looks at so many products, and takes them for all. */
const SAMPLE = 50

/**
 * Talking points that a model writes, as a job of the queue.
 *
 * What only a person can mend, and a service that fails again and again, lets the feature rest: it says why, and the next try by hand
 * begins anew.
 */
export class PointsWriter {
  readonly #deps: WritingDeps
  #resting: string | null = null
  readonly kind: JobKind = { name: 'points.generate', run: (job) => this.#run(job) }
  readonly handlers: Handlers<Writing>

  constructor(deps: WritingDeps) {
    this.#deps = deps
    this.handlers = {
      'points.status': () => ({
        configured: deps.setup() !== null,
        model: modelName(deps.settings()),
        resting: this.#resting,
        jobId: deps.jobs.open('points.generate')[0]?.id ?? null,
        toReview: deps.proposals.count(),
      }),
      'points.estimate': (wanted) => this.#estimate(this.#items(wanted)),
      'points.generate': (wanted) => this.#generate(wanted),
    }
  }

  /** Another key, model or address. */
  noteSetup(): void {
    this.#resting = null
    this.#deps.changed()
  }

  #generate(wanted: Parsed<'points.generate'>): { jobId: string } {
    const { setup, jobs, changed } = this.#deps
    if (!setup()) {
      throw new AppError(
        'conflict',
        'No model is set up on this computer. Add a key of OpenAI, or the address of another service, in Settings, under Connections.',
      )
    }
    this.#resting = null
    const items = this.#items(wanted)
    const jobId = jobs.enqueue('points.generate', { mode: wanted.mode }, items)
    changed()
    return { jobId }
  }

  /** The products to ask for, in the order in which they were named. Throws `not-found` for one that is not there. */
  #items({ productIds, sessionId, mode }: Parsed<'points.generate'>): JobItem[] {
    if ((productIds === undefined) === (sessionId === undefined)) {
      throw new AppError('bad-call', 'Name products, or one line-up.', {
        fields: { productIds: 'give either productIds or sessionId' },
      })
    }
    const ids = sessionId === undefined ? (productIds ?? []) : this.#ofSession(sessionId)
    const underWay = this.#deps.jobs.waiting('points.generate')
    const rows = this.#deps.db
      .statement(
        `SELECT p.id AS item, p.name AS label, p.talking_points_md <> '' OR proposal.id IS NOT NULL AS has
         FROM json_each(?) wanted JOIN products p ON p.id = wanted.value
         LEFT JOIN point_proposals proposal ON proposal.product_id = p.id GROUP BY p.id ORDER BY min(wanted.key)`,
      )
      .all(JSON.stringify(ids)) as (JobItem & { readonly has: number })[]
    if (rows.length < new Set(ids).size) {
      throw new AppError(
        'not-found',
        'One of these products is not in the catalogue any more. It may have been deleted meanwhile.',
      )
    }
    return rows
      .filter(({ item, has }) => (mode === 'all' || has === 0) && !underWay.has(item))
      .map(({ item, label }) => ({ item, label }))
  }

  #ofSession(sessionId: string): string[] {
    const { db } = this.#deps
    if (!db.statement('SELECT 1 FROM sessions WHERE id = ?').get(sessionId)) {
      throw new AppError('not-found', 'This session is not there any more. It may have been deleted meanwhile.')
    }
    return db
      .statement('SELECT product_id FROM session_products WHERE session_id = ? ORDER BY order_key, id')
      .pluck(true)
      .all(sessionId) as string[]
  }

  #estimate(items: readonly JobItem[]) {
    const { db, settings } = this.#deps
    const sources = items.slice(0, SAMPLE).flatMap(({ item }) => pointsSource(db, item) ?? [])
    const sampled = sources.reduce((sum, source) => sum + tokensOf(promptFor(source, settings())), 0)
    const input = sources.length === 0 ? 0 : Math.round((sampled / sources.length) * items.length)
    const output = items.length * OUTPUT_TOKENS
    const model = modelName(settings())
    const costUsd = costOf(model, { input, output })
    return { products: items.length, inputTokens: input, outputTokens: output, model, costUsd }
  }

  async #run(job: JobRun): Promise<void> {
    const { db, proposals, ports, settings, changed } = this.#deps
    const setup = this.#deps.setup()
    if (!setup) throw new AppError('conflict', 'No model is set up on this computer any more.')
    // Loaded with the first job: no start pays for it.
    const [{ Generation }, { ModelClient }] = await Promise.all([import('./generate.ts'), import('./model-client.ts')])
    const client = new ModelClient(setup, ports)
    try {
      await new Generation(
        { db, proposals, client, model: setup.model, settings: settings(), ports, onProposal: changed },
        job,
      ).run()
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error
      this.#resting = error.message
      throw new AppError(error.code, error.message, { cause: error })
    } finally {
      changed()
    }
  }
}
