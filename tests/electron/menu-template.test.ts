import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { defaultKeys } from '#shared/effective-keys.ts'
import { keyTable } from '#shared/key-table.ts'
import type { Binding } from '#shared/key-table.ts'
import type { Screen } from '#shared/screens.ts'
import { must } from '#shared/must.ts'
import { menuTemplate } from '../../src/main/electron/menu-template.ts'
import { sayIn } from '../support/say-in.ts'
import type { MenuActions, MenuState } from '../../src/main/electron/menu-template.ts'

type Item = MenuItemConstructorOptions

const session = { id: '019aa000-0000-7000-8000-000000000001', name: 'Friday & friends' }
const screens: readonly Screen[] = [
  { id: 'a', number: 1, name: 'Built-in', width: 1, height: 1, primary: true, state: 'free', sessionId: null },
  { id: 'b', number: 2, name: 'DELL', width: 1, height: 1, primary: false, state: 'showing', sessionId: session.id },
  { id: 'c', number: 3, name: 'LG', width: 1, height: 1, primary: false, state: 'lost', sessionId: session.id },
]

function made(state: Partial<MenuState> = {}) {
  const done: unknown[][] = []
  const note =
    (name: string) =>
    (...args: unknown[]): void =>
      void done.push([name, ...args])
  const names = [
    'command',
    'restart',
    'checkForUpdates',
    'openLogs',
    'openDataFolder',
    'supportBundle',
    'showHost',
    'hideHost',
    'identify',
  ]
  const actions = Object.fromEntries(names.map((name) => [name, note(name)])) as unknown as MenuActions
  const template = menuTemplate(
    { say: sayIn('en'), mac: false, place: 'producer', session, screens, keys: defaultKeys, ...state },
    actions,
  )
  const all = flat(template)
  const find = (label: string): Item =>
    must(
      all.find((item) => item.label === label),
      label,
    )
  const click = (label: string): void => (find(label).click as unknown as () => void)()
  return { template, all, find, click, done }
}

function flat(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])
}

const commands = (keyTable as readonly Binding[]).filter(
  ({ id }) => !['number', 'holdNumber', 'sendPreset', 'cancel', 'fullScreen'].includes(id),
)

describe('the native menu', () => {
  test.each([false, true])('has every command of the key table, once (macOS: %s)', (mac) => {
    const ids = made({ mac }).all.flatMap(({ id }) => (id === undefined ? [] : [id]))
    expect(ids.toSorted()).toEqual(commands.map(({ id }) => id).toSorted())
  })
  test('is German throughout where Hudson is', () => {
    const labels = (language: 'en' | 'de'): string[] =>
      made({ say: sayIn(language) }).all.flatMap(({ label }) => (label === undefined ? [] : [label]))
    // Names, and what both languages call the same.
    const same = new Set(['&Line-up', '&Host', 'Sessions', '2  DELL'])
    const german = labels('de')
    expect(labels('en').filter((label) => german.includes(label) && !same.has(label))).toEqual([])
    expect(german).toContain('Host von „Friday && friends“ zeigen auf')
  })
  test('shows the keys, and leaves acting on them to the page', () => {
    const { all } = made()
    const next = must(
      all.find(({ id }) => id === 'next'),
      'next',
    )
    expect(next).toMatchObject({ accelerator: 'Down', registerAccelerator: false })
    expect(all.find(({ id }) => id === 'settings')).toMatchObject({ accelerator: 'CommandOrControl+,' })
    for (const item of all) if (item.id !== undefined && item.accelerator) expect(item.registerAccelerator).toBe(false)
  })
  test('shows the keys that were changed, and none where one was switched off', () => {
    const { all } = made({ keys: { preset: 'pavoi', changed: { previous: ['J'], blank: [] } } })
    const shown = (id: string) => all.find((item) => item.id === id)?.accelerator
    expect([shown('next'), shown('previous'), shown('blank')]).toEqual(['Right', 'J', undefined])
  })
  test('shows no key that Electron has no name for: it would refuse the whole menu', () => {
    const { all } = made({
      keys: { preset: 'hudson', changed: { next: ['ö'], previous: ['AudioVolumeUp'], last: ['F8'] } },
    })
    const shown = (id: string) => all.find((item) => item.id === id)?.accelerator
    expect([shown('next'), shown('previous'), shown('last')]).toEqual([undefined, undefined, 'F8'])
  })
  test('takes no key from a text field on macOS, where a shown key is a taken one', () => {
    const bare = made({ mac: true }).all.filter(
      ({ accelerator }) => accelerator && !/CommandOrControl|Alt|Ctrl/.test(accelerator),
    )
    expect(bare).toEqual([])
  })
  test('greys what nobody in the window in front would take', () => {
    const enabled = (place: MenuState['place'], id: string): boolean | undefined =>
      made({ place }).all.find((item) => item.id === id)?.enabled
    expect([
      enabled('producer', 'next'),
      enabled('host', 'next'),
      enabled('builder', 'next'),
      enabled('elsewhere', 'next'),
    ]).toEqual([true, true, false, false])
    expect([enabled('builder', 'moveUp'), enabled('producer', 'moveUp')]).toEqual([true, false])
    expect([enabled('elsewhere', 'settings'), enabled('elsewhere', 'undo')]).toEqual([true, true])
  })
  test('an item does what its key does', () => {
    const { click, done } = made()
    click('Next item')
    click('Settings')
    expect(done).toEqual([
      ['command', 'next'],
      ['command', 'settings'],
    ])
  })
  test('puts the host view on a screen, and takes it off again', () => {
    const { find, click, done } = made()
    expect(find('Show host of “Friday && friends” on')).toBeDefined()
    expect(find('2  DELL').checked).toBe(true)
    click('1  Built-in, main screen')
    click('2  DELL')
    click('3  LG, not connected')
    click('Identify the screens')
    expect(done).toEqual([['showHost', 'a', session.id], ['hideHost', 'b'], ['hideHost', 'c'], ['identify']])
  })
  test('another session takes the screen over', () => {
    const other = { id: '019aa000-0000-7000-8000-000000000002', name: 'Other' }
    const { click, done } = made({ session: other })
    click('2  DELL')
    expect(done).toEqual([['showHost', 'b', other.id]])
  })
  test('without a session nothing can be shown, but taken off', () => {
    const { find } = made({ session: null })
    expect([find('1  Built-in, main screen').enabled, find('2  DELL').enabled]).toEqual([false, true])
  })
  test('has what only the desktop app can do', () => {
    const { click, done } = made()
    for (const label of [
      'Restart Hudson',
      'Check for updates…',
      'Open the logs',
      'Open the data folder',
      'Support bundle…',
    ])
      click(label)
    expect(done.map(([name]) => name)).toEqual([
      'restart',
      'checkForUpdates',
      'openLogs',
      'openDataFolder',
      'supportBundle',
    ])
  })
})
