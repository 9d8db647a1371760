import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './icon-button.tsx'
import './toasts.css'

/** How long a toast stays; it waits while the pointer or the focus is on it. */
const SHOWN_MS = 8_000

interface ToastAction {
  readonly label: string
  readonly onClick: () => void
}

/** What can be said without stopping anyone. */
export interface Toasts {
  /** Something was done; `undo` takes it back. */
  done(text: string, undo?: () => void): void
  /** Something did not work: shown until it is closed. */
  failed(error: unknown): void
  info(text: string, action?: ToastAction): void
}

/** Says things in the corner. */
export function useToasts(): Toasts {
  const { t } = useTranslation()
  const { add, close } = Toast.useToastManager()
  const show = (
    text: string,
    type: string,
    { timeout, action }: { timeout: number; action?: ToastAction | undefined },
  ): void => {
    const id = add({
      title: text,
      type,
      timeout,
      priority: type === 'failed' ? 'high' : 'low',
      ...(action && {
        actionProps: {
          children: action.label,
          onClick: () => {
            close(id)
            action.onClick()
          },
        },
      }),
    })
  }
  return {
    done: (text, undo) =>
      show(text, 'done', { timeout: SHOWN_MS, action: undo && { label: t('ui.undo'), onClick: undo } }),
    failed: (error) => show(error instanceof Error ? error.message : t('ui.failed'), 'failed', { timeout: 0 }),
    info: (text, action) => show(text, 'info', { timeout: SHOWN_MS, action }),
  }
}

/** Once, around the app. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider timeout={SHOWN_MS} limit={4}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const { t } = useTranslation()
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast" data-kind={toast.type} swipeDirection={[]}>
      <Toast.Content className="toast-content">
        <Toast.Title className="toast-text" render={<p />} />
        <Toast.Action className="button" />
        <Toast.Close render={<IconButton label={t('ui.close')} />}>
          <X aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}
