import { CLOCK_SKEW_MS } from '#shared/sync.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call, read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { RecoveryNotice } from './recovery-notice.tsx'
import { StorageNotice } from './storage-notice.tsx'
import { UpdateRequired } from './update-required.tsx'
import './trouble.css'

/** What lasts and needs a person, most pressing first; the others are one press away. Always there, so that it is read out. */
export function TroubleNotices() {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const [first, ...others] = useNotices()
  return (
    <div className="trouble" role="region" aria-label={t('trouble.region')} aria-live="polite">
      {first}
      {all && others}
      {others.length > 0 && (
        <Button kind="ghost" className="trouble-more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('trouble.fewer') : t('trouble.more', { count: others.length })}
        </Button>
      )}
    </div>
  )
}

function useNotices(): ReactNode[] {
  const { data: trouble } = useQuery(read('trouble.state', {}))
  const { data: status } = useQuery(read('sync.status', {}))
  const { data: report } = useQuery(read('recovery.report', {}))
  const { data: secrets } = useQuery(read('secrets.status', {}))
  // What is kept in memory only can be read; the settings say so.
  const unreadable = Object.values(secrets ?? {}).flatMap(({ problem, protectedBy }) =>
    problem !== undefined && protectedBy !== 'memory' ? [problem] : [],
  )
  const skew = status?.clockSkewMs ?? 0
  return [
    trouble?.storage && <StorageNotice key="storage" />,
    status?.blockedBy === 'update' && <UpdateRequired key="update" pending={status.pending} />,
    report && <RecoveryNotice key="recovery" report={report} />,
    unreadable.length > 0 && <SecretsNotice key="secrets" problems={[...new Set(unreadable)]} />,
    Math.abs(skew) > CLOCK_SKEW_MS && <ClockNotice key="clock" skewMs={skew} />,
    trouble?.studio && <StudioNotice key="studio" />,
  ].filter(Boolean)
}

function SecretsNotice({ problems }: { readonly problems: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <Notice
      kind="warn"
      title={t('trouble.secrets.title')}
      actions={
        <Link className="button" to="/settings">
          {t('trouble.secrets.open')}
        </Link>
      }
    >
      <p>{t('trouble.secrets.text')}</p>
      {problems.map((problem) => (
        <p key={problem} className="quiet">
          {problem}
        </p>
      ))}
    </Notice>
  )
}

function ClockNotice({ skewMs }: { readonly skewMs: number }) {
  const { t } = useTranslation()
  const count = Math.round(Math.abs(skewMs) / 60_000)
  return (
    <Notice kind="warn" title={t(skewMs > 0 ? 'trouble.clock.behind' : 'trouble.clock.ahead', { count })}>
      <p>{t('trouble.clock.text')}</p>
    </Notice>
  )
}

function StudioNotice() {
  const { t } = useTranslation()
  return (
    <Notice
      kind="warn"
      title={t('trouble.studio.title')}
      actions={<Button onClick={() => void call('trouble.retry', {})}>{t('trouble.retry')}</Button>}
    >
      <p>{t('trouble.studio.text')}</p>
    </Notice>
  )
}
