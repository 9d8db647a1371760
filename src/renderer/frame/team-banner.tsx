import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { call, read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { useConnected } from './use-connected.ts'
import './team-banner.css'

/** A pause of the network that is over before anybody would notice it says nothing, in ms. */
const NOTICED_MS = 2_000

/** A thin line above every screen while the team is out of reach: what works, what does not, what waits. */
export function TeamBanner() {
  const { t, i18n } = useTranslation()
  const connected = useConnected()
  const { data: status } = useQuery(read('sync.status', {}))
  const since = status?.state === 'offline' ? status.since : null
  const noticed = useNoticed(since)
  // Without the core nothing here is true any more; the indicator says so.
  if (!connected || !status) return null
  const count = status.pending
  if (status.state === 'paused') {
    return (
      <Banner action={<Act label={t('health.resume')} busy={t('health.resume')} act={() => call('sync.resume', {})} />}>
        {t('health.banner.paused')} {count > 0 && t('health.banner.pausedWaits', { count })}
      </Banner>
    )
  }
  if (since === null || !noticed) return null
  const time = new Date(since).toLocaleTimeString(i18n.language, { hour: '2-digit', minute: '2-digit' })
  const tryNow = (
    <Act label={t('health.banner.tryNow')} busy={t('health.banner.trying')} act={() => call('sync.now', {})} />
  )
  return (
    <Banner action={tryNow}>
      <b>{t('health.banner.offline', { time })}</b> {count > 0 && t('health.banner.waits', { count })}{' '}
      <span className="team-banner-more">{t('health.banner.not')}</span>
    </Banner>
  )
}

function Banner({ children, action }: { readonly children: ReactNode; readonly action: ReactNode }) {
  return (
    <div className="team-banner">
      <p role="status">
        <span aria-hidden>◆</span> {children}
      </p>
      {action}
    </div>
  )
}

interface ActProps {
  readonly label: string
  readonly busy: string
  readonly act: () => Promise<unknown>
}

function Act({ label, busy, act }: ActProps) {
  const toasts = useToasts()
  const run = useMutation({ mutationFn: act, onError: toasts.failed })
  return (
    <Button kind="ghost" disabled={run.isPending} onClick={() => run.mutate()}>
      {run.isPending ? busy : label}
    </Button>
  )
}

/** Whether the time since then is worth a word. */
function useNoticed(since: string | null): boolean {
  const [seen, setSeen] = useState<string | null>(null)
  useEffect(() => {
    if (since === null) return undefined
    const timer = setTimeout(() => setSeen(since), Math.max(0, Date.parse(since) + NOTICED_MS - Date.now()))
    return () => clearTimeout(timer)
  }, [since])
  return since !== null && seen === since
}
