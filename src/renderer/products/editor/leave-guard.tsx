import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { Editor } from './use-editor.ts'

/** Asks before what was typed would be lost: on the way to another screen, and when the window is closed. */
export function LeaveGuard({ editor }: { readonly editor: Editor }) {
  const { t } = useTranslation()
  const dirty = editor.changes > 0
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (!dirty) return undefined
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [dirty])
  const stay = (): void => blocker.reset?.()
  const saveAndGo = async (): Promise<void> => {
    const go = blocker.proceed
    if (await editor.save()) go?.()
    else stay()
  }
  return (
    <Dialog
      open={blocker.state === 'blocked'}
      onClose={stay}
      title={t('products.leave.title', { name: editor.saved.name })}
      actions={
        <>
          <Button onClick={stay}>{t('products.leave.stay')}</Button>
          <Button onClick={() => blocker.proceed?.()}>{t('ui.discard')}</Button>
          <Button kind="primary" disabled={editor.saving} onClick={() => void saveAndGo()}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <p>{t('products.leave.text', { count: editor.changes })}</p>
    </Dialog>
  )
}
