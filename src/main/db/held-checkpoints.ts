import type { Db } from './database.ts'
import { LOG_PAGES } from './open.ts'

/** After so many pieces of work the log is brought into the database; with what one piece writes, some megabytes. */
const PIECES = 60

/**
 * While much is written in small pieces, SQLite does not stop one of them to bring its log into the database: another thread does it
 * meanwhile, which stops nobody.
 */
export class HeldCheckpoints implements AsyncDisposable {
  readonly #db: Db
  readonly #checkpoint: () => Promise<unknown>
  #pieces = 0
  #running: Promise<unknown> | null = null

  /** `checkpoint` works in another thread; where it fails, SQLite does the same by itself at the end. */
  constructor(db: Db, checkpoint: () => Promise<unknown>) {
    this.#db = db
    this.#checkpoint = checkpoint
    db.sqlite.pragma('wal_autocheckpoint = 0')
  }

  /** A piece was written. */
  wrote(): void {
    this.#pieces += 1
    if (this.#pieces < PIECES || this.#running) return
    this.#pieces = 0
    this.#start()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#running
    this.#start()
    await this.#running
    if (this.#db.sqlite.open) this.#db.sqlite.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
  }

  #start(): void {
    this.#running = this.#checkpoint()
      .catch(() => {})
      .finally(() => (this.#running = null))
  }
}
