import { runInThisContext } from 'node:vm'
import type { Rectangle } from 'electron'
import { must } from '#shared/must.ts'
import { readAccelerator } from './accelerator.ts'
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { dialogs } from './dialog.ts'
import type { OpenDialog } from './dialog.ts'
import type { DisplayFacts } from './displays.ts'
import { encode } from './clone.ts'
import { StandInEvent } from './event.ts'
import { shortcuts } from './global-shortcut.ts'
import { findItem, menuFacts, menus } from './menu.ts'
import type { Menu, MenuFacts } from './menu.ts'
import type { MenuItem } from './menu-item.ts'
import { nativeTheme } from './native-theme.ts'
import { notifications } from './notification.ts'
import { blockersNow, powerMonitor } from './power.ts'
import { keyring } from './safe-storage.ts'
import { screen } from './screen.ts'
import { decidePermission, registered } from './session.ts'
import type { StorageBackend } from './setup.ts'
import { shown } from './shell.ts'
import { windows } from './state.ts'
import { trays } from './tray.ts'
import { autoUpdater } from './updates.ts'
import type { WebFrame } from './web-frame.ts'

// What a test can ask of the app under it: to look, and to do what only the user, the system or an attacker would. Each
// order is a method below; `runApp` (run-app.ts) sends them to the process by name, so arguments and answers are plain data.
// Windows are numbered in the order in which they were opened, menu items are found by their path of labels, ids or roles.

/** A window in plain data. */
export interface WindowFacts {
  readonly id: number
  readonly url: string
  readonly title: string
  readonly visible: boolean
  /** How often the app has asked for the focus. */
  readonly focused: number
  readonly hasFocus: boolean
  readonly bounds: Rectangle
  readonly normalBounds: Rectangle
  readonly fullScreen: boolean
  readonly kiosk: boolean
  readonly minimized: boolean
  readonly maximized: boolean
  readonly frame: boolean
  readonly alwaysOnTop: boolean
  readonly alwaysOnTopLevel: string
  readonly menuBar: boolean
  readonly closable: boolean
  readonly backgroundColor: string
  readonly crashed: boolean
  readonly headers: Readonly<Record<string, string>>
  readonly preferences: Readonly<Record<string, unknown>>
}

const windowAt = (index: number): BrowserWindow => must(windows[index], `window ${index}`)
const pageAt = (index: number) => must(windowAt(index).webContents.page, `the page of window ${index}`)
const frameAt = (index: number, frame: number): WebFrame =>
  must(windowAt(index).webContents.frames()[frame], `frame ${frame} of window ${index}`)

function factsOf(window: BrowserWindow): WindowFacts {
  const { webContents, options, id, focused } = window
  return {
    id,
    focused,
    url: webContents.getURL(),
    title: window.getTitle(),
    visible: window.isVisible(),
    hasFocus: window.isFocused(),
    fullScreen: window.isFullScreen(),
    bounds: window.getBounds(),
    normalBounds: window.getNormalBounds(),
    kiosk: window.isKiosk(),
    minimized: window.isMinimized(),
    maximized: window.isMaximized(),
    frame: options.frame ?? true,
    alwaysOnTop: window.isAlwaysOnTop(),
    alwaysOnTopLevel: window.alwaysOnTopLevel,
    menuBar: window.ownMenu !== null && window.isMenuBarVisible(),
    closable: window.isClosable(),
    backgroundColor: window.getBackgroundColor(),
    crashed: webContents.isCrashed(),
    headers: webContents.headers,
    preferences: { ...options.webPreferences },
  }
}

function press(item: MenuItem, window: BrowserWindow | undefined, triggeredByAccelerator = false): void {
  if (!item.enabled) throw new Error(`The menu item "${item.label}" is disabled`)
  if (!item.visible && !triggeredByAccelerator) throw new Error(`The menu item "${item.label}" is hidden`)
  if (item.role === 'quit') return app.quit()
  if (item.role === 'close') return window?.close()
  if (item.role === 'minimize') return window?.minimize()
  if (item.role === 'togglefullscreen') return window?.setFullScreen(!window.isFullScreen())
  if (item.role === 'reload' || item.role === 'forceReload') return window?.reload()
  if (item.role === 'toggleDevTools') return window?.webContents.toggleDevTools()
  if (item.role === 'about') return app.showAboutPanel()
  item.click({ triggeredByAccelerator }, window)
}

const focusedOrFirst = (): BrowserWindow | undefined => BrowserWindow.getFocusedWindow() ?? windows[0]

const windowOrders = {
  /** The windows that are open. */
  windows: (): readonly WindowFacts[] => windows.map(factsOf),
  /** Runs in the page's own world, as a script of the page. */
  evaluate: (index: number, source: string): Promise<unknown> => pageAt(index).evaluate(source),
  /** The same in the first frame inside the page. */
  evaluateInChild: (index: number, source: string): Promise<unknown> =>
    must(pageAt(index).frames()[1], 'a frame in the page').evaluate(source),
  /** Sends IPC as a renderer that was taken over could: from any frame (0 is the main one), whatever the preload allows. */
  ipcFrom: async (
    ...given: [index: number, frame: number, kind: 'invoke' | 'send', channel: string, ...args: unknown[]]
  ): Promise<unknown> => {
    const [index, frame, kind, channel, ...args] = given
    return windowAt(index).webContents.receive(frameAt(index, frame), [kind, 0, channel, encode(args)])
  },
  /** Shows a foreign page in a window of ours, as if every defence before the gate had failed. */
  hijack: async (index: number, url: string): Promise<void> => {
    const page = pageAt(index)
    const body = '<!doctype html><title>Not Hudson</title>'
    await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body }))
    await page.goto(url)
  },
  /** A window with the preferences of that one, which the app does not know of. */
  openUnknownWindow: async (like: number, url: string): Promise<void> => {
    await new BrowserWindow(windowAt(like).options).loadURL(url)
  },
  /** The user closes it. Answers whether it is gone. */
  closeWindow: (index: number): Promise<boolean> => {
    const window = windowAt(index)
    return window.isClosable() ? window.tryClose() : Promise.resolve(false)
  },
  /** The user chooses files in that input; the page's app learns where they lie, as from real ones. */
  chooseFiles: (index: number, selector: string, ...paths: string[]): Promise<void> =>
    pageAt(index).setInputFiles(selector, [...paths]),
  reload: (index: number): void => windowAt(index).reload(),
  /** Its renderer process dies. Answers once the app was told. */
  crash: (index: number): Promise<void> => {
    const { webContents } = windowAt(index)
    const { promise, resolve } = Promise.withResolvers<void>()
    webContents.once('render-process-gone', () => resolve())
    webContents.forcefullyCrashRenderer()
    return promise
  },
  unresponsive: (index: number): boolean => windowAt(index).webContents.emit('unresponsive'),
  responsive: (index: number): boolean => windowAt(index).webContents.emit('responsive'),
  /** The user moves or resizes it. */
  drag: (index: number, bounds: Partial<Rectangle>): void => windowAt(index).drag(bounds),
  focusWindow: (index: number): void => windowAt(index).focus(),
  minimize: (index: number): void => windowAt(index).minimize(),
  /** Both handlers' answers to what a page asks for: the request's and the check's. */
  askPermission: (index: number, permission: string, details: object = { isMainFrame: true }) =>
    decidePermission(windowAt(index).webContents, permission, details),
  /** Whether a `<webview>` would be attached. */
  attachWebview: (index: number): boolean => {
    const event = new StandInEvent()
    windowAt(index).webContents.emit('will-attach-webview', event, {}, {})
    return !event.defaultPrevented
  },
}

const applicationMenu = (): Menu => must(menus.application, 'an application menu')

const menuOrders = {
  /** The application's menu; null where it has none. */
  menu: (): readonly MenuFacts[] | null => menus.application && menuFacts(menus.application),
  clickMenu: (...path: string[]): void => press(findItem(applicationMenu(), path), focusedOrFirst()),
  /** Keys of the application's menu, or of the whole system. Answers whether somebody took them. */
  pressAccelerator: (accelerator: string): boolean => {
    const keys = readAccelerator(accelerator)
    const shortcut = shortcuts.get(keys)
    if (shortcut) shortcut()
    if (shortcut) return true
    const own = menus.application?.all() ?? []
    const item = own.find(
      (one) => one.accelerator !== null && one.registerAccelerator && readAccelerator(one.accelerator) === keys,
    )
    if (!item?.enabled || !(item.visible || item.acceleratorWorksWhenHidden)) return false
    press(item, focusedOrFirst(), true)
    return true
  },
  /** The menu that is popped up. */
  popup: (): readonly MenuFacts[] | null => menus.popup && menuFacts(menus.popup.menu),
  clickPopup: (...path: string[]): void => {
    const { menu } = must(menus.popup, 'a menu that is popped up')
    press(findItem(menu, path), focusedOrFirst())
    menu.closePopup()
  },
  closePopup: (): void => menus.popup?.menu.closePopup(),
  trays: () =>
    trays.map((tray) => ({ toolTip: tray.toolTip, title: tray.getTitle(), menu: tray.menu && menuFacts(tray.menu) })),
  clickTray: (event: 'click' | 'right-click' | 'double-click' = 'click', index = 0): void => {
    const tray = must(trays[index], `tray ${index}`)
    tray.emit(event, new StandInEvent(), tray.getBounds(), { x: 0, y: 0 })
  },
  clickTrayMenu: (...path: string[]): void =>
    press(findItem(must(trays[0]?.menu, 'a tray with a menu'), path), focusedOrFirst()),
}

const systemOrders = {
  displays: () => screen.getAllDisplays(),
  plugDisplay: (facts: DisplayFacts): void => screen.plug(facts),
  /** Windows on it go to the primary display, after the app was told. */
  unplugDisplay: (id: number): void => {
    screen.unplug(id)
    for (const window of windows) window.rescue()
  },
  changeDisplay: (id: number, changed: Partial<Omit<DisplayFacts, 'id'>>): void => screen.change(id, changed),
  /** `suspend`, `resume`, `lock-screen`, `unlock-screen`, `on-ac`, `on-battery`, `shutdown`: answers whether it was prevented. */
  power: (event: string): boolean => {
    const told = new StandInEvent()
    if (event === 'lock-screen' || event === 'unlock-screen') powerMonitor.locked = event === 'lock-screen'
    if (event === 'on-ac' || event === 'on-battery') powerMonitor.onBatteryPower = event === 'on-battery'
    powerMonitor.emit(event, told)
    return told.defaultPrevented
  },
  /** What keeps the computer awake. */
  powerSaveBlockers: () => blockersNow(),
  /** The keyring changes under the app. */
  keyring: (changed: { readonly backend?: StorageBackend; readonly busy?: boolean; readonly locked?: boolean }): void =>
    void Object.assign(keyring, changed),
  theme: (facts: { readonly dark?: boolean; readonly highContrast?: boolean; readonly forcedColors?: boolean }): void =>
    nativeTheme.system(facts),
  themeSource: () => nativeTheme.themeSource,
  notifications: () => notifications.map(({ title, subtitle, body, silent }) => ({ title, subtitle, body, silent })),
  clickNotification: (index = 0, action?: number): void =>
    must(notifications[index], `notification ${index}`).click(action),
  /** What was opened outside the app. */
  external: (): readonly string[] => shown.external,
  openedPaths: (): readonly string[] => [...shown.paths, ...shown.folders],
  /** The dialogs that wait for an answer, the oldest first. */
  dialogs: (): readonly OpenDialog[] => dialogs.open.map(({ id, kind, options }) => ({ id, kind, options })),
  /** Answers the oldest: a button by its label or number, or the files that were chosen; null cancels. */
  answerDialog: (answer: string | number | readonly string[] | null, checkboxChecked = false): void => {
    const asked = must(dialogs.open[0], 'an open dialog')
    if (asked.kind === 'open')
      return asked.answer({ canceled: answer === null, filePaths: answer === null ? [] : [answer].flat() })
    if (asked.kind === 'save') return asked.answer({ canceled: answer === null, filePath: answer ?? '' })
    const buttons = (asked.options['buttons'] as readonly string[] | undefined) ?? ['OK']
    const cancel = (asked.options['cancelId'] as number | undefined) ?? 0
    const plain = buttons.map((label) => label.replaceAll('&', ''))
    const response = answer === null ? cancel : typeof answer === 'number' ? answer : plain.indexOf(String(answer))
    if (response < 0 || response >= buttons.length)
      throw new Error(`The dialog has no "${String(answer)}": ${buttons.join(', ')}`)
    asked.answer({ response, checkboxChecked })
  },
  errorBoxes: () => dialogs.errors,
  /** What an update server would make Electron's updater say. */
  updater: (event: string, ...args: unknown[]): boolean => autoUpdater.emit(event, ...args),
}

const appOrders = {
  /** Runs a function in the main process: it gets Electron, and one argument. */
  inMain: async (source: string, argument: unknown): Promise<unknown> => {
    const act = runInThisContext(`(${source})`) as (electron: object, given: unknown) => unknown
    return act(await import('electron'), argument)
  },
  facts: () => ({
    privileged: [...registered.privileged.keys()],
    sandboxed: app.sandboxed,
    protocols: [...app.protocols],
    relaunches: app.relaunches,
    updateInstalled: autoUpdater.installed,
  }),
  /** An event of `app`: `activate`, `open-url` with its address, `open-file` with its path. Answers whether it was prevented. */
  emit: (event: string, ...args: unknown[]): boolean => {
    const told = new StandInEvent()
    app.emit(event, told, ...args)
    return told.defaultPrevented
  },
  /** Somebody starts the app again, with these arguments. */
  secondInstance: (argv: readonly string[], workingDirectory = '/'): void =>
    app.secondInstance({ argv: [...argv], workingDirectory, additionalData: {} }),
  /** Answers once it is prevented, or all but over. */
  quit: async (): Promise<void> => {
    app.quit()
    await app.attempt
  },
}

const orders = { ...windowOrders, ...menuOrders, ...systemOrders, ...appOrders }

export type Control = typeof orders

/** What the test sends: a method of Control, by name. */
export interface Order {
  readonly id: number
  readonly name: keyof Control
  readonly args: readonly never[]
}

/** Answers the test's orders. */
export function serveControl(): void {
  const obey = async ({ id, name, args }: Order): Promise<void> => {
    try {
      const act: (...given: readonly never[]) => unknown = orders[name]
      const value = await act(...args)
      if (process.connected) process.send?.({ id, value })
    } catch (error) {
      if (process.connected) process.send?.({ id, error: error instanceof Error ? error.message : String(error) })
    }
  }
  process.on('message', (order: Order) => void obey(order))
  // Waiting for orders does not keep the app alive.
  process.channel?.unref()
}
