import type { KeyboardEvent, MenuItemConstructorOptions } from 'electron'
import { readAccelerator } from './accelerator.ts'
import type { BrowserWindow } from './browser-window.ts'
import type { Menu } from './menu.ts'
import { roleAccelerators, roleLabels, roleMenus } from './menu-roles.ts'
import type { Role } from './menu-roles.ts'
import { notBuilt, strictObject } from './not-built.ts'

type Type = NonNullable<MenuItemConstructorOptions['type']>
type Made = MenuItemConstructorOptions | MenuItem

/** How a template becomes a menu; the menu's own file hands it in, as the two need each other. */
export const building: { menu: ((template: readonly Made[]) => Menu) | null } = { menu: null }

const ids = { last: 0 }

/** One line of a menu (docs/api/menu-item.md). */
export class MenuItem extends strictObject('MenuItem') {
  readonly commandId = (ids.last += 1)
  readonly id: string
  readonly type: Type
  readonly role: Role | undefined
  readonly accelerator: string | null
  readonly registerAccelerator: boolean
  readonly acceleratorWorksWhenHidden: boolean
  readonly submenu: Menu | undefined
  /** The menu that it is in. */
  menu: Menu | null = null
  label: string
  sublabel: string
  toolTip: string
  icon: unknown
  enabled: boolean
  visible: boolean
  checked: boolean
  readonly #click: MenuItemConstructorOptions['click']

  constructor(options: MenuItemConstructorOptions) {
    super()
    const { role, type } = options
    const nothing = role === undefined && type === undefined && options.label === undefined
    if (nothing && options.submenu === undefined)
      throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type')
    if (role !== undefined && !(role in roleLabels)) throw new TypeError(`Unknown role of a menu item: ${role}`)
    for (const key of ['before', 'after', 'beforeGroupContaining', 'afterGroupContaining', 'sharingItem'] as const)
      if (options[key] !== undefined) notBuilt(`MenuItem's option ${key}`)
    this.id = options.id ?? ''
    this.role = role
    this.submenu = submenuOf(options)
    this.type = type ?? (this.submenu ? 'submenu' : 'normal')
    if (this.type === 'submenu' && !this.submenu) throw new TypeError('A menu item of type submenu needs a submenu')
    this.label = options.label ?? (role === undefined ? '' : roleLabels[role])
    this.sublabel = options.sublabel ?? ''
    this.toolTip = options.toolTip ?? ''
    this.icon = options.icon
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
    this.registerAccelerator = options.registerAccelerator ?? true
    this.acceleratorWorksWhenHidden = options.acceleratorWorksWhenHidden ?? true
    this.accelerator = options.accelerator ?? (role === undefined ? undefined : roleAccelerators[role]) ?? null
    if (this.accelerator !== null) readAccelerator(this.accelerator)
    this.#click = options.click
  }

  /** What a press on it does. A role ignores `click` (docs/api/menu-item.md#roles). */
  click(event: KeyboardEvent, window: BrowserWindow | undefined): void {
    if (this.type === 'checkbox') this.checked = !this.checked
    if (this.type === 'radio') this.menu?.choose(this)
    this.#click?.(this as unknown as Electron.MenuItem, window as unknown as Electron.BaseWindow | undefined, event)
  }
}

function submenuOf({ role, submenu }: MenuItemConstructorOptions): Menu | undefined {
  const build = building.menu ?? notBuilt('MenuItem before Menu')
  if (Array.isArray(submenu)) return build(submenu)
  if (submenu) return submenu as unknown as Menu
  const brought = role === undefined ? undefined : roleMenus[role]
  return brought && build(brought)
}
