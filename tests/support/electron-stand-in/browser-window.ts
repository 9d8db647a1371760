import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Frame, Page, Request as PageRequest, Route } from 'playwright'
import { app, StandInEvent } from './app.ts'
import { browserContext, fromBrowser, toBrowser } from './browser.ts'
import { runnerFor } from './preload-runner.ts'
import { ipcMain, isCancelled, registered } from './session.ts'
import { onlyWhenReady, windows } from './state.ts'

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' }

interface WindowOptions {
  readonly webPreferences?: Readonly<Record<string, unknown>> & { readonly preload?: string }
}

const ids = { last: 0 }

/** Electron's `webContents`, driving a page of Chromium. */
class WebContents extends EventEmitter {
  readonly id = (ids.last += 1)
  readonly mainFrame = Object.defineProperty({ url: '' }, 'url', { get: () => this.url })
  page: Page | null = null
  openHandler: OpenHandler = () => ({ action: 'allow' })
  /** While the app itself loads an address: such a load asks nobody. */
  loading = false

  get url(): string {
    return this.page ? fromBrowser(this.page.url()) : ''
  }

  isDestroyed(): boolean {
    return this.page?.isClosed() ?? false
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }

  send(channel: string, ...args: readonly unknown[]): void {
    const deliver = ([name, list]: readonly [string, readonly unknown[]]): void =>
      (window as unknown as { __standInDeliver(channel: string, args: unknown): void }).__standInDeliver(name, list)
    // A page that navigates away meanwhile hears nothing, as in Electron.
    this.page?.evaluate(deliver, [channel, args] as const).catch(() => {})
  }
}

/** Electron's BrowserWindow, as far as Hudson uses it. */
export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  readonly options: WindowOptions
  visible = false
  focused = 0
  headers: Readonly<Record<string, string>> = {}

  constructor(options: WindowOptions = {}) {
    super()
    onlyWhenReady('BrowserWindow')
    this.options = options
    windows.push(this)
    app.emit('web-contents-created', new StandInEvent(), this.webContents)
  }

  async loadURL(url: string): Promise<void> {
    const page = this.webContents.page ?? (await this.#openPage())
    this.webContents.loading = true
    try {
      const response = await page.goto(toBrowser(url), { waitUntil: 'load' })
      this.headers = (await response?.allHeaders()) ?? {}
    } finally {
      this.webContents.loading = false
    }
    this.emit('ready-to-show')
  }

  show(): void {
    this.visible = true
  }

  focus(): void {
    this.focused += 1
  }

  isMinimized(): boolean {
    return false
  }

  restore(): void {}

  async close(): Promise<void> {
    await this.webContents.page?.close()
    this.forget()
    if (windows.length === 0) app.emit('window-all-closed')
  }

  /** The window is gone. */
  forget(): void {
    const place = windows.indexOf(this)
    if (place >= 0) windows.splice(place, 1)
    this.webContents.emit('destroyed')
    this.emit('closed')
  }

  async #openPage(): Promise<Page> {
    const { preload } = this.options.webPreferences ?? {}
    const page = await browserContext().newPage()
    this.webContents.page = page
    await page.exposeBinding('__standInIpc', ({ frame }, kind: string, ...args: unknown[]) =>
      this.#receive(frame, kind, args),
    )
    await page.addInitScript({ content: runnerFor(preload === undefined ? '' : readFileSync(preload, 'utf8')) })
    await page.route('**/*', (route) => this.#answer(route))
    return page
  }

  #receive(frame: Frame, kind: string, args: readonly unknown[]): unknown {
    const { webContents: sender } = this
    const isMain = frame === sender.page?.mainFrame()
    const senderFrame = isMain ? sender.mainFrame : { url: fromBrowser(frame.url()) }
    const [first, ...rest] = args
    const name = String(first)
    if (kind === 'invoke') return registered.ipc.get(name)?.({ sender, senderFrame }, ...rest)
    if (kind === 'send') return void ipcMain.emit(name, { sender, senderFrame }, ...rest)
    if (kind === 'open') return void sender.openHandler({ url: fromBrowser(name) })
    return void sender.emit(kind, new StandInEvent(), this.options.webPreferences?.preload, new Error(name))
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request()
    const url = fromBrowser(request.url())
    if (request.isNavigationRequest() && !this.#mayNavigate(request.frame(), url)) return route.abort('aborted')
    const scheme = registered.schemes.get(url.slice(0, url.indexOf(':')))
    if (isCancelled(url, this.#kindOf(request)) || !scheme) return route.abort('blockedbyclient')
    const body = request.postDataBuffer()
    const response = await scheme(
      new Request(url, { method: request.method(), ...(body && { body: new Uint8Array(body) }) }),
    )
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  }

  /** Electron's names for what is loaded, as far as they differ. */
  #kindOf(request: PageRequest): string {
    if (!request.isNavigationRequest()) return request.resourceType()
    return request.frame() === this.webContents.page?.mainFrame() ? 'mainFrame' : 'subFrame'
  }

  #mayNavigate(frame: Frame, url: string): boolean {
    const { webContents } = this
    const isMainFrame = frame === webContents.page?.mainFrame()
    const event = new StandInEvent()
    if (!webContents.loading) webContents.emit('will-frame-navigate', event)
    if (!webContents.loading && isMainFrame) webContents.emit('will-navigate', event, url)
    if (event.defaultPrevented) return false
    webContents.emit('did-start-navigation', { isMainFrame, isSameDocument: false, url })
    return true
  }
}

export type StandInWindow = BrowserWindow
