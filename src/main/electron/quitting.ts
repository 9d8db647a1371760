import { app, autoUpdater, dialog, powerMonitor } from 'electron'
import type { Log } from '../log.ts'
import type { Say } from '../words/speech.ts'
import type { ShowWatch } from './show-watch.ts'

/** How long what is open may take to close. Every edit is on the disk by then: what would be cut off is a push to the team. */
const LAST_MS = 8_000

interface QuittingDeps {
  readonly log: Log
  readonly show: ShowWatch
  readonly say: Say
  /** Ends what the app has open. */
  readonly close: () => Promise<void>
  /** Then, however long it takes: an update is put in place. Answers whether the app has to be started again. */
  readonly last: () => Promise<boolean>
}

/**
 * The end of the app.
 *
 * 1. While a show is live it asks first; Stay is the default, and what happens when the question is closed.
 * 2. Once it is decided, nothing else holds it: `isQuitting` lets every window close.
 * 3. The core is closed before the process ends, within a time limit.
 * 4. The system's shutdown and an update that is being installed are not asked about.
 */
export class Quitting {
  readonly #deps: QuittingDeps
  #decided = false
  #closing = false
  #closed = false
  #asking = false
  #restart = false

  constructor(deps: QuittingDeps) {
    this.#deps = deps
  }

  get isQuitting(): boolean {
    return this.#decided
  }

  start(): void {
    app.on('before-quit', (event) => {
      if (this.#closed) return
      event.preventDefault()
      if (this.#closing) return
      if (this.#decided || !this.#deps.show.isLive) return this.#close()
      if (this.#asking) return
      this.#ask().catch((error: unknown) => this.#deps.log.error('the question could not be asked', { error }))
    })
    // Says it before `before-quit`, or instead of it.
    autoUpdater.on('before-quit-for-update', () => (this.#decided = true))
    powerMonitor.on('shutdown', (...[event]: readonly unknown[]) => {
      // Where the system lets us (Linux, macOS): a moment to close.
      ;(event as Electron.Event | undefined)?.preventDefault()
      this.now()
    })
  }

  /** Ends the app without asking. */
  now(): void {
    this.#decided = true
    app.quit()
  }

  /** Ends the app, and starts it again. Asks while a show is live. */
  restart(): void {
    this.#restart = true
    app.quit()
  }

  async #ask(): Promise<void> {
    const { show, say } = this.#deps
    const { name = '', number = null } = show.current ?? {}
    this.#asking = true
    const { response } = await dialog
      .showMessageBox({
        type: 'warning',
        message:
          number === null
            ? say('You are LIVE in “{name}”.', { name })
            : say('You are LIVE in “{name}” at #{number}.', { name, number }),
        detail: say(
          'If you close Hudson now, the host’s screen goes dark. The place in the show is kept: it goes on there when you open Hudson again.',
        ),
        buttons: [say('Stay'), say(this.#restart ? 'Restart Hudson' : 'Close Hudson')],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      })
      .finally(() => (this.#asking = false))
    if (response === 1) this.now()
    else this.#restart = false
  }

  #close(): void {
    this.#decided = true
    this.#closing = true
    this.#finish().catch((error: unknown) => {
      this.#deps.log.error('closing failed', { error })
      app.exit(1)
    })
  }

  async #finish(): Promise<void> {
    const { log, close, last } = this.#deps
    const limit = Promise.withResolvers<void>()
    const timer = setTimeout(() => {
      log.warn('closing took too long and was cut off', { afterMs: LAST_MS })
      limit.resolve()
    }, LAST_MS)
    try {
      await Promise.race([close(), limit.promise])
    } catch (error) {
      log.error('closing failed', { error })
    }
    clearTimeout(timer)
    const restart = (await last()) || this.#restart
    this.#closed = true
    if (restart) app.relaunch()
    app.quit()
  }
}
