import type { Job } from '#shared/jobs.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../api.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { AgreeToArchive } from './agree-to-archive.tsx'
import { ReportDialog } from './report-dialog.tsx'

const shapes = {
  queued: { kind: 'plain', shape: '◷' },
  running: { kind: 'info', shape: '▸' },
  done: { kind: 'ok', shape: '●' },
  partial: { kind: 'warn', shape: '◆' },
  failed: { kind: 'bad', shape: '▲' },
  cancelled: { kind: 'plain', shape: '■' },
} as const

/** One job: how it stands, how far it is, what it waits for, what failed. */
export function JobRow({ job }: { readonly job: Job }) {
  const { t } = useTranslation()
  const { kind, shape } = shapes[job.state]
  return (
    <li className="job">
      <div className="job-head">
        <h2>{t(`activity.kinds.${job.kind}`)}</h2>
        <Badge kind={kind} shape={shape}>
          {t(`activity.states.${job.state}`)}
        </Badge>
        <span className="quiet">
          {t(job.endedAt === null ? 'activity.began' : 'activity.ended', { time: '' })}
          <RelativeTime at={job.endedAt ?? job.startedAt ?? job.createdAt} />
        </span>
      </div>
      <Progress job={job} />
      <Counts job={job} />
      {job.note !== null && <p role="status">{job.note}</p>}
      {job.problem !== null && <p className={job.state === 'queued' ? 'quiet' : 'field-error'}>{job.problem}</p>}
      {job.nextTryAt !== null && (
        <p className="quiet">
          {t('activity.again', { time: '' })}
          <RelativeTime at={job.nextTryAt} />
        </p>
      )}
      {job.errors.length > 0 && <Errors job={job} />}
      <JobActions job={job} />
    </li>
  )
}

function Progress({ job: { state, done, failed, total } }: { readonly job: Job }) {
  const { t } = useTranslation()
  if (state !== 'running' && state !== 'queued') return null
  if (total === 0) return done > 0 ? <p className="tabular">{t('activity.soFar', { count: done })}</p> : null
  const through = Math.min(done + failed, total)
  return (
    <div className="job-progress">
      <progress value={through} max={total} aria-label={t('activity.progress', { done: through, total })} />
      <span className="tabular">{t('activity.progress', { done: through, total })}</span>
    </div>
  )
}

/** In the order in which they are worth reading. */
const COUNTED = ['created', 'updated', 'archived', 'held', 'proposed', 'flagged', 'unchanged'] as const

function Counts({ job: { counts, failed } }: { readonly job: Job }) {
  const { t } = useTranslation()
  const words: string[] = COUNTED.filter((name) => (counts[name] ?? 0) > 0).map((name) =>
    t(`activity.counts.${name}`, { count: counts[name] ?? 0 }),
  )
  if (failed > 0) words.push(t('activity.failed', { count: failed }))
  return words.length === 0 ? null : <p className="tabular">{words.join(' · ')}</p>
}

function Errors({ job: { errors } }: { readonly job: Job }) {
  const { t } = useTranslation()
  return (
    <details className="job-errors">
      <summary>{t('activity.errors', { count: errors.length })}</summary>
      <dl>
        {errors.map(({ item, label, message }) => (
          <div key={item}>
            <dt>{label}</dt>
            <dd>{message}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function JobActions({ job }: { readonly job: Job }) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const [reporting, setReporting] = useState(false)
  const cancel = useMutation({ mutationFn: () => call('jobs.cancel', { id: job.id }), onError: toasts.failed })
  const retry = useMutation({ mutationFn: () => call('jobs.retry', { id: job.id }), onError: toasts.failed })
  const isOpen = job.endedAt === null
  const isReport = job.kind === 'shopify.sync' && !isOpen
  const asksToArchive = job.kind === 'shopify.sync' && (job.counts['gone'] ?? 0) > 0
  return (
    <div className="job-actions">
      {isOpen && (
        <Button onClick={() => cancel.mutate()} disabled={cancel.isPending}>
          {t('activity.cancel')}
        </Button>
      )}
      {((!isOpen && job.state !== 'done') || job.nextTryAt !== null) && (
        <Button onClick={() => retry.mutate()} disabled={retry.isPending}>
          {t('activity.retry')}
        </Button>
      )}
      {asksToArchive && <AgreeToArchive />}
      {isReport && (
        <Button kind="ghost" onClick={() => setReporting(true)}>
          {t('activity.report')}
        </Button>
      )}
      {job.kind === 'points.generate' && (job.counts['proposed'] ?? 0) > 0 && (
        <Link className="button" data-kind={isOpen ? undefined : 'primary'} to="/points">
          {t('activity.review')}
        </Link>
      )}
      {isReport && <ReportDialog jobId={job.id} open={reporting} onClose={() => setReporting(false)} />}
    </div>
  )
}
