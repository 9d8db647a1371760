import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { _electron, chromium } from 'playwright'
import type { Page } from 'playwright'
import { expect, vi } from 'vitest'
import { must } from '#shared/must.ts'
import { builtApp, runApp } from '../../support/electron-runtime/run-app.ts'
import { launchBrowser } from '../../support/launch-browser.ts'
import { serve, tempDir } from '../../system/hudson.ts'

// One spec, three hosts: the built app on the stand-in, the studio server with a browser, and a real Electron where one is
// installed. A spec talks to pages through Playwright, and to what is around them through `Host`.

/** Hudson at work, whatever it runs in. */
export interface Host extends AsyncDisposable {
  /** The first page; in the desktop app its first window. */
  main(): Promise<Page>
  /** Opens the host view or the producer's console, as its link does. */
  openWindow(path: string): Promise<Page>
  /** Ends Hudson as the user does, and starts it again on the same data. */
  restart(): Promise<void>
}

/** A kind of host, and why it cannot be had on this machine, if it cannot. */
export interface HostKind {
  readonly name: string
  readonly missing: string | null
  open(): Promise<Host>
}

/** Goes to a route of the app within the page, which no navigation of the desktop app may do. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
}

/** Puts a text where a paste is listened for. The clipboard itself is closed to pages of the desktop app. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    const target = document.activeElement ?? document.body
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

const pathIn = (page: Page): string => new URL(page.url()).pathname

/** A page with that path, once it is there. */
function pageAt(pages: () => readonly Page[], fits: (path: string) => boolean): Promise<Page> {
  return vi.waitFor(
    () =>
      must(
        pages().find((page) => page.url().includes('hudson') && fits(pathIn(page))),
        'the page',
      ),
    {
      timeout: 60_000,
      interval: 100,
    },
  )
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

/** What the two desktop hosts share: their windows are opened by links, and found by their path. */
interface Desktop {
  pages(): readonly Page[]
  end(): Promise<void>
}

async function openDesktop(start: (dataDir: string) => Promise<Desktop>): Promise<Host> {
  const folder = tempDir()
  const now = { desktop: await start(folder.path) }
  const pages = (): readonly Page[] => now.desktop.pages()
  const isMain = (path: string): boolean => !/^\/host\/|\/producer$/.test(path)
  const main = (): Promise<Page> => pageAt(pages, isMain)
  return {
    main,
    openWindow: async (path) => {
      await (await main()).evaluate((to) => void window.open(to, '_blank'), path)
      return pageAt(pages, (shown) => shown === path)
    },
    restart: async () => {
      await now.desktop.end()
      now.desktop = await start(folder.path)
    },
    [Symbol.asyncDispose]: async () => {
      await now.desktop.end()
      folder[Symbol.dispose]()
    },
  }
}

async function startStandIn(dataDir: string): Promise<Desktop> {
  const debuggingPort = await freePort()
  const app = runApp(dataDir, { debuggingPort })
  await vi.waitFor(async () => expect((await app.windows())[0]?.visible, app.said()).toBe(true), {
    timeout: 60_000,
    interval: 100,
  })
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort}`)
  return {
    pages: () => browser.contexts().flatMap((context) => context.pages()),
    end: async () => {
      await app.quit().catch(() => {})
      // While a show is live it asks.
      const asked = await app.dialogs().catch(() => [])
      if (asked.length > 0) await app.answerDialog('Close Hudson').catch(() => {})
      expect(await app.ended, app.said()).toBe(0)
      await browser.close()
    },
  }
}

async function startElectron(dataDir: string): Promise<Desktop> {
  const root = resolve(builtApp, '..')
  const app = await _electron.launch({
    executablePath: must(electronBinary(), 'an Electron'),
    args: [root, `--data-dir=${dataDir}`],
    env: { ...process.env, HUDSON_DEV: '0' },
  })
  return { pages: () => app.windows(), end: () => app.close() }
}

/** The binary of an installed Electron; the npm package alone brings none. */
function electronBinary(): string | null {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join('node_modules', 'electron', 'dist')
  const named = join('node_modules', 'electron', 'path.txt')
  const usual = process.platform === 'win32' ? 'electron.exe' : 'electron'
  const name = existsSync(named) ? readFileSync(named, 'utf8') : usual
  return existsSync(join(folder, name)) ? join(folder, name) : null
}

async function openBrowserHost(): Promise<Host> {
  const stack = new AsyncDisposableStack()
  const folder = stack.use(tempDir())
  const browser = await launchBrowser()
  stack.defer(() => browser.close())
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const now = { server: await serve(folder.path), main: await context.newPage() }
  stack.defer(async () => void (await now.server.end('SIGTERM')))
  await now.main.goto(now.server.ready.url)
  const address = (path: string): string => `http://127.0.0.1:${now.server.ready.port}${path}`
  return {
    main: async () => now.main,
    openWindow: async (path) => {
      const page = await context.newPage()
      await page.goto(address(path))
      return page
    },
    restart: async () => {
      expect(await now.server.end('SIGTERM')).toBe(0)
      for (const page of context.pages()) await page.close()
      now.server = await serve(folder.path)
      now.main = await context.newPage()
      await now.main.goto(now.server.ready.url)
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** The hosts that a spec runs on. */
export const hosts: readonly HostKind[] = [
  { name: 'the stand-in for Electron', missing: null, open: () => openDesktop(startStandIn) },
  { name: 'the browser', missing: null, open: openBrowserHost },
  {
    name: 'Electron',
    missing: electronBinary() === null ? 'no Electron binary is here (ELECTRON_OVERRIDE_DIST_PATH names one)' : null,
    open: () => openDesktop(startElectron),
  },
]
