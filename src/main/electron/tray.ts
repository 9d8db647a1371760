import type { SyncStatus } from '#shared/sync.ts'
import { Menu, nativeImage, Tray } from 'electron'
import type { MenuItemConstructorOptions } from 'electron'
import { join } from 'node:path'
import type { Log } from '../log.ts'
import { short } from './menu-template.ts'
import type { CurrentShow } from './show-watch.ts'

/** What stands beside the clock. */
export interface TrayState {
  readonly show: CurrentShow | null
  readonly status: SyncStatus | null
  /** The menu of the screens, as in the native menu. */
  readonly host: readonly MenuItemConstructorOptions[]
}

export interface TrayActions {
  syncNow(): void
  openShow(sessionId: string): void
  openMain(): void
  quit(): void
}

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
    const { show, status } = state
    const [ofShow, ofTeam] = [showLine(show), teamLine(status)]
    tray.setToolTip(['Hudson', ofShow, ofTeam].filter((one) => one !== null).join('\n'))
    tray.setImage(this.#icon(show))
    tray.setContextMenu(Menu.buildFromTemplate([...trayTemplate(state, this.#deps.actions)]))
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

/** Its menu. */
export function trayTemplate({ show, status, host }: TrayState, actions: TrayActions): MenuItemConstructorOptions[] {
  const ofShow = showLine(show)
  return [
    ...(show && ofShow !== null ? [{ label: escaped(ofShow), click: () => actions.openShow(show.sessionId) }] : []),
    { label: teamLine(status), enabled: false },
    { label: 'Sync now', enabled: status !== null && status.state !== 'unconfigured', click: () => actions.syncNow() },
    { type: 'separator' },
    ...host,
    { type: 'separator' },
    { label: 'Open Hudson', click: () => actions.openMain() },
    { label: 'Quit Hudson', click: () => actions.quit() },
  ]
}

function showLine(show: CurrentShow | null): string | null {
  if (!show) return null
  const at = show.number === null ? '' : `, #${show.number}`
  return `${show.mode === 'live' ? 'LIVE' : 'Rehearsal'}: ${short(show.name)}${at}`
}

function teamLine(status: SyncStatus | null): string {
  const count = status?.pending ?? 0
  const edits = count === 1 ? '1 edit' : `${count} edits`
  switch (status?.state) {
    case 'online':
      return count === 0 ? 'Shared with the team' : `${edits} on the way to the team`
    case 'offline':
      return count === 0 ? 'Offline, all saved here' : `Offline, ${edits} saved here`
    case 'paused':
      return 'Sharing paused'
    case 'blocked':
      return 'Not shared with the team'
    default:
      return 'Saved on this computer'
  }
}

/** An ampersand in a label underlines what follows it. */
function escaped(label: string): string {
  return label.replaceAll('&', '&&')
}
