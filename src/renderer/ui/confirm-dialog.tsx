import { AlertDialog } from '@base-ui/react/alert-dialog'
import { useRef } from 'react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import './dialog.css'

interface ConfirmDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
  /** What the button does, as a verb ("End show"). */
  readonly confirm: string
  readonly onConfirm: () => void
  /** The safe answer, which has the focus. */
  readonly cancel: string
}

/** A question that must be answered; the safe answer is the default. */
export function ConfirmDialog({ open, onClose, title, children, confirm, onConfirm, cancel }: ConfirmDialogProps) {
  const safe = useRef<HTMLButtonElement>(null)
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="dialog-backdrop" />
        <AlertDialog.Popup className="dialog" initialFocus={safe}>
          <header className="dialog-head">
            <AlertDialog.Title>{title}</AlertDialog.Title>
          </header>
          <div className="dialog-body">{children}</div>
          <footer className="dialog-actions">
            <AlertDialog.Close className="button" ref={safe}>
              {cancel}
            </AlertDialog.Close>
            <Button
              kind="primary"
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
