import { app } from 'electron'
import type { Log } from '../log.ts'

const SCHEME = 'hudson:'
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const MAX_CHARS = 200

/**
 * The page that a link of the system leads to: `hudson://session/ID`, `hudson://product/ID`; null for everything else. Anybody
 * may write such a link, on any web page: it opens a page and does nothing, and what it names is nothing but an id.
 */
export function planAppLink(text: string): string | null {
  if (text.length > MAX_CHARS || !text.startsWith(SCHEME)) return null
  const url = URL.parse(text)
  if (!url || url.protocol !== SCHEME || url.username || url.password || url.port || url.search || url.hash) return null
  const id = url.pathname.replace(/^\//, '').replace(/\/$/, '').toLowerCase()
  if (!uuid.test(id)) return null
  if (url.host === 'session') return `/sessions/${id}`
  return url.host === 'product' ? `/products/${id}` : null
}

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
    if (path === null) log.warn('a link was not understood', { link: link.slice(0, MAX_CHARS) })
    return path
  }
}

/** The link in a command line; what else stands there is not looked at. Windows and Linux hand links over like this. */
function linkIn(argv: readonly string[]): string | null {
  return argv.find((argument) => argument.startsWith(SCHEME)) ?? null
}
