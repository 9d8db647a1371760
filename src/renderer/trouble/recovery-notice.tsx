import type { RecoveryReport } from '#shared/recovery.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { Recovered } from './recovered.tsx'

interface Props {
  readonly report: RecoveryReport
}

/** Data of this computer was damaged: repaired at this start, or to be repaired at the next. */
export function RecoveryNotice({ report }: Props) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const [open, setOpen] = useState(false)
  const dismiss = useMutation({ mutationFn: () => call('recovery.dismiss', {}), onError: toasts.failed })
  if (!report.repaired) {
    return (
      <Notice kind="bad" title={t('trouble.damage.title')}>
        <p>{t('trouble.damage.text')}</p>
      </Notice>
    )
  }
  const lost = report.edits.lost
  return (
    <Notice
      kind={lost > 0 ? 'bad' : 'warn'}
      title={t('trouble.recovery.title')}
      actions={
        <>
          <Button onClick={() => setOpen(true)}>{t('trouble.recovery.show')}</Button>
          <Button kind="ghost" disabled={dismiss.isPending} onClick={() => dismiss.mutate()}>
            {t('trouble.recovery.dismiss')}
          </Button>
        </>
      }
    >
      <p>{lost > 0 ? t('trouble.recovery.lost', { count: lost }) : t('trouble.recovery.text')}</p>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('trouble.recovery.show')} wide>
        <Recovered report={report} />
      </Dialog>
    </Notice>
  )
}
