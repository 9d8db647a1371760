import type { Handlers } from '#shared/contract.ts'
import type { StorageTrouble, Trouble, trouble } from '#shared/trouble.ts'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import { storageTrouble } from '../storage-problem.ts'

interface TroubleDeps {
  readonly db: Db
  readonly dataDir: string
  readonly clock: Clock
  readonly log: Log
  readonly events: Events
}

/** How long after a failure it is tried again, in ms. */
const STORAGE_MS = 5_000
const STUDIO_MS = 60_000
/** A disk with less room than this is full: a page of the database would fit, the next edit would not. */
const ROOM = Buffer.alloc(256 * 1024)

/**
 * What does not work on this computer, for as long as it does not.
 *
 * 1. One refused write is enough to say so; only a write that works takes it back, and that is tried without anybody's doing.
 * 2. What is tried leaves nothing behind, in the folder or in the database.
 */
export class Troubles implements Disposable {
  readonly handlers: Handlers<typeof trouble>
  readonly #deps: TroubleDeps
  #storage: Trouble['storage'] = null
  #studio: { readonly since: string; readonly again: () => Promise<void> } | null = null
  #cancelStorage: (() => void) | null = null
  #cancelStudio: () => void = () => {}
  #closed = false

  constructor(deps: TroubleDeps) {
    this.#deps = deps
    this.handlers = {
      'trouble.state': () => this.state,
      'trouble.retry': async () => {
        if (this.#storage) this.#tryStorage()
        if (this.#studio) await this.#tryStudio()
        return this.state
      },
    }
  }

  get state(): Trouble {
    return { storage: this.#storage, studio: this.#studio && { since: this.#studio.since } }
  }

  /** Something failed. Where that means that nothing can be saved, it is told until something can. */
  note(error: unknown): void {
    const kind = storageTrouble(error)
    if (kind !== null) this.#setStorage(kind)
  }

  /** The server for pages in browsers does not listen. `again` tries it once more; it rejects where that is in vain. */
  noStudio(again: () => Promise<void>): void {
    this.#studio = { since: this.#deps.clock.now(), again }
    this.#planStudio()
    this.#tell()
  }

  [Symbol.dispose](): void {
    this.#closed = true
    this.#cancelStorage?.()
    this.#cancelStudio()
  }

  #setStorage(kind: StorageTrouble): void {
    if (this.#closed) return
    // One that is planned stays: failures that come faster than it must not put it off.
    this.#cancelStorage ??= this.#deps.clock.after(STORAGE_MS, () => this.#tryStorage())
    if (this.#storage?.kind === kind) return
    this.#storage = { kind, since: this.#storage?.since ?? this.#deps.clock.now() }
    this.#deps.log.error('nothing can be saved', { kind })
    this.#tell()
  }

  #tryStorage(): void {
    this.#cancelStorage?.()
    this.#cancelStorage = null
    try {
      tryRoom(join(this.#deps.dataDir, 'room.probe'))
      tryDatabase(this.#deps.db)
    } catch (error) {
      // Whatever it is now, it is no success.
      this.#setStorage(storageTrouble(error) ?? this.#storage?.kind ?? 'broken')
      return
    }
    this.#storage = null
    this.#deps.log.info('it can be saved again')
    this.#tell()
  }

  #planStudio(): void {
    this.#cancelStudio()
    this.#cancelStudio = this.#deps.clock.after(STUDIO_MS, () => void this.#tryStudio())
  }

  /** Never rejects. */
  async #tryStudio(): Promise<void> {
    const studio = this.#studio
    if (!studio || this.#closed) return
    this.#cancelStudio()
    try {
      await studio.again()
      this.#studio = null
      this.#tell()
    } catch (error) {
      this.#deps.log.debug('the studio server cannot listen yet', { error })
      if (!this.#closed) this.#planStudio()
    }
  }

  #tell(): void {
    this.#deps.events.emit('changed', { feature: 'trouble' })
  }
}

function tryRoom(path: string): void {
  try {
    writeFileSync(path, ROOM, { mode: 0o600, flush: true })
  } finally {
    rmSync(path, { force: true })
  }
}

function tryDatabase(db: Db): void {
  db.sqlite.transaction(() => {
    // More than what is free in its pages, as the next edit may be.
    db.statement(`INSERT INTO settings (name, value) VALUES ('probe', hex(zeroblob(32768)))`).run()
    db.statement(`DELETE FROM settings WHERE name = 'probe'`).run()
  })()
}
