import { AlertDialog } from '@base-ui/react/alert-dialog'
import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
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

interface ConfirmDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
  /** What the button does, as a verb ("End show"). */
  readonly confirm: string
  readonly onConfirm: () => void
  readonly danger?: boolean
  /** The safe answer, which has the focus. */
  readonly cancel?: string
}

/** A question that must be answered; the safe answer is the default. */
export function ConfirmDialog({
  open,
  onClose,
  title,
  children,
  confirm,
  onConfirm,
  danger = false,
  cancel,
}: ConfirmDialogProps) {
  const { t } = useTranslation()
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="dialog-backdrop" />
        <AlertDialog.Popup className="dialog">
          <header className="dialog-head">
            <AlertDialog.Title>{title}</AlertDialog.Title>
          </header>
          <AlertDialog.Description render={<div />} className="dialog-body">
            {children}
          </AlertDialog.Description>
          <footer className="dialog-actions">
            <AlertDialog.Close render={<Button autoFocus>{cancel ?? t('ui.cancel')}</Button>} />
            <Button
              kind={danger ? 'danger' : 'primary'}
              onClick={() => {
                onConfirm()
                onClose()
              }}
            >
              {confirm}
            </Button>
          </footer>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
