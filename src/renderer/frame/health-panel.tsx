import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { SyncStatus } from '#shared/sync.ts'
import { read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { useExchange } from '../use-exchange.ts'
import { HealthFacts } from './health-facts.tsx'

/** While somebody looks, in ms: what changes without an event (times, the answer's time) is read anew. */
const LOOK_MS = 2_000

interface Props {
  readonly connected: boolean
  readonly onClose: () => void
  /** Shows the deletions that wait for consent. */
  readonly onLook: () => void
}

/** What is behind the indicator: how the team is reached, what waits, and what can be done about it. */
export function HealthPanel({ connected, onClose, onLook }: Props) {
  const { t } = useTranslation()
  const { data: status } = useQuery({ ...read('sync.status', {}), refetchInterval: LOOK_MS })
  if (!connected || !status) return <p>{t('health.notConnectedHint')}</p>
  const { state, reason, warnings, held, conflicts } = status
  return (
    <>
      <p>{reason ?? t(state === 'unconfigured' ? 'health.alone' : 'health.good')}</p>
      {warnings.length > 0 && (
        <ul className="health-warnings">
          {warnings.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {held > 0 && (
        <Button kind="primary" onClick={onLook}>
          {t('health.held.look')}
        </Button>
      )}
      {state !== 'unconfigured' && <HealthFacts status={status} />}
      <div className="health-actions">
        {state === 'unconfigured' ? (
          <Link className="button" to="/settings#team" onClick={onClose}>
            {t('health.join')}
          </Link>
        ) : (
          <SyncButtons state={state} />
        )}
        {conflicts > 0 && (
          <Link className="button" to="/conflicts" onClick={onClose}>
            {t('health.conflicts', { count: conflicts })}
          </Link>
        )}
        <Link className="button" data-kind="ghost" to="/diagnostics" onClick={onClose}>
          {t('health.diagnostics')}
        </Link>
      </div>
    </>
  )
}

function SyncButtons({ state }: Pick<SyncStatus, 'state'>) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const { isPaused, now, hold } = useExchange({ state })
  const sync = (): void =>
    now.mutate(undefined, { onSuccess: () => toasts.info(t('health.synced')), onError: toasts.failed })
  return (
    <>
      <Button disabled={now.isPending} onClick={sync}>
        {t(now.isPending ? 'health.syncing' : 'health.syncNow')}
      </Button>
      <Button disabled={hold.isPending} onClick={() => hold.mutate()}>
        {t(isPaused ? 'health.resume' : 'health.pause')}
      </Button>
    </>
  )
}
