import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call, read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import './trouble.css'

/** Nothing can be saved on this computer: said on every screen of a producer, until it can. */
export function StorageNotice() {
  const { t } = useTranslation()
  const { data } = useQuery(read('trouble.state', {}))
  const retry = useMutation({ mutationFn: () => call('trouble.retry', {}) })
  const storage = data?.storage
  if (!storage) return null
  return (
    <Notice
      kind="bad"
      title={t(`trouble.storage.${storage.kind}.title`)}
      actions={
        <>
          {/* Each minute is no news. */}
          <span className="quiet" aria-live="off">
            {t('trouble.since')} <RelativeTime at={storage.since} />
          </span>
          <Button disabled={retry.isPending} onClick={() => retry.mutate()}>
            {t('trouble.retry')}
          </Button>
        </>
      }
    >
      <p>{t(`trouble.storage.${storage.kind}.text`)}</p>
    </Notice>
  )
}
