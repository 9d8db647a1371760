import { effectiveKeys } from '#shared/effective-keys.ts'
import type { KeySettings } from '#shared/effective-keys.ts'
import { keyNames } from '#shared/key-names.ts'
import { bindingsOf } from '#shared/key-table.ts'
import type { Binding, KeyGroup, KeyId } from '#shared/key-table.ts'
import type { Screen } from '#shared/screens.ts'
import type { MenuItemConstructorOptions } from 'electron'
import type { Say } from '../words/speech.ts'

type Item = MenuItemConstructorOptions

/** What the window in front shows: it decides which commands have somebody to take them. */
export type Place = 'host' | 'producer' | 'builder' | 'elsewhere'

/** What the menu is made of. */
export interface MenuState {
  readonly say: Say
  readonly mac: boolean
  readonly place: Place
  /** The session whose host view can be shown: that of the window in front, or of the show that is on. */
  readonly session: { readonly id: string; readonly name: string } | null
  readonly screens: readonly Screen[]
  /** How the keys are set. */
  readonly keys: KeySettings
}

/** What its items do. */
export interface MenuActions {
  /** What that key does, in the window in front. */
  command(id: KeyId): void
  restart(): void
  checkForUpdates(): void
  openLogs(): void
  openDataFolder(): void
  supportBundle(): void
  showHost(screenId: string, sessionId: string): void
  hideHost(screenId: string): void
  identify(): void
}

/** Keys that are no commands by themselves: digits, a key of the system's own, and one that only takes back. */
const noCommands: ReadonlySet<KeyId> = new Set<KeyId>(['number', 'holdNumber', 'sendPreset', 'cancel', 'fullScreen'])
/** These stand elsewhere in the menu. */
const placed: ReadonlySet<KeyId> = new Set<KeyId>(['settings', 'newSession', 'sessions', 'products', 'help', 'save'])

const line: Item = { type: 'separator' }

/** The whole native menu: every key of the key table that is a command, and what only a desktop app can do. */
export function menuTemplate(state: MenuState, actions: MenuActions): Item[] {
  const { mac, say } = state
  const { command, group } = commandItems(state, actions)
  const restart: Item = { label: say('Restart Hudson'), click: () => actions.restart() }
  const updates: Item = { label: say('Check for updates…'), click: () => actions.checkForUpdates() }
  const quit: Item = { role: 'quit', label: say('Quit Hudson') }
  const hiding: Item[] = [{ role: 'services' }, line, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }]
  const app = [
    { role: 'about' },
    updates,
    line,
    command('settings'),
    line,
    ...hiding,
    line,
    restart,
    quit,
  ] satisfies Item[]
  const file = [command('newSession'), command('save'), line, { role: 'close' }] satisfies Item[]
  const edit = [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }] satisfies Item[]
  const host = (['picture', 'display', 'message', 'clock'] as const).flatMap((name) => [line, ...group(name)])
  const windows = [{ role: 'togglefullscreen' }, { role: 'minimize' }] satisfies Item[]
  const onMac = [{ role: 'zoom' }, { role: 'front' }] satisfies Item[]
  return [
    ...(mac ? [{ label: 'Hudson', submenu: app }] : []),
    { label: say('&File'), submenu: [...file, ...(mac ? [] : [line, command('settings'), restart, line, quit])] },
    { label: say('&Edit'), submenu: [...edit, line, ...group('builder')] },
    { label: say('&Line-up'), submenu: group('lineUp') },
    { label: say('&Host'), submenu: [...hostItems(state, actions), ...host] },
    {
      label: say('&Window'),
      role: 'window',
      submenu: [command('sessions'), command('products'), ...group('app'), line, ...windows, ...(mac ? onMac : [])],
    },
    {
      label: say('H&elp'),
      role: 'help',
      submenu: [
        command('help'),
        line,
        { label: say('Open the logs'), click: () => actions.openLogs() },
        { label: say('Open the data folder'), click: () => actions.openDataFolder() },
        { label: say('Support bundle…'), click: () => actions.supportBundle() },
        ...(mac ? [] : [line, updates, { role: 'about' } satisfies Item]),
      ],
    },
  ]
}

/** The commands of the key table, as items: those that nobody in the window in front would take are grey. */
function commandItems({ mac, place, keys, say }: MenuState, actions: MenuActions) {
  const table = effectiveKeys(keys)
  const bound = new Map<KeyId, Binding>()
  for (const scope of ['producer', 'host', 'builder', 'global'] as const)
    for (const one of bindingsOf(scope, table)) bound.set(one.id, one)
  const taken = [...bindingsOf('global'), ...(place === 'elsewhere' ? [] : bindingsOf(place))].map(({ id }) => id)
  // In a text field undo and redo are the field's own (see app-keys.tsx in the renderer).
  const here = new Set<KeyId>([...taken, 'undo', 'redo'])

  const command = (id: KeyId): Item => ({
    id,
    label: say(keyNames[id]).replace(/ \(.*\)$/, ''),
    enabled: here.has(id),
    ...shortcut(bound.get(id)?.keys[0], mac),
    click: () => actions.command(id),
  })
  const group = (name: KeyGroup): Item[] =>
    [...bound.values()]
      .filter((one) => one.group === name && !noCommands.has(one.id) && !placed.has(one.id))
      .map(({ id }) => command(id))
  return { command, group }
}

/** The screens, and what the host view is on. */
export function hostItems(
  { screens, session, say }: Pick<MenuState, 'screens' | 'session' | 'say'>,
  actions: MenuActions,
): Item[] {
  const title = session ? say('Show host of “{name}” on', { name: short(session.name) }) : say('Show host on')
  const items = screens.map(({ id, number, name, state, primary, sessionId }): Item => {
    const shown = state !== 'free'
    const label =
      state === 'lost'
        ? say('{number}  {name}, not connected', { number, name })
        : primary
          ? say('{number}  {name}, main screen', { number, name })
          : `${number}  ${name}`
    return {
      type: 'checkbox',
      label,
      checked: shown,
      enabled: shown || session !== null,
      click: () => {
        // Another session's host view gives way to this one; this one's own goes.
        if (session && state !== 'lost' && sessionId !== session.id) actions.showHost(id, session.id)
        else actions.hideHost(id)
      },
    }
  })
  return [
    {
      label: title.replaceAll('&', '&&'),
      submenu: [
        ...items,
        { type: 'separator' },
        { label: say('Identify the screens'), click: () => actions.identify() },
      ],
    },
  ]
}

const MAX_NAME = 40

export function short(name: string): string {
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name
}

const electronNames: Readonly<Record<string, string>> = {
  Mod: 'CommandOrControl',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
}

const electronKeys: ReadonlySet<string> = new Set([
  ...Object.keys(electronNames),
  'Space',
  'Enter',
  'Backspace',
  'Delete',
  'Insert',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'Escape',
  'Tab',
])

/**
 * The key beside the item. The page acts on its keys itself and knows when they are text, so the menu only shows them; where
 * that cannot be had (macOS registers what it shows), a key without a modifier is left out, for it would be taken from every
 * text field.
 */
function shortcut(chord: string | undefined, mac: boolean): Pick<Item, 'accelerator' | 'registerAccelerator'> {
  if (chord === undefined || chord.includes('Digit')) return {}
  const parts = chord.split('+')
  const key = parts.at(-1) ?? ''
  const bare = parts.length === 1 || (parts.length === 2 && parts[0] === 'Shift')
  if (mac && bare) return {}
  // Electron throws at a key that it has no name for, and the menu would not be made at all.
  if (!/^([A-Z0-9]|[!-/:-@[-`{-~]|F([1-9]|1\d|2[0-4]))$/.test(key) && !electronKeys.has(key)) return {}
  return { accelerator: parts.map((part) => electronNames[part] ?? part).join('+'), registerAccelerator: false }
}
