import { v7 as uuid } from 'uuid'
import type { Clock } from '../clock.ts'
import { withoutNames } from '../private-text.ts'
import { CrashFiles } from './crash-files.ts'
import { describeCrash, isSameCrash } from './crash-report.ts'
import type { Broken, CrashReport } from './crash-report.ts'

const HOUR_MS = 60 * 60_000
/** Reports in one hour, of pages and of all else by itself. A loop that fails would push everything else out. */
const MOST_AN_HOUR = 10

export interface CrashLogDeps {
  readonly dir: string
  readonly clock: Pick<Clock, 'now' | 'elapsed'>
  /** What the log would write of a value. */
  readonly redact: (value: unknown) => unknown
  /** What runs here, by name. */
  readonly about: CrashReport['about']
}

/**
 * Writes down what broke. It is there before the core and without it, so that a start that fails leaves a report too.
 *
 * 1. A report holds no secret and no name: both are taken out before it is written.
 * 2. What breaks again and again is one report with a count.
 */
export class CrashLog {
  readonly files: CrashFiles
  readonly #deps: CrashLogDeps
  readonly #lately: { readonly page: number[]; readonly core: number[] } = { page: [], core: [] }
  #onNoted: () => void = () => {}

  constructor(deps: CrashLogDeps) {
    this.#deps = deps
    this.files = new CrashFiles(deps.dir)
  }

  /** Hears of each report. */
  onNoted(listener: () => void): void {
    this.#onNoted = listener
  }

  /** Answers whether it was written down. Never throws. */
  note(broken: Broken): boolean {
    const { clock, about } = this.#deps
    const report = describeCrash(broken, { id: uuid(), at: clock.now(), about }, (text) => this.clean(text))
    const same = this.files.list().find((one) => isSameCrash(one.report, report))
    const stored = same
      ? { ...same, report: { ...same.report, count: same.report.count + 1 } }
      : { report, state: 'new' as const, tries: 0, nextTryAt: null }
    if (!this.#mayNote(broken.kind === 'page' ? 'page' : 'core') || !this.files.write(stored)) return false
    this.files.prune(Date.parse(clock.now()), stored.report.id)
    this.#onNoted()
    return true
  }

  /** A text without secrets, and without what tells about people and products. */
  clean(text: string): string {
    return withoutNames(String(this.#deps.redact(text)))
  }

  #mayNote(of: 'page' | 'core'): boolean {
    const lately = this.#lately[of]
    const now = this.#deps.clock.elapsed()
    while (lately[0] !== undefined && now - lately[0] > HOUR_MS) lately.shift()
    if (lately.length >= MOST_AN_HOUR) return false
    lately.push(now)
    return true
  }
}
