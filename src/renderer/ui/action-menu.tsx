import { ContextMenu } from '@base-ui/react/context-menu'
import { Menu } from '@base-ui/react/menu'
import { Ellipsis } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import './action-menu.css'

/** One line of a menu, a line between groups, or a menu in the menu. */
export type MenuAction =
  | {
      readonly label: string
      readonly onSelect: () => void
      readonly icon?: ReactNode
      readonly keys?: string | undefined
      readonly danger?: boolean
      readonly disabled?: boolean
    }
  | { readonly label: string; readonly items: readonly MenuAction[] }
  | 'separator'

interface ActionMenuProps {
  /** The name of the button. */
  readonly label: string
  readonly actions: readonly MenuAction[]
  /** The button; three dots where it is absent. */
  readonly trigger?: ReactElement
}

/** A button that opens a menu of actions. */
export function ActionMenu({ label, actions, trigger }: ActionMenuProps) {
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={label}
        render={trigger ?? <button type="button" className="button" data-kind="ghost" data-icon="" title={label} />}
      >
        {trigger ? undefined : <Ellipsis aria-hidden />}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-positioner" sideOffset={4} align="end">
          <Menu.Popup className="menu">
            <MenuLines actions={actions} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

interface ActionContextMenuProps {
  readonly actions: readonly MenuAction[]
  /** The element that a right click (or the menu key) opens it on. */
  readonly children: ReactElement
  readonly onOpenChange?: (open: boolean) => void
}

/** The same actions on a right click. */
export function ActionContextMenu({ actions, children, onOpenChange }: ActionContextMenuProps) {
  return (
    <ContextMenu.Root onOpenChange={(open) => onOpenChange?.(open)}>
      <ContextMenu.Trigger render={children} />
      <ContextMenu.Portal>
        <ContextMenu.Positioner className="menu-positioner">
          <ContextMenu.Popup className="menu">
            <MenuLines actions={actions} />
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}

function MenuLines({ actions }: { readonly actions: readonly MenuAction[] }) {
  return actions.map((action, index) => {
    if (action === 'separator') return <Menu.Separator key={`line-${String(index)}`} className="menu-separator" />
    if ('items' in action) return <SubMenu key={action.label} {...action} />
    return (
      <Menu.Item
        key={action.label}
        className="menu-item"
        data-danger={action.danger || undefined}
        disabled={action.disabled ?? false}
        onClick={action.onSelect}
      >
        {action.icon}
        <span className="menu-label">{action.label}</span>
        {action.keys !== undefined && <kbd>{action.keys}</kbd>}
      </Menu.Item>
    )
  })
}

function SubMenu({ label, items }: { readonly label: string; readonly items: readonly MenuAction[] }) {
  return (
    <Menu.SubmenuRoot>
      <Menu.SubmenuTrigger className="menu-item">
        <span className="menu-label">{label}</span>
        <span aria-hidden>›</span>
      </Menu.SubmenuTrigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-positioner">
          <Menu.Popup className="menu">
            <MenuLines actions={items} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  )
}
