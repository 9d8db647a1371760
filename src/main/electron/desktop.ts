import { defaultKeys } from '#shared/effective-keys.ts'
import type { KeyId } from '#shared/key-table.ts'
import type { SessionSummary } from '#shared/sessions.ts'
import type { Settings } from '#shared/settings.ts'
import type { SyncStatus } from '#shared/sync.ts'
import { app, dialog, nativeTheme, powerMonitor, shell } from 'electron'
import type { Config } from '../config.ts'
import type { Dispatch } from '../dispatch.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import type { Say } from '../words/speech.ts'
import { AppMenu } from './app-menu.ts'
import type { HostScreens } from './host-screens.ts'
import type { Pages } from './ipc.ts'
import { keepAwake } from './keep-awake.ts'
import { appOrigin } from './links.ts'
import { hostItems } from './menu-template.ts'
import type { MenuActions } from './menu-template.ts'
import { noticeOf } from './notice-of.ts'
import { Notices } from './notices.ts'
import { Quitting } from './quitting.ts'
import { ShowWatch } from './show-watch.ts'
import { TrayIcon } from './tray.ts'
import { guardClosing } from './window-closing.ts'
import { kindOf, pathOf } from './windows.ts'
import type { Windows } from './windows.ts'

/** As much of the core as the shell needs. */
interface DesktopCore {
  readonly config: Config
  readonly dispatch: Dispatch
  readonly events: Events
  readonly say: Say
  readonly reconnect: () => void
  readonly updates: {
    bootSucceeded(): void
    prepareExit(): void
    exit(): Promise<'nothing' | 'installed' | 'failed'>
  }
}

export interface DesktopDeps {
  readonly core: DesktopCore
  readonly pages: Pages
  readonly windows: Windows
  readonly screens: HostScreens
  readonly log: Log
  /** The folder of the tray's pictures. */
  readonly icons: string
  /** Ends everything that the app has open. */
  readonly close: () => Promise<void>
}

/** What is a page of its own can be opened where no window is there to take the command. */
const pagesOfCommands: Partial<Readonly<Record<KeyId, string>>> = {
  sessions: '/sessions',
  newSession: '/sessions?new',
  products: '/products',
  settings: '/settings',
}

/** The shell around the pages: what the desktop app has and a browser has not. */
export class Desktop {
  readonly #deps: DesktopDeps
  readonly #show: ShowWatch
  readonly #quitting: Quitting
  readonly #menu: AppMenu
  readonly #tray: TrayIcon
  readonly #notices: Notices
  readonly #actions: MenuActions
  #status: SyncStatus | null = null
  #keys = defaultKeys

  constructor(deps: DesktopDeps) {
    const { core, windows, screens, log, icons } = deps
    this.#deps = deps
    this.#show = new ShowWatch(core)
    this.#quitting = new Quitting({
      log,
      show: this.#show,
      say: core.say,
      close: () => {
        core.updates.prepareExit()
        return deps.close()
      },
      // An update that could not be put in place: then this version goes on.
      last: async () => (await core.updates.exit()) === 'failed',
    })
    this.#actions = this.#createActions()
    this.#menu = new AppMenu({
      windows,
      show: this.#show,
      screens: () => screens.list(),
      keys: () => this.#keys,
      nameOf: (id) => this.#nameOf(id),
      actions: this.#actions,
      say: core.say,
    })
    const quit = (): void => app.quit()
    const openMain = (): void => void windows.show()
    const openShow = (id: string): void => void windows.open(`/sessions/${id}/producer`)
    const syncNow = (): void => void this.#syncNow()
    this.#tray = new TrayIcon({ icons, log, actions: { syncNow, openShow, openMain, quit } })
    this.#notices = new Notices({ log, muted: () => this.#show.isLive, onClick: openMain })
  }

  /** Opens the first window, and what was on other screens when a show was on; `path` is where it begins. */
  async start(path: string): Promise<void> {
    const { core, windows, screens, log } = this.#deps
    this.#quitting.start()
    guardClosing({ windows, show: this.#show, quitting: this.#quitting, log, say: core.say })
    await this.#followSettings()
    windows.open(path).webContents.once('did-finish-load', () => core.updates.bootSucceeded())
    screens.start(() => this.#quitting.isQuitting)
    await this.#show.start()
    // The host is on air again before anybody has found the mouse.
    screens.restore((sessionId) => this.#show.isOn(sessionId))
    keepAwake(this.#show)
    this.#menu.start()
    screens.onChange(() => this.#menu.update())
    screens.onChange(() => this.#updateTray())
    this.#show.onChange(() => this.#updateTray())
    core.events.on('changed', ({ feature }) => {
      if (feature === 'sync' || feature === 'conflicts') void this.#readStatus()
      if (feature === 'settings') void this.#followSettings()
      if (feature === 'app') this.#followLanguage()
    })
    powerMonitor.on('resume', () => core.reconnect())
    await this.#readStatus()
    this.#updateTray()
  }

  /** Shows a page in the main window, but never in place of a producer console. */
  openPath(path: string): void {
    const { windows, pages } = this.#deps
    const main = windows.all.find(({ window, kind }) => kind === 'main' && kindOf(pathOf(window)) !== 'producer')
    if (!main) return void windows.open(path)
    const { window } = main
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    if (pages.tell(window.webContents.id, { event: 'open', path })) return
    // It is still loading, or has crashed.
    window
      .loadURL(`${appOrigin}${path}`)
      .catch((error: unknown) => this.#deps.log.error('a page did not load', { error }))
  }

  #createActions(): MenuActions {
    const { core, screens } = this.#deps
    const { logDir, dataDir } = core.config
    return {
      command: (id) => this.#command(id),
      restart: () => this.#quitting.restart(),
      checkForUpdates: () => {
        void core.dispatch('updates.check', {})
        this.openPath('/settings#updates')
      },
      openLogs: () => this.#openFolder(logDir),
      openDataFolder: () => this.#openFolder(dataDir),
      // It is looked through before it is saved.
      supportBundle: () => this.openPath('/diagnostics#bundle'),
      showHost: (screenId, sessionId) => void screens.show(screenId, sessionId),
      hideHost: (screenId) => void screens.hide(screenId),
      identify: () => screens.identify(),
    }
  }

  #command(id: KeyId): void {
    const { windows, pages } = this.#deps
    const focused = windows.focused
    if (focused && pages.tell(focused.window.webContents.id, { event: 'command', id })) return
    const path = pagesOfCommands[id]
    if (path !== undefined) this.openPath(path)
  }

  async #nameOf(sessionId: string): Promise<string | null> {
    const reply = await this.#deps.core.dispatch('sessions.get', { id: sessionId })
    return reply.ok ? (reply.value as SessionSummary).name : null
  }

  async #syncNow(): Promise<void> {
    const reply = await this.#deps.core.dispatch('sync.now', {})
    if (!reply.ok) this.#notices.tell({ title: this.#deps.core.say('Not shared yet'), body: reply.error.message })
  }

  async #readStatus(): Promise<void> {
    const reply = await this.#deps.core.dispatch('sync.status', {})
    if (!reply.ok) return
    const status = reply.value as SyncStatus
    const notice = noticeOf(this.#status, status, this.#deps.core.say)
    this.#status = status
    if (notice) this.#notices.tell(notice)
    this.#updateTray()
  }

  #updateTray(): void {
    const { screens, core } = this.#deps
    const { say } = core
    const show = this.#show.current
    const session = show && { id: show.sessionId, name: show.name }
    const host = hostItems({ say, screens: screens.list(), session }, this.#actions)
    this.#tray.update({ say, show, status: this.#status, host })
  }

  /** What was chosen counts for the frames of windows, menus and dialogs too, and the menu shows the keys that act. */
  async #followSettings(): Promise<void> {
    const reply = await this.#deps.core.dispatch('settings.get', {})
    if (!reply.ok) return
    const { theme, keys } = reply.value as Settings
    nativeTheme.themeSource = theme
    this.#keys = keys
    this.#menu.update()
  }

  #followLanguage(): void {
    this.#menu.update()
    void this.#readStatus()
  }

  #openFolder(path: string): void {
    shell.openPath(path).then(
      (problem) => problem !== '' && this.#tell('The folder could not be opened', new Error(`${path}: ${problem}`)),
      (error: unknown) => this.#tell('The folder could not be opened', error),
    )
  }

  #tell(what: 'Nothing was saved' | 'The folder could not be opened', error: unknown): void {
    this.#deps.log.warn(what, { error })
    const message = this.#deps.core.say(what)
    const detail = error instanceof Error ? error.message : String(error)
    void dialog.showMessageBox({ type: 'warning', message, detail, buttons: ['OK'] })
  }
}
