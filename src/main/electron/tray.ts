import { Menu, nativeImage, Tray } from 'electron'
import { join } from 'node:path'
import type { Log } from '../log.ts'
import type { CurrentShow } from './show-watch.ts'
import { trayText, trayTemplate } from './tray-template.ts'
import type { TrayActions, TrayState } from './tray-template.ts'

interface TrayDeps {
  /** The folder of its pictures. */
  readonly icons: string
  readonly log: Log
  readonly actions: TrayActions
}

/**
 * The icon beside the clock: how the show and the team stand, in words, and the way to both.
 *
 * It always has a menu, because some desktops of Linux tell no click. Some have no such place at all, and nobody learns it; so
 * nothing depends on it: Hudson never hides its last window.
 */
export class TrayIcon {
  readonly #deps: TrayDeps
  // Held here: one that nobody holds is collected, and vanishes.
  readonly #tray: Tray | null

  constructor(deps: TrayDeps) {
    this.#deps = deps
    this.#tray = this.#make()
  }

  update(state: TrayState): void {
    const tray = this.#tray
    if (!tray) return
    tray.setToolTip(trayText(state))
    tray.setImage(this.#icon(state.show))
    tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(state, this.#deps.actions)))
  }

  #make(): Tray | null {
    const { log, actions } = this.#deps
    try {
      const tray = new Tray(this.#icon(null))
      tray.on('click', () => actions.openMain())
      return tray
    } catch (error) {
      log.warn('there is no icon beside the clock', { error })
      return null
    }
  }

  #icon(show: CurrentShow | null) {
    const name = process.platform === 'darwin' ? 'Template' : ''
    const state = show === null ? 'idle' : show.mode
    return nativeImage.createFromPath(join(this.#deps.icons, `${state}${name}.png`))
  }
}
