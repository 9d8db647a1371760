import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '#shared/sync.ts'
import { dateTime } from '../format.ts'
import { RelativeTime } from '../ui/relative-time.tsx'

/** The queue, the last exchanges and the next try, one line each. */
export function HealthFacts({ status }: { readonly status: SyncStatus }) {
  const { t, i18n } = useTranslation()
  const { pending, oldestPendingAt, since, lastPushAt, lastPullAt, latencyMs, nextTryAt, breaker, setAside } = status
  const at = (iso: string): string => dateTime(iso, i18n.language)
  const ago = (iso: string | null): ReactNode => (iso === null ? t('health.facts.never') : <RelativeTime at={iso} />)
  return (
    <dl className="health-facts tabular">
      <Fact name={t('health.facts.waiting')}>
        {pending === 0 || oldestPendingAt === null
          ? t('health.facts.none')
          : t('health.facts.waitingSince', { count: pending, since: at(oldestPendingAt) })}
      </Fact>
      {since !== null && <Fact name={t('health.facts.since')}>{at(since)}</Fact>}
      <Fact name={t('health.facts.sent')}>{ago(lastPushAt)}</Fact>
      <Fact name={t('health.facts.received')}>{ago(lastPullAt)}</Fact>
      {latencyMs !== null && (
        <Fact name={t('health.facts.latency')}>{t('health.facts.milliseconds', { count: latencyMs })}</Fact>
      )}
      {breaker !== 'closed' && (
        <Fact name={t('health.facts.breaker')}>
          {t(breaker === 'open' ? 'health.facts.breakerOpen' : 'health.facts.breakerHalfOpen')}
        </Fact>
      )}
      {nextTryAt !== null && (
        <Fact name={t('health.facts.nextTry')}>
          <Countdown to={nextTryAt} />
        </Fact>
      )}
      {setAside > 0 && (
        <Fact name={t('health.facts.setAside')}>{t('health.facts.setAsideRows', { count: setAside })}</Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Countdown({ to }: { readonly to: string }) {
  const { t } = useTranslation()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  const count = Math.ceil((Date.parse(to) - now) / 1000)
  return count <= 0 ? t('health.facts.now') : t('health.facts.inSeconds', { count })
}
