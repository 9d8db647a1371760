import { app } from 'electron'
import type { Log } from '../log.ts'
import { linkIn, planAppLink } from './links.ts'

const LOGGED_CHARS = 200

interface Targets {
  readonly openPath: (path: string) => void
  /** Somebody started Hudson again, without a link. */
  readonly show: () => void
  readonly log: Log
}

/**
 * Links and second starts that the system hands over. They are listened for from the first moment on, because macOS tells the
 * link that Hudson was started by before it is ready, and wait until there are windows.
 */
export class AppLinks {
  #targets: Targets | null = null
  #waiting: string | null

  constructor(argv: readonly string[]) {
    this.#waiting = linkIn(argv)
    app.on('open-url', (event, url) => {
      event.preventDefault()
      this.#follow(url)
    })
    // No kind of file is ours to open: a catalogue is imported on the products' screen, which shows first what it would do.
    app.on('open-file', (event) => event.preventDefault())
    app.on('second-instance', (_event, others) => {
      const link = linkIn(others)
      if (link === null) this.#targets?.show()
      else this.#follow(link)
    })
  }

  /** From now on links open. Answers the page of the one that came first, where one did. */
  start(targets: Targets): string | null {
    this.#targets = targets
    const first = this.#waiting
    this.#waiting = null
    return first === null ? null : this.#plan(first, targets.log)
  }

  #follow(link: string): void {
    if (!this.#targets) return void (this.#waiting = link)
    const path = this.#plan(link, this.#targets.log)
    if (path !== null) this.#targets.openPath(path)
  }

  #plan(link: string, log: Log): string | null {
    const path = planAppLink(link)
    if (path === null) log.warn('a link was not understood', { link: link.slice(0, LOGGED_CHARS) })
    return path
  }
}
