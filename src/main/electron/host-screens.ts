import type { Screen } from '#shared/screens.ts'
import { screen } from 'electron'
import type { BrowserWindow, Rectangle } from 'electron'
import type { Log } from '../log.ts'
import type { ScreensPort } from '../screens/screens.ts'
import { identifyScreens } from './identify.ts'
import type { KnownScreen } from './screen-identity.ts'
import { screensNow } from './windows.ts'
import type { Windows } from './windows.ts'
import type { HostWish, WindowRecord } from './window-record.ts'

/** Displays report a change in several steps; half of them are looked at only once the last has come. */
const SETTLE_MS = 500

interface HostScreensDeps {
  readonly windows: Windows
  readonly record: WindowRecord
  readonly log: Log
}

/** A host view on a screen. Without a window while its screen is away. */
interface Shown {
  wish: HostWish
  /** Electron's number of the display, which holds as long as it is plugged in. */
  displayId: number | null
  window: BrowserWindow | null
}

/**
 * The host view on the screens of this computer.
 *
 * 1. It covers its screen, borderless: the full screen of the system is another space on macOS, and turns other screens black.
 * 2. One host view at most on each screen.
 * 3. A screen that goes away takes its window with it, so that the host view never falls on the producer's screen; what was
 *    on it is remembered, and is there again once the screen is back.
 * 4. What is on which screen outlives a crash.
 * 5. Only `hide` takes it off; the window by itself does not close while a show is live (see window-closing.ts).
 */
export class HostScreens implements ScreensPort {
  readonly #deps: HostScreensDeps
  readonly #listeners = new Set<() => void>()
  #shown: Shown[] = []
  #settling: NodeJS.Timeout | null = null
  #isQuitting: () => boolean = () => false

  constructor(deps: HostScreensDeps) {
    this.#deps = deps
  }

  /** From now on it follows the screens. Only once the app is ready. */
  start(isQuitting: () => boolean): void {
    this.#isQuitting = isQuitting
    screen.on('display-removed', () => {
      this.#leaveLost()
      this.#settleSoon()
    })
    screen.on('display-added', () => this.#settleSoon())
    screen.on('display-metrics-changed', () => this.#settleSoon())
  }

  list(): Screen[] {
    const connected = screensNow()
    const away = this.#shown.filter(({ wish }) => !findScreen(connected, wish))
    return [
      ...connected.map(({ id, number, name, primary, display }): Screen => {
        const shown = this.#on(id)
        const { width, height } = display.size
        const sessionId = shown?.wish.sessionId ?? null
        return { id, number, name, primary, width, height, state: shown ? 'showing' : 'free', sessionId }
      }),
      ...away.map(({ wish }, index): Screen => {
        const number = connected.length + index + 1
        const { screenId: id, name, sessionId } = wish
        return { id, number, name, primary: false, width: 0, height: 0, state: 'lost', sessionId }
      }),
    ]
  }

  show(screenId: string, sessionId: string): boolean {
    const on = screensNow().find(({ id }) => id === screenId)
    if (!on) return false
    const there = this.#on(screenId)
    if (there) this.#drop(there)
    const wish = { screenId, name: on.name, sessionId }
    this.#shown.push({ wish, displayId: on.display.id, window: this.#cover(on, wish) })
    this.#changed()
    return true
  }

  hide(screenId: string): boolean {
    const there = this.#on(screenId)
    if (!there) return false
    this.#drop(there)
    this.#changed()
    return true
  }

  identify(): void {
    identifyScreens(this.#deps.windows, screensNow())
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  /** What was on the screens when Hudson ended, for the sessions that are still on. */
  restore(isOn: (sessionId: string) => boolean): void {
    for (const wish of this.#deps.record.hosts) {
      if (!isOn(wish.sessionId) || this.#on(wish.screenId)) continue
      this.#shown.push({ wish, displayId: null, window: null })
    }
    this.#settle()
  }

  #on(screenId: string): Shown | undefined {
    return this.#shown.find(({ wish }) => wish.screenId === screenId)
  }

  #drop(shown: Shown): void {
    this.#shown = this.#shown.filter((one) => one !== shown)
    shown.window?.destroy()
  }

  #cover(on: KnownScreen, { sessionId, name }: HostWish): BrowserWindow {
    const window = this.#deps.windows.create({
      kind: 'host',
      covers: true,
      path: `/host/${sessionId}?display=${encodeURIComponent(name.slice(0, 60))}`,
      options: { ...on.display.bounds, ...borderless },
    })
    window.removeMenu()
    this.#assert(window, on)
    window.once('closed', () => this.#closed(window))
    return window
  }

  /** The user closed it, with the keys of the system: then nobody wants it there any more. */
  #closed(window: BrowserWindow): void {
    const shown = this.#shown.find((one) => one.window === window)
    // With the app all windows go; what is on the screens is kept for the next start.
    if (!shown || this.#isQuitting()) return
    this.#shown = this.#shown.filter((one) => one !== shown)
    this.#changed()
  }

  #settleSoon(): void {
    if (this.#settling) clearTimeout(this.#settling)
    this.#settling = setTimeout(() => this.#settle(), SETTLE_MS)
  }

  /** At once, before the system moves the window to the screen that is left. */
  #leaveLost(): void {
    const ids = new Set(screen.getAllDisplays().map(({ id }) => id))
    for (const shown of this.#shown) {
      if (shown.window === null || shown.displayId === null || ids.has(shown.displayId)) continue
      this.#deps.log.warn('the screen with the host view went away', { name: shown.wish.name })
      const { window } = shown
      shown.window = null
      shown.displayId = null
      window.destroy()
    }
  }

  #settle(): void {
    this.#leaveLost()
    const connected = screensNow()
    for (const shown of this.#shown) {
      const on = connected.find(({ display }) => display.id === shown.displayId) ?? findScreen(connected, shown.wish)
      if (!on) continue
      shown.displayId = on.display.id
      // Another resolution, or a twin less, makes another name.
      shown.wish = { ...shown.wish, screenId: on.id }
      shown.window ??= this.#cover(on, shown.wish)
      this.#assert(shown.window, on)
    }
    this.#changed()
  }

  #assert(window: BrowserWindow, { display }: KnownScreen): void {
    if (!isSame(window.getBounds(), display.bounds)) window.setBounds(display.bounds)
    // Above the task bar and whatever pops up; but on a computer with one screen it would bury all other windows.
    const alone = screen.getAllDisplays().length === 1
    window.setAlwaysOnTop(!alone, 'screen-saver')
  }

  #changed(): void {
    this.#deps.record.keepHosts(this.#shown.map(({ wish }) => wish))
    for (const listener of this.#listeners) listener()
  }
}

const borderless = {
  frame: false,
  fullscreenable: false,
  resizable: false,
  movable: false,
  minimizable: false,
  maximizable: false,
  skipTaskbar: true,
  hasShadow: false,
  roundedCorners: false,
  // macOS keeps a window below the menu bar otherwise.
  enableLargerThanScreen: true,
  title: 'Hudson host view',
} as const

/** The screen that was meant: by its name and size; else the only one of that name, whose size was changed meanwhile. */
function findScreen(connected: readonly KnownScreen[], wish: HostWish): KnownScreen | undefined {
  const named = connected.filter(({ name }) => name === wish.name)
  return connected.find(({ id }) => id === wish.screenId) ?? (named.length === 1 ? named[0] : undefined)
}

function isSame(one: Rectangle, other: Rectangle): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height
}
