import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useToasts } from '../ui/toasts.tsx'

/** Most products are gone at Shopify: archiving them is a person's decision. */
export function AgreeToArchive() {
  const { t } = useTranslation()
  const toasts = useToasts()
  const [asking, setAsking] = useState(false)
  const agree = useMutation({
    mutationFn: () => call('shopify.sync', { full: true, archiveMany: true }),
    onError: toasts.failed,
  })
  return (
    <>
      <Button onClick={() => setAsking(true)} disabled={agree.isPending}>
        {t('activity.agree')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('activity.agreeTitle')}
        confirm={t('activity.agreeConfirm')}
        onConfirm={() => agree.mutate()}
        cancel={t('ui.cancel')}
      >
        <p>{t('activity.agreeText')}</p>
      </ConfirmDialog>
    </>
  )
}
