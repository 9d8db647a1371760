import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useToasts } from '../ui/toasts.tsx'

/** Removes the address from this computer, after saying what stays. */
export function LeaveTeam({ pending }: { readonly pending: number }) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const [asking, setAsking] = useState(false)
  const leave = useMutation({
    mutationFn: () => call('secrets.clear', { name: 'databaseUrl' }),
    onError: toasts.failed,
  })
  return (
    <>
      <Button kind="ghost" className="settings-button" disabled={leave.isPending} onClick={() => setAsking(true)}>
        {t('settings.team.leave')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('settings.team.leaveTitle')}
        confirm={t('settings.team.leaveConfirm')}
        onConfirm={() => leave.mutate()}
        cancel={t('settings.team.stay')}
      >
        <p>{t('settings.team.leaveText')}</p>
        {pending > 0 && <p>{t('settings.team.leaveWaiting', { count: pending })}</p>}
      </ConfirmDialog>
    </>
  )
}
