import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { CDPSession, Page, Route } from 'playwright'
import { browserContext } from './browser.ts'
import { encode } from './clone.ts'
import { pageWorldScript } from './page-world.ts'
import { preloadWorld, preloadWorldScript, receiver, sendBinding } from './preload-world.ts'
import { WebFrame } from './web-frame.ts'

/** What a page tells of itself. */
export interface PageEvents {
  onRequest(route: Route): void
  onMessage(frame: WebFrame, message: PageMessage): void
  onNavigated(frame: WebFrame): void
  onNavigatedWithin(frame: WebFrame): void
  onLifecycle(name: 'dom-ready' | 'did-finish-load' | 'did-start-loading' | 'did-stop-loading'): void
  onCrash(): void
}

/** A message of the preload's world: what it is, its number, its channel or address, and the rest as text. */
export type PageMessage = readonly [kind: string, id: number, name: string, text: string]

export interface PageOptions {
  readonly preload: string | undefined
  readonly inSubFrames: boolean
}

/**
 * A page of Chromium, its frames, and its two worlds.
 *
 * 1. The preload's world has a name; the binding to this process exists in worlds of that name alone.
 * 2. A document's messages come after the news that its world exists: both come over one connection, in order.
 */
export class PageConnection {
  readonly page: Page
  readonly main: WebFrame
  readonly #cdp: CDPSession
  readonly #events: PageEvents
  readonly #frames = new Map<string, WebFrame>()
  readonly #contexts = new Map<number, WebFrame>()

  private constructor(page: Page, cdp: CDPSession, events: PageEvents) {
    this.page = page
    this.#cdp = cdp
    this.#events = events
    this.main = new WebFrame(this, '', null)
  }

  static async open(options: PageOptions, events: PageEvents): Promise<PageConnection> {
    const context = await browserContext()
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    const connection = new PageConnection(page, cdp, events)
    await connection.#begin(options)
    return connection
  }

  frames(): readonly WebFrame[] {
    return [...this.#frames.values()]
  }

  /** Calls the receiver in a document's world. A document that is gone meanwhile hears nothing, as in Electron. */
  deliver(context: number, kind: string, ...args: readonly unknown[]): void {
    const given = args.map((one) => JSON.stringify(one)).join(', ')
    const expression = `globalThis.${receiver}.${kind}(${given})`
    this.#cdp.send('Runtime.evaluate', { contextId: context, expression }).catch(() => {})
  }

  crash(): void {
    // It never answers.
    this.#cdp.send('Page.crash').catch(() => {})
  }

  async #begin({ preload, inSubFrames }: PageOptions): Promise<void> {
    const { page } = this
    const cdp = this.#cdp
    this.#listen()
    await page.route('**/*', (route) => this.#events.onRequest(route))
    await Promise.all([cdp.send('Page.enable'), cdp.send('Runtime.enable')])
    const { frameTree } = await cdp.send('Page.getFrameTree')
    this.#frames.set(frameTree.frame.id, this.main)
    Object.assign(this.main, { frameToken: frameTree.frame.id, browserUrl: frameTree.frame.url })
    await cdp.send('Runtime.addBinding', { name: sendBinding, executionContextName: preloadWorld })
    const token = randomUUID()
    // The page's own world first: it must be listening when the preload exposes something.
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorldScript(token) })
    const content = preload === undefined ? '' : readFileSync(preload, 'utf8')
    const source = preloadWorldScript(token, content, inSubFrames)
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: preloadWorld })
  }

  #listen(): void {
    const cdp = this.#cdp
    cdp.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      const frame = this.#frames.get(String((auxData as { frameId?: string } | undefined)?.frameId))
      if (name !== preloadWorld || !frame) return
      this.#contexts.set(id, frame)
      frame.context = id
    })
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => this.#forget(executionContextId))
    cdp.on('Runtime.executionContextsCleared', () => {
      for (const id of this.#contexts.keys()) this.#forget(id)
    })
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      const frame = this.#contexts.get(executionContextId)
      if (name === sendBinding && frame) void this.#hear(frame, executionContextId, payload)
    })
    cdp.on('Page.frameAttached', ({ frameId, parentFrameId }) => {
      const parent = this.#frames.get(parentFrameId) ?? this.main
      if (!this.#frames.has(frameId)) this.#frames.set(frameId, new WebFrame(this, frameId, parent))
    })
    cdp.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason === 'swap') return
      this.#frames.get(frameId)?.detach()
      this.#frames.delete(frameId)
    })
    cdp.on('Page.frameNavigated', ({ frame: { id, url, name = '' } }) => {
      const frame = this.#frames.get(id)
      if (!frame) return
      frame.navigated(url, name)
      this.#events.onNavigated(frame)
    })
    cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      const frame = this.#frames.get(frameId)
      if (!frame) return
      frame.browserUrl = url
      this.#events.onNavigatedWithin(frame)
    })
    cdp.on('Page.domContentEventFired', () => this.#events.onLifecycle('dom-ready'))
    cdp.on('Page.loadEventFired', () => this.#events.onLifecycle('did-finish-load'))
    cdp.on('Page.frameStartedLoading', ({ frameId }) => {
      if (this.#frames.get(frameId) === this.main) this.#events.onLifecycle('did-start-loading')
    })
    cdp.on('Page.frameStoppedLoading', ({ frameId }) => {
      if (this.#frames.get(frameId) === this.main) this.#events.onLifecycle('did-stop-loading')
    })
    this.page.on('crash', () => this.#events.onCrash())
  }

  #forget(context: number): void {
    const frame = this.#contexts.get(context)
    this.#contexts.delete(context)
    if (frame?.context === context) frame.context = null
  }

  async #hear(frame: WebFrame, context: number, payload: string): Promise<void> {
    const message = JSON.parse(payload) as PageMessage
    if (message[0] !== 'files') return this.#events.onMessage(frame, message)
    const paths = await this.#pathsOf(context, message[1])
    this.deliver(context, 'paths', message[1], '', encode(paths))
  }

  /** Where the files that a page was given lie. */
  async #pathsOf(contextId: number, id: number): Promise<readonly string[]> {
    const expression = `globalThis.${receiver}.files(${id})`
    const { result: list } = await this.#cdp.send('Runtime.evaluate', { contextId, expression })
    const { result } = await this.#cdp.send('Runtime.getProperties', {
      objectId: list.objectId ?? '',
      ownProperties: true,
    })
    const files = result.filter(({ name }) => /^\d+$/.test(name)).map(({ value }) => value?.objectId ?? '')
    const found = files.map((objectId) => this.#cdp.send('DOM.getFileInfo', { objectId }))
    return (await Promise.all(found)).map(({ path }) => path)
  }
}
