import { beforeAll, describe, expect, it, vi } from 'vitest'
import { readAccelerator } from '../support/electron-runtime/accelerator.ts'
import { findItem, Menu } from '../support/electron-runtime/menu.ts'
import { MenuItem } from '../support/electron-runtime/menu-item.ts'
import { phase } from '../support/electron-runtime/state.ts'

beforeAll(() => void (phase.ready = true))

const press = (item: MenuItem): void => item.click({}, undefined)

// https://www.electronjs.org/docs/latest/api/menu
describe('Menu', () => {
  it('is built from a template, with submenus of its own', () => {
    const menu = Menu.buildFromTemplate([{ label: 'File', submenu: [{ label: 'Open', id: 'open' }] }])
    expect(menu.items[0]?.type).toBe('submenu')
    expect(menu.getMenuItemById('open')?.label).toBe('Open')
    expect(menu.getMenuItemById('none')).toBeNull()
  })

  it('refuses an item that is nothing', () => {
    expect(() => Menu.buildFromTemplate([{}])).toThrow('must have at least one of label, role or type')
    // @ts-expect-error: Electron knows no such role
    expect(() => Menu.buildFromTemplate([{ role: 'explode' }])).toThrow('Unknown role')
  })

  it('is the application menu until another one is', () => {
    const menu = Menu.buildFromTemplate([{ role: 'editMenu' }])
    Menu.setApplicationMenu(menu)
    expect(Menu.getApplicationMenu()).toBe(menu)
    Menu.setApplicationMenu(null)
    expect(Menu.getApplicationMenu()).toBeNull()
  })

  it('finds an item by labels, ids or roles, and says what it has', () => {
    const menu = Menu.buildFromTemplate([{ label: '&File', submenu: [{ role: 'quit' }] }])
    expect(findItem(menu, ['File', 'quit']).role).toBe('quit')
    expect(() => findItem(menu, ['File', 'Save'])).toThrow('no "Save". It has: Quit')
  })
})

// https://www.electronjs.org/docs/latest/api/menu-item
describe('MenuItem', () => {
  it('has the label and the keys of its role, unless it brings its own', () => {
    const { items } = Menu.buildFromTemplate([{ role: 'copy' }, { role: 'quit', label: 'Leave' }])
    expect(items.map(({ label, accelerator }) => [label, accelerator])).toEqual([
      ['Copy', 'CommandOrControl+C'],
      ['Leave', 'CommandOrControl+Q'],
    ])
  })

  it('checks and unchecks itself before its click is told', () => {
    const click = vi.fn<(item: { checked: boolean }) => boolean>((item) => item.checked)
    const { items } = Menu.buildFromTemplate([{ label: 'Mute', type: 'checkbox', click }])
    for (const item of items) press(item)
    expect(click).toHaveReturnedWith(true)
    for (const item of items) press(item)
    expect(click).toHaveLastReturnedWith(false)
  })

  it('of neighbouring radio items checks one', () => {
    const radio = (label: string, checked = false) => ({ label, type: 'radio' as const, checked })
    const menu = Menu.buildFromTemplate([radio('a', true), radio('b'), { type: 'separator' }, radio('c', true)])
    press(findItem(menu, ['b']))
    expect(menu.items.filter(({ checked }) => checked).map(({ label }) => label)).toEqual(['b', 'c'])
  })

  it('throws for what is not built, by its name', () => {
    const [item] = Menu.buildFromTemplate([{ label: 'a' }]).items
    expect(() => (item as unknown as { userAccelerator: string }).userAccelerator).toThrow(
      'MenuItem.userAccelerator is not',
    )
    expect(() => Menu.buildFromTemplate([{ label: 'a', before: ['b'] }])).toThrow('before is not built')
  })
})

// https://www.electronjs.org/docs/latest/tutorial/keyboard-shortcuts
describe('an accelerator', () => {
  it('is one combination, however it is written', () => {
    expect(readAccelerator('CmdOrCtrl+Shift+K')).toBe(readAccelerator('shift+commandorcontrol+k'))
    expect(readAccelerator('Esc')).toBe(readAccelerator('Escape'))
  })

  it.each(['Ctrl+', 'Strg+K', 'Ctrl+Foo', '', 'F25'])('refuses "%s"', (text) => {
    expect(() => readAccelerator(text)).toThrow('is not an accelerator')
  })
})
