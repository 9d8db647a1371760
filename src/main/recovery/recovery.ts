import type { Handlers } from '#shared/contract.ts'
import { RecoveryReport } from '#shared/recovery.ts'
import type { recovery } from '#shared/recovery.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import { noteSuspicion } from './quarantine.ts'
import type { DataFiles } from './quarantine.ts'
import { describeDamage, describeRepair } from './report.ts'

const NAME = 'recovery'
/** The last one that was read: for whoever asks later what happened. */
const READ = 'recovery-read'

/** Keeps a report until somebody has read it, beside the settings of this machine. */
export function storeReport(db: Db, report: RecoveryReport): void {
  put(db, NAME, report)
}

function put(db: Db, name: string, report: RecoveryReport): void {
  db.statement('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(
    name,
    JSON.stringify(report),
  )
}

/** null where there is none that was not read yet. */
export function readReport(db: Db): RecoveryReport | null {
  return stored(db, NAME)
}

function stored(db: Db, name: string): RecoveryReport | null {
  const value = db.statement('SELECT value FROM settings WHERE name = ?').pluck(true).get(name) as string | undefined
  const report = RecoveryReport.safeParse(value === undefined ? null : JSON.parse(value))
  return report.success ? report.data : null
}

export function forgetReport(db: Db): void {
  db.statement('DELETE FROM settings WHERE name = ?').run(NAME)
}

export interface RecoveryDeps {
  readonly db: Db
  readonly files: DataFiles
  readonly clock: Clock
  readonly log: Log
  readonly events: Events
}

/** What a person reads of damage and repairs, and what the next start has to know of it. */
export class RecoveryNotes {
  readonly handlers: Handlers<typeof recovery>
  readonly #deps: RecoveryDeps
  #suspected = false

  constructor(deps: RecoveryDeps) {
    const { db } = deps
    this.#deps = deps
    this.handlers = {
      'recovery.report': () => readReport(db),
      'recovery.last': () => readReport(db) ?? stored(db, READ),
      'recovery.dismiss': () => {
        const report = readReport(db)
        if (report?.repaired === true) put(db, READ, report)
        forgetReport(db)
        this.#changed()
        return {}
      },
    }
  }

  /** Edits of the queue were mended. May be called inside a transaction. */
  noteRepair({ restored, putBack, rebuilt, lost }: Record<'restored' | 'putBack' | 'rebuilt' | 'lost', number>): void {
    const { db, clock } = this.#deps
    storeReport(db, describeRepair({ fromDatabase: restored, fromJournal: putBack, rebuilt, lost }, clock.now()))
    this.#changed()
  }

  /** Damage was met: the next start looks at everything. */
  noteDamage(reason: string): void {
    if (this.#suspected) return
    this.#suspected = true
    const { db, files, clock, log } = this.#deps
    log.error('the local database is damaged', { reason })
    try {
      noteSuspicion(files, reason)
      storeReport(db, describeDamage(clock.now()))
    } catch (error) {
      log.error('the damage could not be noted down', { error })
    }
    this.#changed()
  }

  #changed(): void {
    this.#deps.events.emit('changed', { feature: 'recovery' })
  }
}
