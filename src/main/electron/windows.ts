import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { BrowserWindowConstructorOptions } from 'electron'
import type { Broken } from '../crashes/crash-report.ts'
import type { Log } from '../log.ts'
import type { Say } from '../words/speech.ts'
import { appOrigin } from './links.ts'
import { reviveAfterCrash } from './page-crash.ts'
import { knownScreens } from './screen-identity.ts'
import type { KnownScreen } from './screen-identity.ts'
import { planPlacement, rememberPlace } from './window-place.ts'
import type { WindowKind, WindowRecord } from './window-record.ts'

export interface WindowsDeps {
  readonly log: Log
  readonly say: Say
  readonly noteCrash: (broken: Broken) => void
  readonly record: WindowRecord
  /** The built preload: one CommonJS file. */
  readonly preload: string
  readonly development: boolean
}

/** A window of ours, and what it was opened for. */
export interface OwnWindow {
  readonly window: BrowserWindow
  readonly kind: WindowKind
  /** Whether it covers a screen, instead of standing where the user put it. */
  readonly covers: boolean
  /** Whether nobody ever sees it: it draws a page for a file. */
  readonly unseen: boolean
}

const usualSize: Readonly<Record<WindowKind, { readonly width: number; readonly height: number }>> = {
  main: { width: 1440, height: 900 },
  producer: { width: 1600, height: 1000 },
  host: { width: 1280, height: 720 },
}
const grounds = { dark: '#111112', light: '#f6f6f7' }
const SETTLED_MS = 400

/** The screens that are connected now, with the names under which they are known again. */
export function screensNow(): KnownScreen[] {
  return knownScreens(screen.getAllDisplays(), screen.getPrimaryDisplay().id)
}

/**
 * The windows that we opened: only their pages may talk to the core.
 *
 * 1. One window at most for each path: asking for it again brings it to the front.
 * 2. A window opens where windows of its kind stood last, within what is connected.
 * 3. A page that crashes comes back in its own window; no other window notices.
 */
export class Windows {
  readonly #deps: WindowsDeps
  readonly #open = new Map<number, OwnWindow>()
  #mayClose: (closing: OwnWindow) => boolean = () => true

  constructor(deps: WindowsDeps) {
    this.#deps = deps
  }

  /** From now on it is asked whether a window may close that somebody wants to close. */
  guard(mayClose: (closing: OwnWindow) => boolean): void {
    this.#mayClose = mayClose
  }

  /** Whether these contents belong to a window of ours. */
  isOwn(contentsId: number): boolean {
    return this.#open.has(contentsId)
  }

  /** The open ones that people see, the oldest first. */
  get all(): readonly OwnWindow[] {
    return [...this.#open.values()].filter(({ unseen }) => !unseen)
  }

  /** The one that has the keyboard. */
  get focused(): OwnWindow | undefined {
    return this.all.find(({ window }) => window.isFocused())
  }

  /** Brings the main window to the front, or opens it. Answers it. */
  show(): BrowserWindow {
    const main = this.all.find(({ kind }) => kind === 'main') ?? this.all.find(({ kind }) => kind === 'producer')
    return main ? toFront(main.window) : this.open('/')
  }

  /** Opens a window at a path of the app. */
  open(path: string): BrowserWindow {
    const there = this.all.find(({ window, covers }) => !covers && pathOf(window) === path)
    if (there) return toFront(there.window)
    const kind = kindOf(path)
    const placement = planPlacement(this.#deps.record.placesOf(kind), screensNow(), usualSize[kind])
    const window = this.create({ kind, path, options: { minWidth: 640, minHeight: 480, ...placement?.bounds } })
    // Before that it would be shown, empty.
    if (placement?.maximized) window.once('ready-to-show', () => window.maximize())
    this.#followPlace(window, kind)
    return window
  }

  /** Makes a window of ours with further options: what is not told is as for all of them. */
  create({ kind, path, options, covers = false, unseen = false }: Making): BrowserWindow {
    const { log, say, noteCrash, preload, development } = this.#deps
    const window = new BrowserWindow({
      show: false,
      title: 'Hudson',
      backgroundColor: nativeTheme.shouldUseDarkColors ? grounds.dark : grounds.light,
      autoHideMenuBar: true,
      ...options,
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        // Elsewhere Chromium fetches a dictionary from the network; macOS has its own.
        spellcheck: process.platform === 'darwin',
        devTools: development,
      },
    })
    const { webContents: contents } = window
    const { id } = contents
    const own: OwnWindow = { window, kind, covers, unseen }
    this.#open.set(id, own)
    window.on('close', (event) => {
      if (!unseen && !this.#mayClose(own)) event.preventDefault()
    })
    window.once('closed', () => this.#open.delete(id))
    // What covers a screen is for others to look at: the keyboard stays where it is.
    if (!unseen) window.once('ready-to-show', () => (covers ? window.showInactive() : window.show()))
    // A preload that does not load is silent otherwise: the page would only lack its bridge.
    contents.on('preload-error', (_event, file, error) => log.error('the preload failed', { file, error }))
    if (!unseen) reviveAfterCrash(window, { log, say, noteCrash, unattended: covers })
    window.loadURL(`${appOrigin}${path}`).catch((error: unknown) => log.error('a page did not load', { path, error }))
    return window
  }

  #followPlace(window: BrowserWindow, kind: WindowKind): void {
    const { record } = this.#deps
    const waiting: { timer: NodeJS.Timeout | null } = { timer: null }
    const remember = (): void => {
      if (waiting.timer) clearTimeout(waiting.timer)
      waiting.timer = null
      if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return
      const bounds = window.getNormalBounds()
      const display = screen.getDisplayMatching(bounds)
      const on = screensNow().find((one) => one.display.id === display.id)
      if (!on) return
      record.keepPlaces(kind, rememberPlace(record.placesOf(kind), on, { bounds, maximized: window.isMaximized() }))
    }
    const soon = (): void => {
      waiting.timer ??= setTimeout(remember, SETTLED_MS)
    }
    window.on('move', soon)
    window.on('resize', soon)
    window.on('maximize', soon)
    window.on('unmaximize', soon)
    window.on('close', remember)
    window.once('closed', () => waiting.timer && clearTimeout(waiting.timer))
  }
}

interface Making {
  readonly kind: WindowKind
  readonly path: string
  readonly options: BrowserWindowConstructorOptions
  readonly covers?: boolean
  readonly unseen?: boolean
}

/** What a window at that path is for. */
export function kindOf(path: string): WindowKind {
  if (path.startsWith('/host/')) return 'host'
  return /^\/sessions\/[^/]+\/producer/.test(path) ? 'producer' : 'main'
}

/** Where in the app a window is now, without what follows a question mark. */
export function pathOf(window: BrowserWindow): string {
  return URL.parse(window.webContents.getURL())?.pathname ?? ''
}

function toFront(window: BrowserWindow): BrowserWindow {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
  return window
}
