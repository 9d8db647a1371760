import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { read } from '../api.ts'
import { ScreenHeader } from '../frame/screen-header.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { JobRow } from './job-row.tsx'
import { ShopifyActions } from './shopify-actions.tsx'
import './activity.css'

/** Others tell the team how far they are; nothing tells us of it, so it is asked for. */
const OTHERS_MS = 10_000

/** Long work: what goes on, what came of it, and what can be done about what failed. */
export function ActivityScreen() {
  const { t } = useTranslation()
  const { data, error } = useQuery({ ...read('jobs.list', {}), refetchInterval: OTHERS_MS })
  const isEmpty = data !== undefined && data.items.length === 0 && data.team.length === 0
  return (
    <>
      <ScreenHeader title={t('activity.title')} actions={<ShopifyActions />} />
      {data === undefined && error === null && <Waiting />}
      {error !== null && <EmptyState title={error.message} />}
      {isEmpty && <EmptyState title={t('activity.emptyTitle')}>{t('activity.empty')}</EmptyState>}
      {data !== undefined && !isEmpty && (
        <ul className="jobs" aria-label={t('activity.title')}>
          {data.team.map(({ kind, device, done, total, note }) => (
            <li className="job" key={`${kind}-${device}`}>
              <h2>{t(`activity.kinds.${kind}`)}</h2>
              <p>{t('activity.elsewhere', { device })}</p>
              {total > 0 && <progress value={done} max={total} aria-label={t('activity.progress', { done, total })} />}
              {note !== null && <p className="quiet">{note}</p>}
            </li>
          ))}
          {data.items.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </ul>
      )}
    </>
  )
}
