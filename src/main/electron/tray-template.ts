import type { SyncStatus } from '#shared/sync.ts'
import type { MenuItemConstructorOptions } from 'electron'
import type { Say } from '../words/speech.ts'
import { short } from './menu-template.ts'
import type { CurrentShow } from './show-watch.ts'

/** What stands beside the clock. */
export interface TrayState {
  readonly say: Say
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
export function trayText({ show, status, say }: TrayState): string {
  return ['Hudson', showLine(show, say), teamLine(status, say)].filter((one) => one !== null).join('\n')
}

/** Its menu. */
export function trayTemplate(
  { show, status, host, say }: TrayState,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const ofShow = showLine(show, say)
  return [
    ...(show && ofShow !== null ? [{ label: escaped(ofShow), click: () => actions.openShow(show.sessionId) }] : []),
    { label: teamLine(status, say), enabled: false },
    {
      label: say('Sync now'),
      enabled: status !== null && status.state !== 'unconfigured',
      click: () => actions.syncNow(),
    },
    { type: 'separator' },
    ...host,
    { type: 'separator' },
    { label: say('Open Hudson'), click: () => actions.openMain() },
    { label: say('Quit Hudson'), click: () => actions.quit() },
  ]
}

function showLine(show: CurrentShow | null, say: Say): string | null {
  if (!show) return null
  const name = `${short(show.name)}${show.number === null ? '' : `, #${show.number}`}`
  return show.mode === 'live' ? say('LIVE: {name}', { name }) : say('Rehearsal: {name}', { name })
}

function teamLine(status: SyncStatus | null, say: Say): string {
  const count = status?.pending ?? 0
  switch (status?.state) {
    case 'online':
      if (status.stuck) return say('An edit does not get through to the team')
      if (status.progress) return say('Receiving {done} of {total}', status.progress)
      if (count === 0) return say('Shared with the team')
      return say(count === 1 ? '1 edit on the way to the team' : '{count} edits on the way to the team', { count })
    case 'offline':
      if (count === 0) return say('Offline, all saved here')
      return say(count === 1 ? 'Offline, 1 edit saved here' : 'Offline, {count} edits saved here', { count })
    case 'paused':
      return say('Sharing paused')
    case 'blocked':
      return say(status.blockedBy === 'update' ? 'Not shared: update required' : 'Not shared with the team')
    default:
      return say('Saved on this computer')
  }
}

/** An ampersand in a label underlines what follows it. */
function escaped(label: string): string {
  return label.replaceAll('&', '&&')
}
