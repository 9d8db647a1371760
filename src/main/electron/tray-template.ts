import type { SyncStatus } from '#shared/sync.ts'
import type { MenuItemConstructorOptions } from 'electron'
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

/** What it says to who points at it. */
export function trayText({ show, status }: TrayState): string {
  return ['Hudson', showLine(show), teamLine(status)].filter((one) => one !== null).join('\n')
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
