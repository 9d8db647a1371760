import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Remote } from './remote.ts'

export interface ListeningDeps {
  readonly remote: Remote
  readonly clock: Clock
  readonly log: Log
  /** Hears that somebody changed something, with its rev; with null that the hearing began or ended. */
  readonly onNews: (rev: number | null) => void
}

/** A LISTEN that failed is tried again after so long, in ms. */
const AGAIN_MS = 30_000

/** LISTEN, while it is wanted. A hint: where it fails, news comes by asking. [F1] */
export class Listening {
  readonly #deps: ListeningDeps
  #ear: Ear | null = null
  /** Not to be tried again before. */
  #notBefore = 0

  constructor(deps: ListeningDeps) {
    this.#deps = deps
  }

  /** Wanted: does nothing where it is on, or was tried a moment ago. */
  begin(): void {
    const { remote, clock, log, onNews } = this.#deps
    if (this.#ear || clock.elapsed() < this.#notBefore) return
    this.#notBefore = clock.elapsed() + AGAIN_MS
    const ear: Ear = { hears: false, stop: () => {} }
    this.#ear = ear
    const heard = (rev: number): void => {
      if (this.#ear === ear) onNews(rev)
    }
    const ended = (error: unknown): void => {
      log.debug('no news by LISTEN', { error })
      if (this.#ear !== ear) return
      this.#ear = null
      onNews(null)
    }
    remote.listen(heard, ended).then((stop) => {
      if (this.#ear !== ear) return stop()
      ear.stop = stop
      ear.hears = true
      // What happened before it was heard of.
      onNews(null)
    }, ended)
  }

  get hears(): boolean {
    return this.#ear?.hears === true
  }

  /** Not wanted any more. */
  end(): void {
    this.#ear?.stop()
    this.#ear = null
    this.#notBefore = 0
  }
}

/** One LISTEN, or the try at it. */
interface Ear {
  hears: boolean
  stop: () => void
}
