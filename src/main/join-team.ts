import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Db } from './db/database.ts'
import type { Writer } from './db/write.ts'
import type { Events } from './events.ts'
import type { Log } from './log.ts'
import { People } from './presence/presence.ts'
import type { RecoveryNotes } from './recovery/recovery.ts'
import type { SettingsStore } from './settings/settings.ts'
import { connectRemote } from './sync/connect.ts'
import type { Connection, ConnectOptions } from './sync/connect.ts'
import { flushHere, FlushThread } from './sync/flusher.ts'
import { JournalFile } from './sync/journal.ts'
import { Sync } from './sync/sync.ts'

interface TeamParts {
  readonly db: Db
  readonly writer: Writer
  readonly events: Events
  readonly ports: { readonly log: Log; readonly clock: Clock; readonly random: () => number }
  readonly settings: SettingsStore
  readonly recovery: RecoveryNotes
  readonly noteFailure: (error: unknown) => void
  /** Hears of rows that came in past the writer. */
  readonly onBulk: () => void
}

/** This desktop's part in the team, the name under which the others know it, and where they all are. */
export function joinTeam(config: Config, { settings, recovery, noteFailure, ...parts }: TeamParts) {
  const { team } = settings.get()
  const author = team.deviceName ?? hostname()
  const about = { device: author, version: config.version }
  const connectionTo = (databaseUrl: string | undefined): Connection | null =>
    databaseUrl === undefined ? null : connect(config, { databaseUrl, team, about })
  const sync = new Sync({
    ...parts,
    connection: connectionTo(config.databaseUrl),
    journal: new JournalFile(
      config.journalPath,
      config.flushWorker === undefined ? flushHere : new FlushThread(config.flushWorker),
    ),
    onRepair: (repair) => recovery.noteRepair(repair),
    onHere: noteFailure,
  })
  const people = new People({ ...parts.ports, events: parts.events, team: sync.meeting })
  return { sync, author, connectionTo, people }
}

/** The ways to the team's database. */
function connect(config: Config, options: Omit<ConnectOptions, 'bulk'>): Connection {
  const { bulkWorker, dbPath, dataDir } = config
  const bulk =
    bulkWorker === undefined ? undefined : { script: bulkWorker, dbPath, stagePath: join(dataDir, 'sync.stage') }
  return connectRemote({ ...options, bulk })
}
