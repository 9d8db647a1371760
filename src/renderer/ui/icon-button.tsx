import { Tooltip } from '@base-ui/react/tooltip'
import type { ComponentProps } from 'react'
import './tooltip.css'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** What it does: its name for screen readers, and the tooltip. */
  readonly label: string
  readonly kind?: 'secondary' | 'ghost' | 'danger' | 'primary'
  /** The key that does the same, shown in the tooltip. */
  readonly keys?: string | undefined
}

/** A button with only a picture on it. */
export function IconButton({ label, kind = 'ghost', keys, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        render={<button type="button" className="button" data-kind={kind} data-icon="" aria-label={label} {...rest} />}
      >
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="tooltip-positioner">
          <Tooltip.Popup className="tooltip">
            {label}
            {keys !== undefined && <kbd>{keys}</kbd>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
