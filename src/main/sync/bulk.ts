import type { Synced } from '../db/schema.ts'
import type { Change } from '../db/write.ts'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Applied } from './apply.ts'
import { classifyError } from './classify-error.ts'
import type { PostgresOptions } from './postgres.ts'
import type { Caller } from './remote.ts'
import type { Cursor } from './state.ts'

/** How far a pull has come. */
export interface Progress {
  readonly rows: number
  readonly rev: number
  /** The server's newest rev. */
  readonly head: number
}

/** A pull that is too large to be applied between two frames. */
export interface BulkJob {
  readonly caller: Caller
  /** Up to where everything is applied. */
  readonly cursor: Cursor
  /** Verdicts up to this mutation are known. */
  readonly acked: number
  /** A declared full resync. */
  readonly full: boolean
}

/** Pulls and applies everything from a cursor on, away from this thread. Disposing ends what is under way. */
export interface Bulk extends AsyncDisposable {
  /** While the result is being written, nobody else can write: `idle` resolves when it is done. */
  pull(job: BulkJob, onProgress: (progress: Progress) => void): Promise<Applied>
  idle(): Promise<void> | null
}

/** What the worker is started with. */
export interface BulkOrder {
  readonly job: BulkJob
  readonly dbPath: string
  /** Where pages wait until all are there. */
  readonly stagePath: string
  /** Pages up to this cursor are staged already, by a worker that failed. */
  readonly staged: Staged | null
  readonly connection: PostgresOptions
  /** How many rows a page holds at least. */
  readonly pageSize?: number
  /** A first pull of which all is expected within so long, in ms, is written as it comes. */
  readonly soonMs?: number
}

export interface Staged {
  readonly cursor: Cursor
  readonly rows: number
  readonly bytes: number
  /** The server's newest rev at the first page, and whether it was another at a later one: then a row can be there twice. */
  readonly head: number
  readonly moved: boolean
}

/**
 * What the worker says. After `writing` it waits for an answer: from then on nobody else begins to write, until `resting` or
 * the end.
 */
export type BulkMessage =
  | { readonly kind: 'staged'; readonly staged: Staged; readonly head: number }
  | { readonly kind: 'resting' }
  | { readonly kind: 'writing' }
  | {
      readonly kind: 'done'
      readonly changes: readonly Change[]
      readonly touched: readonly Synced[]
      readonly confirmed: number
    }
  | { readonly kind: 'failed'; readonly error: WorkerFailure }

/** An error as it crosses threads: what `classifyError` reads of it. */
export interface WorkerFailure {
  readonly name: string
  readonly message: string
  readonly code: string | undefined
}

export interface WorkerBulkOptions {
  /** The built worker (`bulk-worker.ts`). */
  readonly script: string | URL
  readonly dbPath: string
  readonly stagePath: string
  readonly connection: PostgresOptions
  readonly pageSize?: number
  readonly soonMs?: number
}

/** With room for more, the worker would let a hundred megabytes of read pages lie about before it clears any up. */
const LIMITS = { maxYoungGenerationSizeMb: 12 }

/** Bulk pulls in a worker thread of their own, started for each. What was fetched before a connection broke is kept. */
export class WorkerBulk implements Bulk {
  readonly #options: WorkerBulkOptions
  #staged: { readonly from: string; readonly staged: Staged } | null = null
  #writing: PromiseWithResolvers<void> | null = null
  #worker: Worker | null = null

  constructor(options: WorkerBulkOptions) {
    this.#options = options
  }

  idle(): Promise<void> | null {
    return this.#writing?.promise ?? null
  }

  async pull(job: BulkJob, onProgress: (progress: Progress) => void): Promise<Applied> {
    // The one before has told its result, and may still be clearing up.
    if (this.#worker) await once(this.#worker, 'exit')
    const { script, ...options } = this.#options
    // Under another id other rows would be news.
    const from = `${job.caller.clientId} ${job.cursor.rev} ${job.cursor.token}`
    const staged = this.#staged?.from === from && !job.full ? this.#staged.staged : null
    const workerData = { ...options, job, staged } satisfies BulkOrder
    const worker = new Worker(script, { workerData, resourceLimits: LIMITS })
    this.#worker = worker
    const { promise, resolve, reject } = Promise.withResolvers<Applied>()
    worker.on('message', (message: BulkMessage) => {
      switch (message.kind) {
        case 'staged':
          this.#staged = { from, staged: message.staged }
          onProgress({ rows: message.staged.rows, rev: message.staged.cursor.rev, head: message.head })
          break
        case 'writing':
          this.#writing = Promise.withResolvers()
          worker.postMessage('go', [])
          break
        case 'resting':
          this.#rest()
          break
        case 'done':
          resolve({ ...message, touched: new Set(message.touched) })
          break
        case 'failed':
          reject(this.#failed(message.error))
          break
      }
    })
    worker.on('error', reject)
    worker.on('exit', (code) => {
      this.#worker = null
      reject(new Error(`the worker of a large pull ended with code ${code}`))
    })
    return await this.#outcome(worker, promise)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker?.terminate()
  }

  async #outcome(worker: Worker, applied: Promise<Applied>): Promise<Applied> {
    try {
      const done = await applied
      this.#staged = null
      return done
    } catch (error) {
      await worker.terminate()
      throw error
    } finally {
      this.#rest()
    }
  }

  #rest(): void {
    this.#writing?.resolve()
    this.#writing = null
  }

  #failed(failure: WorkerFailure): Error {
    const error = Object.assign(new Error(failure.message), failure)
    // It was not the way to the server: what is staged may be to blame, so the next try does without.
    if (classifyError(error).kind === 'server') this.#staged = null
    return error
  }
}
