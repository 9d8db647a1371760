import type { MenuItemConstructorOptions, PopupOptions } from 'electron'
import { StandInEvent } from './event.ts'
import { building, MenuItem } from './menu-item.ts'
import { strictEmitter } from './not-built.ts'
import { onlyWhenReady } from './state.ts'

/** What is on the screen at present: the application's menu, and the menu that is popped up. */
export const menus: { application: Menu | null; popup: { menu: Menu; options: PopupOptions } | null } = {
  application: null,
  popup: null,
}

/** A menu as Electron makes it from a template (docs/api/menu.md). */
export class Menu extends strictEmitter('Menu') {
  readonly items: MenuItem[] = []

  static buildFromTemplate(template: readonly (MenuItemConstructorOptions | MenuItem)[]): Menu {
    if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array')
    const menu = new Menu()
    for (const one of template) menu.append(one instanceof MenuItem ? one : new MenuItem(one))
    return menu
  }

  static setApplicationMenu(menu: Menu | null): void {
    onlyWhenReady('Menu.setApplicationMenu')
    if (menu !== null && !(menu instanceof Menu)) throw new TypeError('Invalid menu')
    menus.application = menu
  }

  static getApplicationMenu(): Menu | null {
    return menus.application
  }

  append(item: MenuItem): void {
    this.insert(this.items.length, item)
  }

  insert(place: number, item: MenuItem): void {
    if (!(item instanceof MenuItem)) throw new TypeError('Invalid item')
    if (place < 0 || place > this.items.length) throw new RangeError(`Position ${place} is not in the menu`)
    if (item.id !== '' && this.getMenuItemById(item.id)) throw new Error(`Two menu items have the id ${item.id}`)
    item.menu = this
    this.items.splice(place, 0, item)
  }

  getMenuItemById(id: string): MenuItem | null {
    return this.all().find((item) => item.id === id) ?? null
  }

  popup(options: PopupOptions = {}): void {
    menus.popup = { menu: this, options }
    this.emit('menu-will-show', new StandInEvent())
  }

  closePopup(): void {
    if (menus.popup?.menu !== this) return
    const { options } = menus.popup
    menus.popup = null
    this.emit('menu-will-close', new StandInEvent())
    options.callback?.()
  }

  /** Every item, those of submenus too. */
  all(): readonly MenuItem[] {
    return this.items.flatMap((item) => [item, ...(item.submenu?.all() ?? [])])
  }

  /** Of neighbouring radio items one is checked. */
  choose(item: MenuItem): void {
    const place = this.items.indexOf(item)
    const isRadio = (at: number): boolean => this.items[at]?.type === 'radio'
    const ends = { first: place, last: place }
    while (isRadio(ends.first - 1)) ends.first -= 1
    while (isRadio(ends.last + 1)) ends.last += 1
    for (const one of this.items.slice(ends.first, ends.last + 1)) one.checked = one === item
  }
}

building.menu = (template) => Menu.buildFromTemplate(template)

/** `File ▸ Quit` as a test writes it: labels or ids, one per level. */
export function findItem(menu: Menu, path: readonly string[]): MenuItem {
  const [name = '', ...rest] = path
  const found = menu.items.find(({ label, id, role }) => [label, label.replaceAll('&', ''), id, role].includes(name))
  const names = menu.items.map(({ label, type }) => (type === 'separator' ? '---' : label))
  if (!found) throw new Error(`The menu has no "${name}". It has: ${names.join(', ')}`)
  if (rest.length === 0) return found
  if (!found.submenu) throw new Error(`"${name}" has no submenu`)
  return findItem(found.submenu, rest)
}

/** A menu in plain data. */
export interface MenuFacts {
  readonly id: string
  readonly label: string
  readonly type: string
  readonly role: string | undefined
  readonly accelerator: string | null
  readonly enabled: boolean
  readonly visible: boolean
  readonly checked: boolean
  readonly submenu: readonly MenuFacts[] | undefined
}

export function menuFacts({ items }: Menu): readonly MenuFacts[] {
  return items.map(({ id, label, type, role, accelerator, enabled, visible, checked, submenu }) => ({
    id,
    label,
    type,
    role,
    accelerator,
    enabled,
    visible,
    checked,
    submenu: submenu && menuFacts(submenu),
  }))
}
