import type { SessionSummary } from '#shared/sessions.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useLive } from '../../live-state.ts'
import { StatusBadge } from '../status-badge.tsx'

/** The show that is on: the way back into it. */
export function LiveBanner({ session }: { readonly session: SessionSummary }) {
  const { t } = useTranslation()
  const { state } = useLive(session.id)
  const number = state?.number ?? null
  const { name } = session
  const mode = session.status === 'live' ? 'live' : 'rehearsing'
  return (
    <section className="live-banner" data-mode={mode} aria-label={t(`sessions.${mode}In`, { name })}>
      <StatusBadge status={session.status} />
      <p className="truncate">
        {number === null ? t(`sessions.${mode}In`, { name }) : t(`sessions.${mode}At`, { name, number })}
      </p>
      <Link className="button" data-kind="primary" to={`/sessions/${session.id}/producer`}>
        {t('sessions.resume')}
      </Link>
    </section>
  )
}
