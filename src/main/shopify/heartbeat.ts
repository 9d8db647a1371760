import { AppError } from '#shared/app-error.ts'
import type { Clock } from '../clock.ts'
import type { JobRun } from '../job-kind.ts'
import type { Team } from '../team.ts'

export interface HeartbeatDeps {
  /** null: nobody has to know. */
  readonly team: Team | null
  readonly lease: string
  readonly clock: Clock
  readonly job: JobRun
}

/** The lease is renewed so often; it lasts four times as long. */
const BEAT_MS = 30_000

/** Keeps the lease of a job while it runs, and tells the others how far it is. */
export class Heartbeat implements Disposable {
  readonly #deps: HeartbeatDeps
  readonly #lost = new AbortController()
  /** Aborted where the job is to end, or the lease went to another. */
  readonly signal: AbortSignal
  #note: string | null = null
  #cancel: () => void = () => {}

  constructor(deps: HeartbeatDeps) {
    this.#deps = deps
    this.signal = AbortSignal.any([deps.job.signal, this.#lost.signal])
    this.#beatLater(1_000)
  }

  note(text: string | null): void {
    this.#note = text
    this.#deps.job.note(text)
  }

  [Symbol.dispose](): void {
    this.#cancel()
    this.#deps.job.note(null)
  }

  #beatLater(ms: number): void {
    const { team, clock } = this.#deps
    if (team) this.#cancel = clock.after(ms, () => void this.#beat(team))
  }

  async #beat(team: Team): Promise<void> {
    const { lease, job } = this.#deps
    const { done, total } = job.progress()
    // Where the server cannot be reached the lease is still ours for a while; what is written here is safe either way.
    const kept = await team.keep(lease, { done, total, note: this.#note }).catch(() => true)
    if (this.signal.aborted) return
    if (kept) return this.#beatLater(BEAT_MS)
    this.#lost.abort(new AppError('conflict', 'Another desktop has taken over the sync with Shopify meanwhile.'))
  }
}
