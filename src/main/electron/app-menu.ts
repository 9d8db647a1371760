import type { KeySettings } from '#shared/effective-keys.ts'
import type { Screen } from '#shared/screens.ts'
import { app, Menu } from 'electron'
import { menuTemplate } from './menu-template.ts'
import type { MenuActions, MenuState, Place } from './menu-template.ts'
import type { Say } from '../words/speech.ts'
import type { ShowWatch } from './show-watch.ts'
import { pathOf } from './windows.ts'
import type { Windows } from './windows.ts'

interface AppMenuDeps {
  readonly windows: Windows
  readonly show: ShowWatch
  readonly screens: () => readonly Screen[]
  readonly keys: () => KeySettings
  /** The session's name, for the menu of the screens. */
  readonly nameOf: (sessionId: string) => Promise<string | null>
  readonly actions: MenuActions
  readonly say: Say
}

/** Keeps the native menu fitting to the window in front. It is made anew only where it would differ: an open one stays open. */
export class AppMenu {
  readonly #deps: AppMenuDeps
  #made = ''
  #scheduled = false

  constructor(deps: AppMenuDeps) {
    this.#deps = deps
  }

  start(): void {
    app.on('browser-window-focus', () => this.update())
    app.on('browser-window-blur', () => this.update())
    app.on('web-contents-created', (_event, contents) => {
      contents.on('did-navigate', () => this.update())
      contents.on('did-navigate-in-page', () => this.update())
    })
    const { show } = this.#deps
    const known = { show: '' }
    // A jump changes nothing in it, and the session's name may have to be asked for.
    show.onChange(() => {
      const now = `${show.current?.sessionId} ${show.current?.name}`
      if (now !== known.show) this.update()
      known.show = now
    })
    this.update()
  }

  /** Soon, and once for many changes. */
  update(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      void this.#make()
    })
  }

  async #make(): Promise<void> {
    const { actions, screens, keys, say } = this.#deps
    const state: MenuState = {
      say,
      mac: process.platform === 'darwin',
      place: this.#place(),
      session: await this.#session(),
      screens: screens(),
      keys: keys(),
    }
    const template = menuTemplate(state, actions)
    const made = JSON.stringify([state, template])
    if (made === this.#made) return
    this.#made = made
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }

  #place(): Place {
    const path = this.#path()
    if (path.startsWith('/host/')) return 'host'
    if (/^\/sessions\/[^/]+\/producer/.test(path)) return 'producer'
    return /^\/sessions\/[^/]+/.test(path) ? 'builder' : 'elsewhere'
  }

  async #session(): Promise<MenuState['session']> {
    const { show, nameOf } = this.#deps
    const id = /^\/(?:sessions|host)\/([0-9a-f-]{36})/.exec(this.#path())?.[1] ?? show.current?.sessionId
    if (id === undefined) return null
    const name = id === show.current?.sessionId ? show.current.name : await nameOf(id)
    return name === null ? null : { id, name }
  }

  #path(): string {
    const { focused } = this.#deps.windows
    return focused ? pathOf(focused.window) : ''
  }
}
