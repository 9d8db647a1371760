import { AppError } from '#shared/app-error.ts'
import type { Broken } from './crashes/crash-report.ts'
import type { Log } from './log.ts'
import { CorruptedInstallation } from './native-check.ts'
import { dataDirProblem } from './storage-problem.ts'

/** As much of a process as is listened to. */
interface Watched {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown
}

interface Notes {
  note(broken: Broken): boolean
}

interface WatchDeps {
  readonly log: Log
  readonly crashLog: Notes
}

/**
 * A show may be on: whatever went wrong in one place is written down, and the rest goes on. Nothing half-written is left,
 * writes are transactions.
 */
export function watchProcess(watched: Watched, { log, crashLog }: WatchDeps): void {
  watched.on('uncaughtException', (error) => {
    log.error('uncaught', { error })
    crashLog.note({ kind: 'uncaught', error })
  })
  watched.on('unhandledRejection', (error) => {
    log.error('unhandled rejection', { error })
    crashLog.note({ kind: 'rejection', error })
  })
}

/** A start that failed for a reason that nobody foresaw leaves a report; what is told in words is no fault of ours. */
export function noteFailedStart(error: unknown, crashLog: Notes): void {
  if (error instanceof AppError || error instanceof CorruptedInstallation || dataDirProblem(error)) return
  crashLog.note({ kind: 'uncaught', error })
}
