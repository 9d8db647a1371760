import type { EventEmitter } from 'node:events'
import { must } from '#shared/must.ts'
import { StandInEvent } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import type { StandInWindow } from './browser-window.ts'
import { registered } from './session.ts'
import { shown } from './state.ts'

/** What a test can ask of the app under it: to look, and to do what only an attacker or the system would. */
export interface Control {
  windows(): readonly WindowFacts[]
  evaluate(index: number, source: string): unknown
  evaluateInChild(index: number, source: string): unknown
  /** Shows a foreign page in a window of ours, as if every defence before the gate had failed. */
  hijack(index: number, url: string): unknown
  openUnknownWindow(like: number): unknown
  closeWindow(index: number): unknown
  askPermission(name: string): readonly unknown[]
  attachWebview(index: number): boolean
  external(): readonly string[]
  facts(): { readonly privileged: readonly string[]; readonly sandboxed: boolean }
  emit(event: string): unknown
  quit(): unknown
}

export interface WindowFacts {
  readonly url: string
  readonly visible: boolean
  readonly focused: number
  readonly headers: Readonly<Record<string, string>>
  readonly preferences: Readonly<Record<string, unknown>>
}

interface Parts {
  readonly app: EventEmitter & { readonly sandboxed: boolean; quit(): void }
  readonly windows: readonly StandInWindow[]
}

/** What the test sends: a method of Control, by name. */
export interface Order {
  readonly id: number
  readonly name: keyof Control
  readonly args: readonly never[]
}

/** Answers the test's orders. */
export function serveControl(parts: Parts): void {
  const control = createControl(parts)
  const obey = async ({ id, name, args }: Order): Promise<void> => {
    try {
      const act: (...given: readonly never[]) => unknown = control[name]
      process.send?.({ id, value: await act(...args) })
    } catch (error) {
      process.send?.({ id, error: String(error) })
    }
  }
  process.on('message', (order: Order) => void obey(order))
}

function createControl({ app, windows }: Parts): Control {
  const windowAt = (index: number): StandInWindow => must(windows[index], `window ${index}`)
  const pageAt = (index: number) => must(windowAt(index).webContents.page, `the page of window ${index}`)
  return {
    windows: () => windows.map(factsOf),
    evaluate: (index, source) => pageAt(index).evaluate(source),
    evaluateInChild: (index, source) => must(pageAt(index).frames()[1], 'a frame in the page').evaluate(source),
    hijack: async (index, url) => {
      const page = pageAt(index)
      const body = '<!doctype html><title>Not Hudson</title>'
      await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body }))
      await page.goto(url)
    },
    openUnknownWindow: async (like) => {
      const window = new BrowserWindow(windowAt(like).options)
      await window.loadURL('app://hudson/')
    },
    closeWindow: (index) => windowAt(index).close(),
    askPermission: (name) => {
      const answers: unknown[] = []
      registered.permissionRequest?.(null, name, (granted) => answers.push(granted))
      return [...answers, registered.permissionCheck?.()]
    },
    attachWebview: (index) => {
      const event = new StandInEvent()
      windowAt(index).webContents.emit('will-attach-webview', event)
      return !event.defaultPrevented
    },
    external: () => shown.external,
    facts: () => ({ privileged: registered.privileged, sandboxed: app.sandboxed }),
    emit: (event) => app.emit(event, new StandInEvent()),
    quit: () => app.quit(),
  }
}

function factsOf({ webContents, visible, focused, headers, options }: StandInWindow): WindowFacts {
  return { url: webContents.url, visible, focused, headers, preferences: options.webPreferences ?? {} }
}
