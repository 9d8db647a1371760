import { AppError } from '#shared/app-error.ts'
import type { Config } from './config.ts'
import { localSchema } from './db/open.ts'
import type { Log } from './log.ts'
import { updatePlatform } from './update-platform.ts'
import type { RunningDesktop } from './update-platform.ts'
import { openUpdateRecord } from './updates/create-updates.ts'
import type { UpdatesPort } from './updates/create-updates.ts'
import { goBack, putBackupInPlace, readableBackup } from './updates/go-back.ts'
import { FAILED_BOOTS, wayBack } from './updates/way-back.ts'

interface AtStart {
  readonly config: Config
  readonly log: Log
  readonly desktop: RunningDesktop
  /** Whether the version before this one is to be put in place, which started when this one did not. */
  readonly ask: (offer: {
    readonly version: string
    readonly earlier: string
    readonly tries: number
    readonly needsBackup: boolean
  }) => Promise<boolean>
}

/**
 * What comes before anything else is opened: a version that was put in place and did not come to a window three times may be
 * what keeps Hudson from starting, so going back is offered now. Answers null where that was done, and this version has to end.
 */
export async function updatesAtStart({ config, log, desktop, ask }: AtStart): Promise<UpdatesPort | null> {
  const { version } = desktop
  const record = openUpdateRecord(config)
  const platform = updatePlatform({ config, log, desktop })
  const tries = record.noteStart(version)
  const port = { platform, record, version }
  if (tries < FAILED_BOOTS || !platform) return port
  const way = wayBack(record.state, version)
  if (way.kind === 'none') {
    log.error('this version did not start, and there is no way back', { tries, reason: way.reason })
    return port
  }
  const { needsBackup, to } = way
  if (!(await ask({ version, earlier: to.version, tries, needsBackup }))) {
    // Three more tries before it is asked again.
    record.change({ boot: { version, tries: 1 } })
    return port
  }
  try {
    await goBack({ record, engine: platform.engine, version, files: config, now: new Date().toISOString() })
    log.warn('went back to the version before', { from: version, to: to.version })
    return null
  } catch (error) {
    log.error('going back failed', { error })
    return port
  }
}

interface NewerData {
  readonly config: Config
  readonly log: Log
  /** Whether that backup is to be opened instead. */
  readonly ask: (problem: string, backupAt: string) => Promise<boolean>
}

/**
 * Opens what `open` opens. Where the data was written by a newer Hudson, that is refused, as it must be; then the newest backup
 * that this version can read is offered, and the newer data put aside.
 */
export async function openOrBackup<T>(open: () => T, { config, log, ask }: NewerData): Promise<T> {
  try {
    return open()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'update-required') throw error
    const backup = readableBackup(config, localSchema)
    if (!backup || !(await ask(error.message, backup.at))) throw error
    log.warn('a backup takes the place of data from a newer version', { at: backup.at })
    putBackupInPlace(config, backup.path, new Date().toISOString())
    return open()
  }
}
