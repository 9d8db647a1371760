import { AppError } from '#shared/app-error.ts'
import type { Backup, BackupKind, RestorePreview } from '#shared/backups.ts'
import type { backups } from '#shared/backups.ts'
import type { Handlers, Output } from '#shared/contract.ts'
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import type { Clock } from '../clock.ts'
import { parseBackupName } from '../db/backup-files.ts'
import type { Db } from '../db/database.ts'
import type { History } from '../db/history.ts'
import type { Writer } from '../db/write.ts'
import type { RunDiskJob } from '../disk-jobs.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import { applyRestore } from './apply-restore.ts'
import { BackupFolder } from './backup-folder.ts'
import type { CompareOptions, RestorePlan } from './compare.ts'
import { describeRestore } from './words.ts'

export interface BackupsDeps {
  readonly db: Db
  readonly writer: Writer
  readonly history: History
  readonly events: Events
  readonly dbPath: string
  readonly mediaDir: string
  readonly ports: { readonly clock: Clock; readonly log: Log; readonly runDiskJob: RunDiskJob }
}

type Which = { readonly id?: string | undefined; readonly path?: string | undefined }

/** After the start, which others need more. */
const FIRST_LOOK_MS = 2 * 60_000
const LOOK_EVERY_MS = 60 * 60_000
const DAY_MS = 24 * 60 * 60_000
const PLAN_TRIES = 5

/**
 * Copies of the whole database: daily, before Go live, before a restore and by hand. Restoring one is an edit like any other.
 *
 * 1. A backup is checked before it counts, and is there whole or not at all.
 * 2. One at a time, and never on the thread that answers people.
 * 3. Nothing waits for the daily one or the one before Go live; where they fail, that is in the log.
 */
export class Backups implements AsyncDisposable {
  readonly handlers: Handlers<typeof backups>
  readonly #deps: BackupsDeps
  readonly #folder: BackupFolder
  readonly #closing = new AbortController()
  #running: Promise<unknown> = Promise.resolve()
  #cancel: (() => void) | null = null

  constructor(deps: BackupsDeps) {
    this.#deps = deps
    this.#folder = new BackupFolder(join(dirname(deps.dbPath), 'backups'))
    deps.writer.observe({
      afterCommit: (changes) => {
        const goesLive = changes.some(
          ({ entity, before, after }) =>
            entity === 'session_states' && after?.['mode'] === 'live' && before?.['mode'] !== 'live',
        )
        if (goesLive) this.#inBackground('before-live')
      },
    })
    this.handlers = {
      'backups.list': () => ({ items: this.#folder.list() }),
      'backups.create': ({ path }) => (path === undefined ? this.#create('manual') : this.#copyTo(path)),
      'backups.preview': (which) => this.#preview(which),
      'backups.restore': ({ removeNewer = false, ...which }) => this.#restore(which, removeNewer),
    }
  }

  /** Begins to look whether a daily one is due. */
  start(): void {
    this.#folder.sweep()
    this.#look(FIRST_LOOK_MS)
  }

  /** Before another version of Hudson opens the data. Answers the path of the backup. */
  async beforeUpdate(): Promise<string> {
    const { id } = await this.#create('before-update')
    return this.#pathOf({ id })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancel?.()
    this.#closing.abort(new AppError('busy', 'Hudson is closing. Nothing was changed.'))
    await this.#running
  }

  #look(ms: number): void {
    const { clock } = this.#deps.ports
    this.#cancel = clock.after(ms, () => {
      if (this.#isDue()) this.#inBackground('daily')
      this.#look(LOOK_EVERY_MS)
    })
  }

  /** Not during a show, and not of nothing. */
  #isDue(): boolean {
    if (this.#isShowRunning() || !(this.#has('products') || this.#has('sessions'))) return false
    const last = this.#folder.newest('daily')
    return !last || Date.parse(this.#deps.ports.clock.now()) - Date.parse(last.at) >= DAY_MS
  }

  #inBackground(kind: BackupKind): void {
    this.#create(kind).catch((error: unknown) => {
      if (!this.#closing.signal.aborted) this.#deps.ports.log.error('a backup failed', { kind, error })
    })
  }

  async #create(kind: BackupKind): Promise<Backup> {
    const { dbPath, events, ports } = this.#deps
    return await this.#inTurn(async () => {
      const file = this.#folder.freeName(kind, ports.clock.now())
      const to = join(this.#folder.path, file)
      await ports.runDiskJob('copy', { dbPath, to }, this.#closing.signal)
      this.#folder.prune(file)
      events.emit('changed', { feature: 'backups' })
      ports.log.info('backed up', { file, bytes: statSync(to).size })
      return described(to, file, kind)
    })
  }

  /** A copy wherever a person wants it. */
  async #copyTo(path: string): Promise<Backup> {
    if (!isAbsolute(path))
      throw new AppError('bad-call', 'A backup needs a whole path.', { fields: { path: 'is not a whole path' } })
    if (existsSync(path)) {
      throw new AppError('conflict', 'There is a file of that name already. Nothing was written. Choose another name.')
    }
    if (!existsSync(dirname(path))) {
      throw new AppError('not-found', 'The folder for the backup is not there. Nothing was written.')
    }
    const { dbPath, ports } = this.#deps
    return await this.#inTurn(async () => {
      await ports.runDiskJob('copy', { dbPath, to: path }, this.#closing.signal)
      return { id: basename(path), kind: 'manual', at: ports.clock.now(), bytes: statSync(path).size }
    })
  }

  async #preview(which: Which): Promise<RestorePreview> {
    const { runDiskJob } = this.#deps.ports
    const all = await runDiskJob('preview', this.#compared(which, false), this.#closing.signal)
    const changes = all.filter(({ comeBack, change, newer }) => comeBack + change + newer > 0)
    const at = parseBackupName(basename(this.#pathOf(which)))?.at ?? null
    return { at, changes, words: describeRestore(changes) }
  }

  async #restore(which: Which, removeNewer: boolean): Promise<Output<'backups.restore'>> {
    const { db, history, ports } = this.#deps
    this.#refuseDuringShow()
    const compared = this.#compared(which, removeNewer)
    // First, so that a backup that cannot be read is told before one is made.
    await ports.runDiskJob('preview', compared, this.#closing.signal)
    const before = await this.#create('before-restore')
    const plan = await this.#plan(compared)
    this.#refuseDuringShow()
    const { value, undoId } = history.transact('backups', 'Restore a backup', (tx) =>
      applyRestore({ tx, db, removeNewer }, plan),
    )
    ports.log.info('a backup was restored', { ...value })
    return { undoId, ...value, before }
  }

  /** What is written while it is made would be undone by it: then it is made again. */
  async #plan(compared: CompareOptions): Promise<RestorePlan> {
    const { db, ports } = this.#deps
    const written = (): unknown => db.statement('SELECT total_changes()').pluck(true).get()
    for (let tries = 1; ; tries += 1) {
      const before = written()
      const plan = await ports.runDiskJob('plan', compared, this.#closing.signal)
      if (written() === before || tries === PLAN_TRIES) return plan
    }
  }

  #compared(which: Which, removeNewer: boolean): CompareOptions {
    const { dbPath, mediaDir } = this.#deps
    const work = join(this.#folder.path, 'restore.db')
    return { dbPath, mediaDir, backupPath: this.#pathOf(which), work, removeNewer }
  }

  #pathOf({ id, path }: Which): string {
    if ((id === undefined) === (path === undefined)) {
      const fields = { id: 'or path: one of them is needed' }
      throw new AppError('bad-call', 'Name one backup: by its id, or by the path of its file.', { fields })
    }
    const found = id === undefined ? path : this.#folder.pathOf(id)
    if (found === null || found === undefined)
      throw new AppError('not-found', 'There is no such backup. Nothing was changed.')
    return found
  }

  /** One after the other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#running.then(work)
    this.#running = turn.catch(() => undefined)
    return turn
  }

  #refuseDuringShow(): void {
    if (!this.#isShowRunning()) return
    throw new AppError(
      'conflict',
      'A session is live or in rehearsal, and a restore could change what the host reads. Nothing was changed. ' +
        'End it first, then restore.',
    )
  }

  #isShowRunning(): boolean {
    return this.#deps.db.statement(`SELECT 1 FROM session_states WHERE mode <> 'off' LIMIT 1`).get() !== undefined
  }

  #has(table: 'products' | 'sessions'): boolean {
    return this.#deps.db.statement(`SELECT 1 FROM ${table} LIMIT 1`).get() !== undefined
  }
}

function described(path: string, file: string, kind: BackupKind): Backup {
  const at = parseBackupName(file)?.at ?? ''
  return { id: file.replace(/\.db$/, ''), kind, at, bytes: statSync(path).size }
}
