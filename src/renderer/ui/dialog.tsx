import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
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
}

/** Stops everything else until it is answered. Escape and the cross close it. */
export function Dialog({ open, onClose, title, description, children, actions, wide = false }: DialogProps) {
  const { t } = useTranslation()
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="dialog-backdrop" />
        <BaseDialog.Popup className="dialog" data-wide={wide || undefined}>
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
