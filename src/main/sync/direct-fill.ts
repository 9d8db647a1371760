import type { Applied } from './apply.ts'
import type { BulkDeps } from './bulk-deps.ts'
import { FirstFill } from './first-fill.ts'
import type { Chunk } from './remote.ts'
import { SyncState } from './state.ts'
import type { Cursor } from './state.ts'

/** Whoever wants to write is not kept waiting for pages for longer, in ms. */
const PATIENCE_MS = 10_000

type DirectDeps = Pick<BulkDeps, 'db' | 'clock' | 'order' | 'say' | 'mayWrite' | 'search'>

/**
 * A first pull that is written while its pages come. Its transaction stays open while it waits for the network, so nobody else can
 * write meanwhile: where that would take too long, it is given up, and nothing was written.
 */
export class DirectFill implements Disposable {
  readonly #deps: DirectDeps
  readonly #state: SyncState
  readonly #until: number
  /** Null once it is given up. */
  #fill: FirstFill | null

  /** Null where this is no first pull after all. */
  static async begin(deps: DirectDeps): Promise<DirectFill | null> {
    const { sqlite } = deps.db
    await deps.mayWrite()
    // Not by `transaction`, whose work may not wait for anything.
    sqlite.exec('BEGIN IMMEDIATE')
    if (FirstFill.fits(deps.db)) return new DirectFill(deps)
    sqlite.exec('ROLLBACK')
    deps.say({ kind: 'resting' })
    return null
  }

  private constructor(deps: DirectDeps) {
    this.#deps = deps
    this.#state = new SyncState(deps.db)
    this.#until = deps.clock.elapsed() + PATIENCE_MS
    this.#fill = new FirstFill({ ...deps, state: this.#state })
  }

  /** Waits for a page, but not for ever. */
  async patience(page: Promise<unknown>): Promise<void> {
    if (!this.#fill) return
    const { clock, say } = this.#deps
    const late = Promise.withResolvers<'late'>()
    const cancel = clock.after(this.#until - clock.elapsed(), () => late.resolve('late'))
    const isLate = (await Promise.race([page, late.promise]).finally(cancel)) === 'late'
    if (!isLate) return
    this[Symbol.dispose]()
    say({ kind: 'resting' })
  }

  add(chunks: readonly Chunk[], options: { readonly again: boolean }): void {
    this.#fill?.add(chunks, options)
  }

  /** Null where it was given up. */
  finish(cursor: Cursor): Applied | null {
    if (!this.#fill) return null
    const applied = this.#fill.finish(cursor)
    if (this.#deps.order.job.full) this.#state.set('resync', false)
    this.#deps.db.sqlite.exec('COMMIT')
    this.#fill = null
    return applied
  }

  [Symbol.dispose](): void {
    if (!this.#fill) return
    this.#fill = null
    // An error of the disk has ended it already.
    if (this.#deps.db.sqlite.inTransaction) this.#deps.db.sqlite.exec('ROLLBACK')
  }
}
