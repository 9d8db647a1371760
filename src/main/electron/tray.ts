import { Menu, nativeImage, Tray } from 'electron'
import type { NativeImage } from 'electron'
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
  readonly #icons = new Map<string, NativeImage>()
  #shown = ''

  constructor(deps: TrayDeps) {
    this.#deps = deps
    this.#tray = this.#make()
  }

  /** Called with every jump of a show: what would look the same is not made anew. */
  update(state: TrayState): void {
    const tray = this.#tray
    if (!tray) return
    const template = trayTemplate(state, this.#deps.actions)
    const shown = JSON.stringify([trayText(state), template, state.show?.mode])
    if (shown === this.#shown) return
    this.#shown = shown
    tray.setToolTip(trayText(state))
    tray.setImage(this.#icon(state.show))
    tray.setContextMenu(Menu.buildFromTemplate(template))
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

  /** Each is read from the disk once. */
  #icon(show: CurrentShow | null): NativeImage {
    const file = `${show?.mode ?? 'idle'}${process.platform === 'darwin' ? 'Template' : ''}.png`
    const icon = this.#icons.get(file) ?? nativeImage.createFromPath(join(this.#deps.icons, file))
    this.#icons.set(file, icon)
    return icon
  }
}
