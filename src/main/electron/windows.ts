import { BrowserWindow } from 'electron'
import type { Log } from '../log.ts'
import { appOrigin } from './links.ts'

export interface WindowsDeps {
  readonly log: Log
  /** The built preload: one CommonJS file. */
  readonly preload: string
  readonly development: boolean
}

/** The windows that we opened: only their pages may talk to the core. */
export class Windows {
  readonly #deps: WindowsDeps
  readonly #open = new Map<number, BrowserWindow>()

  constructor(deps: WindowsDeps) {
    this.#deps = deps
  }

  /** Whether these contents belong to a window of ours. */
  isOwn(contentsId: number): boolean {
    return this.#open.has(contentsId)
  }

  /** Brings a window to the front, or opens the first one. */
  show(): void {
    const window = this.#open.values().next().value
    if (!window) return this.open('/')
    if (window.isMinimized()) window.restore()
    window.focus()
  }

  /** Opens a window at a path of the app. */
  open(path: string): void {
    const { log, preload, development } = this.#deps
    const window = new BrowserWindow({
      width: 1440,
      height: 900,
      minWidth: 640,
      minHeight: 480,
      show: false,
      title: 'Hudson',
      backgroundColor: '#101114',
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: true,
        devTools: development,
      },
    })
    const { webContents: contents } = window
    const { id } = contents
    this.#open.set(id, window)
    window.once('closed', () => this.#open.delete(id))
    window.once('ready-to-show', () => window.show())
    // A preload that does not load is silent otherwise: the page would only lack its bridge.
    contents.on('preload-error', (_event, file, error) => log.error('the preload failed', { file, error }))
    contents.on('render-process-gone', (_event, { reason }) => log.error('a page crashed', { reason }))
    window.loadURL(`${appOrigin}${path}`).catch((error: unknown) => log.error('a page did not load', { path, error }))
  }
}
