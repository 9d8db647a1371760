import type { Clock } from '../clock.ts'
import { isDamage } from '../db/damage.ts'
import type { Db } from '../db/database.ts'
import type { RunDiskJob } from '../disk-jobs.ts'
import type { Log } from '../log.ts'

export interface FullCheckDeps {
  readonly db: Db
  readonly dbPath: string
  readonly ports: { readonly clock: Clock; readonly log: Log; readonly runDiskJob: RunDiskJob }
  readonly onDamage: (reason: string) => void
}

const FIRST_LOOK_MS = 10 * 60_000
const LOOK_EVERY_MS = 60 * 60_000
const DAY_MS = 24 * 60 * 60_000
const NAME = 'full-check'

/** Looks at every page and index of the database once a day, in the background, and not during a show. */
export class FullCheck implements AsyncDisposable {
  readonly #deps: FullCheckDeps
  readonly #closing = new AbortController()
  #running: Promise<void> = Promise.resolve()
  #cancel: (() => void) | null = null

  constructor(deps: FullCheckDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#look(FIRST_LOOK_MS)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancel?.()
    this.#closing.abort()
    await this.#running
  }

  #look(ms: number): void {
    this.#cancel = this.#deps.ports.clock.after(ms, () => {
      if (this.#isDue()) this.#running = this.#check()
      this.#look(LOOK_EVERY_MS)
    })
  }

  #isDue(): boolean {
    const { db, ports } = this.#deps
    if (db.statement(`SELECT 1 FROM session_states WHERE mode <> 'off' LIMIT 1`).get() !== undefined) return false
    const last = db.statement('SELECT value FROM settings WHERE name = ?').pluck(true).get(NAME) as string | undefined
    return last === undefined || Date.parse(ports.clock.now()) - Date.parse(String(JSON.parse(last))) >= DAY_MS
  }

  async #check(): Promise<void> {
    const { db, dbPath, ports, onDamage } = this.#deps
    try {
      const problems = await ports.runDiskJob('check', { dbPath }, this.#closing.signal)
      if (problems.length > 0) return onDamage(problems.join('; '))
      db.statement(
        'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      ).run(NAME, JSON.stringify(ports.clock.now()))
    } catch (error) {
      if (this.#closing.signal.aborted) return
      if (isDamage(error)) return onDamage(error.message)
      ports.log.warn('the database could not be checked', { error })
    }
  }
}
