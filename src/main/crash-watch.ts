import type { Broken } from './crashes/crash-report.ts'
import type { Log } from './log.ts'

/** As much of a process as is listened to. */
interface Watched {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown
}

interface WatchDeps {
  readonly log: Log
  readonly crashLog: { note(broken: Broken): boolean }
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
