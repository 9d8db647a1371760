import type { JobKindName } from '#shared/jobs.ts'

/** One thing that a job has to do. */
export interface JobItem {
  readonly item: string
  readonly label: string
}

/** What a job is given to work with. Everything that it saves commits with the transaction that it is called in, if any. */
export interface JobRun {
  readonly id: string
  /** As it was enqueued: JSON. */
  readonly input: unknown
  /** As it was last saved: JSON; null at the first start. */
  readonly checkpoint: unknown
  /** Aborted when a person cancels, and when the app closes. */
  readonly signal: AbortSignal
  /** The items that are neither done nor failed. */
  waiting(): readonly JobItem[]
  /** The items that failed. */
  failures(): readonly JobItem[]
  /** Counts up by name what came of it. */
  count(counts: Readonly<Record<string, number>>): void
  /** Notes where to go on, and how far it is. A checkpoint is progress: the back-off of failures begins anew. */
  save(state: { readonly checkpoint?: unknown; readonly done?: number; readonly total?: number }): void
  /** Marks an item as through, or as failed with the reason; one that is not known yet is added. */
  settle(item: JobItem, problem: string | null): void
  /** How far it is. */
  progress(): { readonly done: number; readonly total: number }
  /** What it waits for at this moment. */
  note(text: string | null): void
}

/** How one kind of job is done. */
export interface JobKind {
  readonly name: JobKindName
  /**
   * Works until nothing is left. What it throws ends the job: `TryLater` has it tried again, any other error fails it with its
   * message (an AppError's) as the reason. Where the signal is aborted it ends soon, by whatever way.
   */
  run(run: JobRun): Promise<void>
}

/** This failed for now: the job is tried again by itself, less and less often. */
export class TryLater extends Error {
  override readonly name = 'TryLater'
  /** Not before so long, in ms; 0 leaves it to the back-off. */
  readonly afterMs: number

  /** The message is read by people. */
  constructor(message: string, options: { readonly afterMs?: number; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.afterMs = options.afterMs ?? 0
  }
}
