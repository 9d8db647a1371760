import type { Log } from './log.ts'

interface Beside {
  readonly troubles: { noStudio(again: () => Promise<void>): void }
  readonly log: Log
  /** Rejects where the server cannot listen. */
  readonly start: () => Promise<AsyncDisposable>
}

/** The studio server beside an app that works without it: where it cannot be had, that is told, and tried again. */
export async function studioBeside({ troubles, log, start }: Beside): Promise<AsyncDisposable> {
  const had: { studio?: AsyncDisposable; isOver: boolean } = { isOver: false }
  const again = async (): Promise<void> => {
    const studio = await start()
    had.studio = studio
    if (had.isOver) await studio[Symbol.asyncDispose]()
  }
  try {
    await again()
  } catch (error) {
    log.error('the studio server could not be started', { error })
    troubles.noStudio(again)
  }
  return {
    [Symbol.asyncDispose]: async () => {
      had.isOver = true
      await had.studio?.[Symbol.asyncDispose]()
    },
  }
}
