import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { CrashFiles } from './crash-files.ts'
import type { StoredCrash } from './crash-report.ts'
import type { CrashSender, SendOutcome } from './crash-sender.ts'

/** Waits between tries; who cannot be reached after the last gets nothing. */
const waits = [60_000, 5 * 60_000, 30 * 60_000, 3 * 60 * 60_000, 24 * 60 * 60_000]

/** How long to wait after so many tries, in ms; null where it is not tried again. */
export function waitAfter(tries: number, askedMs: number | null = null): number | null {
  const wait = waits[tries - 1]
  return wait === undefined ? null : Math.max(wait, askedMs ?? 0)
}

export interface CrashQueueDeps {
  readonly files: CrashFiles
  readonly clock: Clock
  readonly log: Log
  /** Loads what sends; called for the first report that may be sent, and not before. Null: this build sends nowhere. */
  readonly openSender: (() => Promise<CrashSender>) | null
  readonly isAllowed: () => boolean
  readonly changed: () => void
}

/**
 * Sends reports, one after the other.
 *
 * 1. Without consent nothing is loaded, no connection is made, and nothing waits.
 * 2. A report that was made before the consent stays here.
 * 3. Withdrawing ends what is on its way and deletes what waits.
 */
export class CrashQueue implements AsyncDisposable {
  readonly #deps: CrashQueueDeps
  #sender: CrashSender | null = null
  #abort = new AbortController()
  #running: Promise<void> | null = null
  #cancel: (() => void) | null = null
  #isOpen = false
  /** Something came while it was sending. */
  #again = false

  constructor(deps: CrashQueueDeps) {
    this.#deps = deps
  }

  /** Begins to send. Before that, reports are only judged. */
  start(): void {
    this.#isOpen = true
    this.poke()
  }

  /** There may be something new, or something due. */
  poke(): void {
    this.#judge()
    if (!this.#isOpen || !this.#maySend()) return
    if (this.#running) {
      this.#again = true
      return
    }
    this.#cancel?.()
    this.#cancel = null
    this.#again = false
    this.#running = this.#sendDue(this.#abort.signal)
      .catch((error: unknown) => this.#deps.log.warn('crash reports could not be sent', { error }))
      .finally(() => {
        this.#running = null
        if (this.#again) this.poke()
        else this.#sleep()
      })
  }

  /** Answers how many waited, and are gone. */
  withdraw(): number {
    this.#abort.abort()
    this.#abort = new AbortController()
    this.#cancel?.()
    const waiting = this.#waiting()
    for (const { report } of waiting) this.#deps.files.remove(report.id)
    return waiting.length
  }

  /** Resolves once nothing is on its way. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOpen = false
    this.#cancel?.()
    this.#abort.abort()
    await this.#running
  }

  #maySend(): boolean {
    return this.#deps.openSender !== null && this.#deps.isAllowed()
  }

  /** What came since: may it be sent? */
  #judge(): void {
    const { files } = this.#deps
    for (const one of files.list())
      if (one.state === 'new') files.write({ ...one, state: this.#maySend() ? 'waiting' : 'kept' })
  }

  #waiting(): StoredCrash[] {
    return this.#deps.files.list().filter(({ state }) => state === 'waiting')
  }

  async #sendDue(signal: AbortSignal): Promise<void> {
    for (const one of this.#waiting().toReversed()) {
      if (signal.aborted || this.#dueIn(one) > 0) continue
      // The try is written down first: what ends the process is not tried for ever.
      const tried = { ...one, tries: one.tries + 1 }
      this.#deps.files.write(tried)
      const result = await this.#send(tried, signal)
      // Withdrawn, or closing: then it waits no more, or for the next start.
      if (signal.aborted) return
      this.#note(tried, result)
    }
  }

  async #send({ report }: StoredCrash, signal: AbortSignal): Promise<SendOutcome> {
    try {
      this.#sender ??= (await this.#deps.openSender?.()) ?? null
      if (!this.#sender || signal.aborted) return { outcome: 'later', afterMs: null }
      return await this.#sender.send(report, signal)
    } catch (error) {
      if (!signal.aborted) this.#deps.log.info('a crash report is sent again later', { error })
      return { outcome: 'later', afterMs: null }
    }
  }

  #note(one: StoredCrash, result: SendOutcome): void {
    const { files, clock, changed } = this.#deps
    const wait = result.outcome === 'later' ? waitAfter(one.tries, result.afterMs) : null
    const state = result.outcome === 'later' ? (wait === null ? 'refused' : 'waiting') : result.outcome
    const nextTryAt = wait === null ? null : new Date(Date.parse(clock.now()) + wait).toISOString()
    // It may have broken again, or been deleted, meanwhile.
    const now = files.read(one.report.id)
    if (now) files.write({ ...now, tries: one.tries, state, nextTryAt })
    changed()
  }

  #dueIn({ nextTryAt }: StoredCrash): number {
    return nextTryAt === null ? 0 : Math.max(0, Date.parse(nextTryAt) - Date.parse(this.#deps.clock.now()))
  }

  /** Wakes for the next that is due. */
  #sleep(): void {
    if (!this.#isOpen || !this.#maySend()) return
    const next = this.#waiting().map((one) => this.#dueIn(one))
    if (next.length > 0) this.#cancel = this.#deps.clock.after(Math.max(1_000, Math.min(...next)), () => this.poke())
  }
}
