import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { isDamage } from './db/damage.ts'
import type { Db } from './db/database.ts'
import type { Events } from './events.ts'
import type { Log } from './log.ts'
import { RecoveryNotes } from './recovery/recovery.ts'
import { Troubles } from './trouble/trouble.ts'

interface Deps {
  readonly db: Db
  readonly clock: Clock
  readonly log: Log
  readonly events: Events
}

/** What this computer could not do: damage is noted for the next start, a disk that takes nothing is tried again. */
export function ownFailures(files: Config, deps: Deps) {
  const recovery = new RecoveryNotes({ ...deps, files })
  const troubles = new Troubles({ ...deps, dataDir: files.dataDir })
  const noteFailure = (error: unknown): void =>
    isDamage(error) ? recovery.noteDamage(error.message) : troubles.note(error)
  return { recovery, troubles, noteFailure }
}
