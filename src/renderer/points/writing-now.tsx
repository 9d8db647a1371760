import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call, read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { useToasts } from '../ui/toasts.tsx'

/** What is being written at this moment, or why nothing is. */
export function WritingNow() {
  const { t } = useTranslation()
  const { data: status } = useQuery(read('points.status', {}))
  if (!status) return null
  if (status.jobId !== null) return <Progress jobId={status.jobId} />
  if (status.resting === null) return null
  return (
    <div className="writing-now" role="status">
      <p className="field-error">
        {t('points.resting')}: {status.resting}
      </p>
      <Link to="/activity">{t('activity.title')}</Link>
    </div>
  )
}

function Progress({ jobId }: { readonly jobId: string }) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const { data: job } = useQuery(read('jobs.get', { id: jobId }))
  const cancel = useMutation({ mutationFn: () => call('jobs.cancel', { id: jobId }), onError: toasts.failed })
  if (!job || job.total === 0) return null
  const through = job.done + job.failed
  const words = t('activity.progress', { done: through, total: job.total })
  return (
    <div className="writing-now">
      <progress value={through} max={job.total} aria-label={words} />
      <span className="tabular">{words}</span>
      {job.note !== null && <span className="quiet">{job.note}</span>}
      <Button disabled={cancel.isPending} onClick={() => cancel.mutate()}>
        {t('activity.cancel')}
      </Button>
    </div>
  )
}
