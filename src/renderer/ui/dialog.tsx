import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useInsertionEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './icon-button.tsx'
import './dialog.css'

interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly description?: ReactNode
  readonly children: ReactNode
  /** The buttons at the bottom, the main one last. */
  readonly actions?: ReactNode
  readonly wide?: boolean
  /** Where the focus goes afterwards, if not back to where it was. */
  readonly focusAfter?: () => HTMLElement | null
}

/** Stops everything else until it is answered. Escape and the cross close it, and the focus goes back. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  children,
  actions,
  wide = false,
  focusAfter,
}: DialogProps) {
  const { t } = useTranslation()
  const before = useRef<Element | null>(null)
  // A field with autoFocus takes the focus before the dialog's own effects can see where it was; this runs before that.
  useInsertionEffect(() => {
    if (open) before.current = document.activeElement
  }, [open])
  const focusBefore = (): HTMLElement | boolean => {
    const after = focusAfter?.() ?? null
    if (after) return after
    // From the body it would go on to the first link of the page.
    if (before.current === document.body) return false
    return before.current instanceof HTMLElement && before.current.isConnected ? before.current : true
  }
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="dialog-backdrop" />
        <BaseDialog.Popup className="dialog" data-wide={wide || undefined} finalFocus={focusBefore}>
          <header className="dialog-head">
            <BaseDialog.Title>{title}</BaseDialog.Title>
            <IconButton label={t('ui.close')} onClick={onClose}>
              <X aria-hidden />
            </IconButton>
          </header>
          <div className="dialog-body">
            {description !== undefined && (
              <BaseDialog.Description className="quiet">{description}</BaseDialog.Description>
            )}
            {children}
          </div>
          {actions !== undefined && <footer className="dialog-actions">{actions}</footer>}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}
