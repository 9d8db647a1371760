import { dialog } from 'electron'
import type { BrowserWindow } from 'electron'
import type { Broken } from '../crashes/crash-report.ts'
import type { Log } from '../log.ts'
import type { Say } from '../words/speech.ts'

/** How long to wait before the next try, in ms, by how often the page crashed within a minute. */
const waits = [0, 1_000, 5_000, 15_000]
const LATELY_MS = 60_000

interface CrashDeps {
  readonly log: Log
  readonly say: Say
  /** Writes a report of it. */
  readonly noteCrash: (broken: Broken) => void
  /** Nobody is there to be asked: a page that hangs is loaded again at once. */
  readonly unattended: boolean
}

/**
 * Brings a page back after its process died, in the same window: everything that it shows is kept by the core. A page that
 * does not answer is loaded again once the user says so, for a field may hold text that is not saved yet.
 */
export function reviveAfterCrash(window: BrowserWindow, { log, say, noteCrash, unattended }: CrashDeps): void {
  const { webContents: contents } = window
  const crashes: number[] = []
  const asking: { now: AbortController | null } = { now: null }
  const reload = (): void => {
    if (!window.isDestroyed()) contents.reload()
  }

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    const now = performance.now()
    crashes.push(now)
    const lately = crashes.filter((at) => now - at < LATELY_MS).length
    const wait = waits[Math.min(lately, waits.length) - 1] ?? 0
    log.error('a page crashed and is loaded again', { reason, exitCode, wait })
    const error = Object.assign(new Error(`A page's process ended: ${reason}, code ${exitCode}`), {
      name: 'PageGone',
      stack: '',
    })
    noteCrash({ kind: 'page-gone', error, path: URL.parse(contents.getURL())?.pathname })
    setTimeout(reload, wait)
  })

  const ask = async (): Promise<void> => {
    asking.now = new AbortController()
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      message: say('The window “{title}” does not answer.', { title: window.getTitle() }),
      detail: say('Everything that was saved is safe. Loading it again loses only what stands in a field unsaved.'),
      buttons: [say('Wait'), say('Load again')],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      signal: asking.now.signal,
    })
    asking.now = null
    if (response === 1) again()
  }
  /** A page that hangs does not even reload: its process has to go first. */
  const again = (): void => {
    if (!window.isDestroyed()) contents.forcefullyCrashRenderer()
  }
  window.on('unresponsive', () => {
    log.warn('a page does not answer', { title: window.getTitle() })
    if (unattended) return again()
    if (!asking.now) ask().catch((error: unknown) => log.error('the question could not be asked', { error }))
  })
  window.on('responsive', () => asking.now?.abort())
}
