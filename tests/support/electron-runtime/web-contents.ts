import type {
  PrintToPDFOptions,
  RenderProcessGoneDetails,
  WebContents as ElectronContents,
  WindowOpenHandlerResponse,
} from 'electron'
import type { Page, Route } from 'playwright'
import { fromBrowser, toBrowser } from './browser.ts'
import { decode, encode } from './clone.ts'
import { StandInEvent } from './event.ts'
import { ipcEvent, ipcMain } from './ipc-main.ts'
import { notBuilt, strictEmitter } from './not-built.ts'
import { PageConnection } from './page-connection.ts'
import type { PageEvents, PageMessage } from './page-connection.ts'
import { answerRequest, session } from './session.ts'
import { WebFrame } from './web-frame.ts'

type OpenHandler = (details: object) => Pick<WindowOpenHandlerResponse, 'action'>
type Built = Pick<
  ElectronContents,
  | ('id' | 'getURL' | 'isDestroyed' | 'isCrashed' | 'isLoading' | 'send' | 'reload' | 'loadURL' | 'getType')
  | ('forcefullyCrashRenderer' | 'openDevTools' | 'closeDevTools' | 'isDevToolsOpened' | 'toggleDevTools')
  | ('setZoomFactor' | 'getZoomFactor' | 'setZoomLevel' | 'getZoomLevel' | 'setVisualZoomLevelLimits')
  | (
      | 'setBackgroundThrottling'
      | 'getBackgroundThrottling'
      | 'setAudioMuted'
      | 'isAudioMuted'
      | 'setIgnoreMenuShortcuts'
      | 'printToPDF'
    )
>

/** What a window's preferences say of its page. */
export interface PagePreferences {
  readonly preload?: string | undefined
  readonly nodeIntegrationInSubFrames?: boolean | undefined
  readonly backgroundThrottling?: boolean | undefined
  readonly devTools?: boolean | undefined
}

const ids = { last: 0 }

/**
 * Electron's `webContents`, driving a page of Chromium (docs/api/web-contents.md).
 *
 * 1. A navigation of the page's own goes `did-start-navigation`, `will-frame-navigate`, `will-navigate`, `did-navigate`;
 *    whoever prevents one of the middle two ends it there. One that the app starts is not asked about.
 * 2. After a crash the contents are the same, without a page; `reload` and `loadURL` bring a new one.
 */
export class WebContents extends strictEmitter('webContents') implements Built {
  readonly id = (ids.last += 1)
  readonly #preferences: PagePreferences
  /** Addresses that the app itself loads: such a load asks nobody. */
  readonly #expected: string[] = []
  readonly #none: WebFrame
  #connection: Promise<PageConnection> | null = null
  #open: PageConnection | null = null
  #openHandler: OpenHandler = () => ({ action: 'allow' })
  #destroyed = false
  #crashed = false
  #loading = false
  #tools = false
  #zoom = 1
  #muted = false
  #throttled: boolean
  headers: Readonly<Record<string, string>> = {}

  constructor(preferences: PagePreferences) {
    super()
    this.#preferences = preferences
    this.#throttled = preferences.backgroundThrottling ?? true
    this.#none = new WebFrame({ deliver: () => {} }, '', null)
  }

  get session(): object {
    return session.defaultSession
  }

  get mainFrame(): WebFrame {
    return this.#open?.main ?? this.#none
  }

  /** The page itself, for the test. */
  get page(): Page | null {
    return this.#open?.page ?? null
  }

  frames(): readonly WebFrame[] {
    return this.#open?.frames() ?? []
  }

  getURL(): string {
    return this.mainFrame.url
  }

  getType(): 'window' {
    return 'window'
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  isCrashed(): boolean {
    return this.#crashed
  }

  isLoading(): boolean {
    return this.#loading
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  send(channel: string, ...args: readonly unknown[]): void {
    this.#alive()
    this.mainFrame.send(channel, ...args)
  }

  async loadURL(url: string): Promise<void> {
    this.#alive()
    this.#crashed = false
    const { page } = await this.connect()
    await this.#load(url, () => page.goto(toBrowser(url), { waitUntil: 'load' }))
  }

  reload(): void {
    this.#alive()
    const url = this.getURL() || this.#lastUrl
    if (this.#crashed || !this.#open) return void this.loadURL(url).catch(() => {})
    const { page } = this.#open
    this.#load(url, () => page.reload({ waitUntil: 'load' })).catch(() => {})
  }

  reloadIgnoringCache(): void {
    this.reload()
  }

  forcefullyCrashRenderer(): void {
    this.#open?.crash()
  }

  async executeJavaScript(code: string): Promise<unknown> {
    this.#alive()
    const { page } = await this.connect()
    return page.evaluate(code)
  }

  /** Without a printer it is Chromium's own (docs/api/web-contents.md#contentsprinttopdfoptions). */
  async printToPDF({ pageSize = 'Letter', ...options }: PrintToPDFOptions): Promise<Buffer> {
    this.#alive()
    if (typeof pageSize !== 'string') notBuilt('A page size in inches (printToPDF)')
    const { printBackground = false, preferCSSPageSize = false } = options
    const { page } = await this.connect()
    return await page.pdf({ format: pageSize, printBackground, preferCSSPageSize })
  }

  openDevTools(): void {
    // docs/api/browser-window.md: with devTools: false it does nothing.
    if (this.#preferences.devTools !== false) this.#tools = true
  }

  closeDevTools(): void {
    this.#tools = false
  }

  toggleDevTools(): void {
    if (this.#tools) this.closeDevTools()
    else this.openDevTools()
  }

  isDevToolsOpened(): boolean {
    return this.#tools
  }

  setZoomFactor(factor: number): void {
    if (factor <= 0) throw new Error("'zoomFactor' must be a double greater than 0.0")
    this.#zoom = factor
  }

  getZoomFactor(): number {
    return this.#zoom
  }

  setZoomLevel(level: number): void {
    this.#zoom = 1.2 ** level
  }

  getZoomLevel(): number {
    return Math.log(this.#zoom) / Math.log(1.2)
  }

  async setVisualZoomLevelLimits(): Promise<void> {}

  setIgnoreMenuShortcuts(): void {}

  setBackgroundThrottling(allowed: boolean): void {
    this.#throttled = allowed
  }

  getBackgroundThrottling(): boolean {
    return this.#throttled
  }

  setAudioMuted(muted: boolean): void {
    this.#muted = muted
  }

  isAudioMuted(): boolean {
    return this.#muted
  }

  /** The page, which is opened at the first need. */
  async connect(): Promise<PageConnection> {
    this.#alive()
    const { preload, nodeIntegrationInSubFrames = false } = this.#preferences
    this.#connection ??= PageConnection.open({ preload, inSubFrames: nodeIntegrationInSubFrames }, this.#events())
    this.#open = await this.#connection
    return this.#open
  }

  /** The page is gone for good; whatever comes from it later is not heard. */
  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.#open?.main.detach()
    void this.#connection?.then(({ page }) => page.close()).catch(() => {})
    this.emit('destroyed')
  }

  /** A message of a frame, as its renderer sends it; a test sends what only a broken one would. */
  receive(frame: WebFrame, [kind, id, name, text]: PageMessage): Promise<unknown> | undefined {
    if (this.#destroyed) return undefined
    if (kind === 'invoke') return this.#answer(frame, id, [name, decode(text) as unknown[]])
    if (kind === 'send') ipcMain.emit(name, ipcEvent(this, frame), ...(decode(text) as unknown[]))
    else if (kind === 'open') this.#askToOpen(name, decode(text) as { name: string; features: string })
    else if (kind === 'preload-error')
      this.emit('preload-error', new StandInEvent(), this.#preferences.preload, new Error(name))
    else notBuilt(`The message ${kind}`)
    return undefined
  }

  #lastUrl = ''

  async #load(url: string, start: () => ReturnType<Page['goto']>): Promise<void> {
    this.#lastUrl = url
    this.#expected.push(url)
    try {
      const response = await start()
      this.headers = (await response?.allHeaders()) ?? {}
    } catch (error) {
      const [, reason = 'ERR_FAILED'] = /(ERR_\w+)/.exec(String(error)) ?? []
      if (!this.#destroyed) this.emit('did-fail-load', new StandInEvent(), -2, reason, url, true)
      throw new Error(`${reason} (-2) loading '${url}'`, { cause: error })
    } finally {
      const place = this.#expected.indexOf(url)
      if (place >= 0) this.#expected.splice(place, 1)
    }
  }

  async #answer(frame: WebFrame, id: number, [channel, args]: readonly [string, unknown[]]): Promise<unknown> {
    const { context } = frame
    const reply = (error: string, text: string): void => {
      if (context !== null && frame.context === context) this.#open?.deliver(context, 'reply', id, error, text)
    }
    try {
      const value = await ipcMain.invoke(channel, ipcEvent(this, frame), args)
      reply('', encode(value))
      return value
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      reply(message, '')
      return { error: message }
    }
  }

  #askToOpen(url: string, { name, features }: { readonly name: string; readonly features: string }): void {
    const disposition = features === '' ? 'foreground-tab' : 'new-window'
    const referrer = { url: this.getURL(), policy: 'no-referrer' }
    const { action } = this.#openHandler({ url: fromBrowser(url), frameName: name, features, disposition, referrer })
    if (action === 'allow') notBuilt('A page that opens a window by itself (setWindowOpenHandler: allow)')
  }

  async #request(route: Route): Promise<void> {
    const request = route.request()
    if (this.#destroyed) return route.abort('aborted')
    if (
      request.isNavigationRequest() &&
      !this.#mayNavigate(request.frame() === this.page?.mainFrame(), fromBrowser(request.url()))
    )
      return route.abort('aborted')
    return answerRequest(route, this.id)
  }

  #mayNavigate(isMainFrame: boolean, url: string): boolean {
    const frame = isMainFrame ? this.mainFrame : null
    const details = { url, isSameDocument: false, isMainFrame, frame, initiator: frame }
    this.emit('did-start-navigation', new StandInEvent(details), url, false, isMainFrame, 1, 1)
    const place = isMainFrame ? this.#expected.indexOf(url) : -1
    if (place >= 0) return this.#expected.splice(place, 1).length === 1
    const framed = new StandInEvent(details)
    this.emit('will-frame-navigate', framed)
    if (framed.defaultPrevented || !isMainFrame) return !framed.defaultPrevented
    const whole = new StandInEvent(details)
    this.emit('will-navigate', whole, url, false, true, 1, 1)
    return !whole.defaultPrevented
  }

  #crash(): void {
    this.#crashed = true
    this.#connection = null
    void this.#open?.page.close().catch(() => {})
    this.mainFrame.detach()
    this.#open = null
    const details: RenderProcessGoneDetails = { reason: 'crashed', exitCode: 133 }
    this.emit('render-process-gone', new StandInEvent(), details)
  }

  #events(): PageEvents {
    const told = (name: string, ...args: readonly unknown[]): void => {
      if (!this.#destroyed) this.emit(name, new StandInEvent(), ...args)
    }
    return {
      // A page that closes meanwhile has no use for its answer.
      onRequest: (route) => void this.#request(route).catch(() => {}),
      onMessage: (frame, message) => void this.receive(frame, message),
      onNavigated: (frame) => {
        told('did-frame-navigate', frame.url, 200, 'OK', frame.parent === null, 1, frame.routingId)
        if (frame.parent === null) told('did-navigate', frame.url, 200, 'OK')
      },
      onNavigatedWithin: (frame) => {
        const details = { url: frame.url, isSameDocument: true, isMainFrame: frame.parent === null, frame }
        if (this.#destroyed) return
        this.emit('did-start-navigation', new StandInEvent(details), frame.url, true, details.isMainFrame, 1, 1)
        told('did-navigate-in-page', frame.url, details.isMainFrame, 1, frame.routingId)
      },
      onLifecycle: (name) => {
        if (name === 'did-start-loading') this.#loading = true
        if (name === 'did-stop-loading') this.#loading = false
        told(name)
      },
      onCrash: () => this.#crash(),
    }
  }

  #alive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed')
  }
}
