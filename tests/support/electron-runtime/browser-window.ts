import type { BrowserWindow as ElectronWindow, BrowserWindowConstructorOptions } from 'electron'
import { app } from './app.ts'
import { StandInEvent } from './event.ts'
import type { Menu } from './menu.ts'
import { notBuilt } from './not-built.ts'
import { onlyWhenReady, windows } from './state.ts'
import { WebContents } from './web-contents.ts'
import { WindowFlags } from './window-flags.ts'
import { focusedWindow } from './window-place.ts'

type Built = Pick<
  ElectronWindow,
  | ('id' | 'loadURL' | 'reload' | 'close' | 'destroy' | 'isDestroyed' | 'show' | 'showInactive' | 'hide' | 'isVisible')
  | (
      | 'focus'
      | 'blur'
      | 'isFocused'
      | 'minimize'
      | 'restore'
      | 'isMinimized'
      | 'maximize'
      | 'unmaximize'
      | 'isMaximized'
    )
  | (
      | 'setFullScreen'
      | 'isFullScreen'
      | 'setKiosk'
      | 'isKiosk'
      | 'setSimpleFullScreen'
      | 'isSimpleFullScreen'
      | 'isNormal'
    )
  | ('setBounds' | 'getBounds' | 'getNormalBounds' | 'getContentBounds' | 'setContentBounds' | 'setSize' | 'getSize')
  | ('setMinimumSize' | 'getMinimumSize' | 'setMaximumSize' | 'getMaximumSize' | 'center' | 'moveTop')
  | (
      | 'setAlwaysOnTop'
      | 'isAlwaysOnTop'
      | 'setTitle'
      | 'getTitle'
      | 'title'
      | 'setMenuBarVisibility'
      | 'isMenuBarVisible'
    )
  | (
      | 'setAutoHideMenuBar'
      | 'isMenuBarAutoHide'
      | 'autoHideMenuBar'
      | 'removeMenu'
      | 'setBackgroundColor'
      | 'getBackgroundColor'
    )
  | ('setSkipTaskbar' | 'setVisibleOnAllWorkspaces' | 'isVisibleOnAllWorkspaces' | 'setProgressBar' | 'flashFrame')
  | ('setClosable' | 'isClosable' | 'setResizable' | 'isResizable' | 'setMovable' | 'isMovable' | 'setMinimizable')
  | ('isMinimizable' | 'setMaximizable' | 'isMaximizable' | 'setFullScreenable' | 'isFullScreenable' | 'setEnabled')
  | ('isEnabled' | 'setOpacity' | 'getOpacity' | 'setContentProtection' | 'setIgnoreMouseEvents' | 'setAutoHideCursor')
>

const ids = { last: 0 }

/**
 * Electron's BrowserWindow (docs/api/browser-window.md).
 *
 * 1. `close` asks the window, then its page's `beforeunload`; whoever prevents it keeps the window. `destroy` asks nobody.
 * 2. After `closed` every use of the window throws, but for `isDestroyed`.
 */
export class BrowserWindow extends WindowFlags implements Built {
  readonly id = (ids.last += 1)
  readonly #contents: WebContents
  #title: string
  #background: string
  #alwaysOnTop: { on: boolean; level: string }
  #menu: Menu | null | undefined = undefined
  #menuBar = { visible: true, autoHide: false }
  #opacity = 1
  progress = -1
  contentProtected = false

  static getAllWindows(): BrowserWindow[] {
    return [...windows]
  }

  static getFocusedWindow(): BrowserWindow | null {
    return windows.find((window) => window === focusedWindow()) ?? null
  }

  static fromId(id: number): BrowserWindow | null {
    return windows.find((window) => window.id === id) ?? null
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return windows.find((window) => window.webContents === contents) ?? null
  }

  constructor(options: BrowserWindowConstructorOptions = {}) {
    onlyWhenReady('BrowserWindow')
    super(options)
    const { webPreferences = {} } = options
    if (webPreferences.contextIsolation === false) notBuilt('A window without contextIsolation')
    if (webPreferences.sandbox === false && !app.sandboxed) notBuilt('A window without a sandbox')
    if (webPreferences.nodeIntegration === true) notBuilt('A window with nodeIntegration')
    for (const key of ['parent', 'modal', 'tabbingIdentifier'] as const)
      if (options[key] !== undefined) notBuilt(`BrowserWindow's option ${key}`)
    this.#contents = new WebContents(webPreferences)
    this.#title = options.title ?? 'Electron'
    this.#background = options.backgroundColor ?? '#FFFFFF'
    this.#alwaysOnTop = {
      on: options.alwaysOnTop ?? false,
      level: options.alwaysOnTop === true ? 'floating' : 'normal',
    }
    this.#menuBar = { visible: true, autoHide: options.autoHideMenuBar ?? false }
    this.#follow()
    windows.push(this)
    app.emit('browser-window-created', new StandInEvent(), this)
    app.emit('web-contents-created', new StandInEvent(), this.#contents)
  }

  get webContents(): WebContents {
    return this.#contents
  }

  get title(): string {
    return this.#title
  }

  set title(title: string) {
    this.setTitle(title)
  }

  get autoHideMenuBar(): boolean {
    return this.#menuBar.autoHide
  }

  set autoHideMenuBar(hide: boolean) {
    this.setAutoHideMenuBar(hide)
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.loadURL(url)
  }

  reload(): void {
    this.webContents.reload()
  }

  close(): void {
    void this.tryClose()
  }

  destroy(): void {
    if (this.gone) return
    this.blur()
    this.gone = true
    const place = windows.indexOf(this)
    if (place >= 0) windows.splice(place, 1)
    this.#contents.destroy()
    this.emit('closed')
    app.windowClosed()
  }

  /** Answers whether the window is gone. */
  async tryClose(): Promise<boolean> {
    if (this.gone) return true
    const event = new StandInEvent()
    this.emit('close', event)
    if (event.defaultPrevented) return false
    if (!(await this.#mayUnload())) return false
    this.destroy()
    return true
  }

  setTitle(title: string): void {
    this.alive()
    this.#title = title
  }

  getTitle(): string {
    this.alive()
    return this.#title
  }

  setBackgroundColor(color: string): void {
    this.#background = color
  }

  getBackgroundColor(): string {
    return this.#background
  }

  setAlwaysOnTop(flag: boolean, level = 'floating'): void {
    this.alive()
    const before = this.#alwaysOnTop.on
    this.#alwaysOnTop = { on: flag, level: flag ? level : 'normal' }
    if (before !== flag) this.emit('always-on-top-changed', new StandInEvent(), flag)
  }

  isAlwaysOnTop(): boolean {
    this.alive()
    return this.#alwaysOnTop.on
  }

  get alwaysOnTopLevel(): string {
    return this.#alwaysOnTop.level
  }

  setMenu(menu: Menu | null): void {
    this.#menu = menu
  }

  removeMenu(): void {
    this.#menu = null
  }

  /** Its own menu; null without one, undefined where the application's counts. */
  get ownMenu(): Menu | null | undefined {
    return this.#menu
  }

  setMenuBarVisibility(visible: boolean): void {
    this.alive()
    this.#menuBar = { ...this.#menuBar, visible }
  }

  isMenuBarVisible(): boolean {
    return this.#menuBar.visible && !this.#menuBar.autoHide
  }

  setAutoHideMenuBar(hide: boolean): void {
    this.#menuBar = { ...this.#menuBar, autoHide: hide }
  }

  isMenuBarAutoHide(): boolean {
    return this.#menuBar.autoHide
  }

  setProgressBar(progress: number): void {
    this.progress = progress
  }

  setContentProtection(enable: boolean): void {
    this.contentProtected = enable
  }

  setOpacity(opacity: number): void {
    this.#opacity = Math.max(0, Math.min(1, opacity))
  }

  getOpacity(): number {
    return this.#opacity
  }

  #follow(): void {
    const contents = this.#contents
    contents.once('did-finish-load', () => this.emit('ready-to-show'))
    for (const name of ['unresponsive', 'responsive']) contents.on(name, () => this.emit(name))
    for (const [event, named] of [
      ['focus', 'browser-window-focus'],
      ['blur', 'browser-window-blur'],
    ] as const)
      this.on(event, () => app.emit(named, new StandInEvent(), this))
    contents.on('render-process-gone', (_event: StandInEvent, details: object) =>
      app.emit('render-process-gone', new StandInEvent(), contents, details),
    )
  }

  /** The page may hold the window; `will-prevent-unload` lets the app overrule it. */
  async #mayUnload(): Promise<boolean> {
    const { page } = this.webContents
    const ask = (): boolean => {
      const event = document.createEvent('BeforeUnloadEvent')
      event.initEvent('beforeunload', false, true)
      window.dispatchEvent(event)
      return event.defaultPrevented || String(event.returnValue) !== ''
    }
    // A page that crashed or is gone holds nothing.
    const held = (await page?.evaluate(ask).catch(() => false)) ?? false
    if (!held || this.gone) return true
    const event = new StandInEvent()
    this.webContents.emit('will-prevent-unload', event)
    return event.defaultPrevented
  }
}
