import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '#shared/sync.ts'
import { read } from '../api.ts'
import { Badge } from '../ui/badge.tsx'
import { useConnected } from './use-connected.ts'

/** Whether what is done here is kept, and whether the team has it: shape, word and colour. */
export function HealthIndicator() {
  const { t } = useTranslation()
  const connected = useConnected()
  const { data: status } = useQuery(read('sync.status', {}))
  return (
    <span role="status" className="health">
      {connected ? (
        <TeamBadge status={status} />
      ) : (
        <Badge kind="bad" shape="▲" title={t('frame.notConnectedHint')}>
          {t('frame.notConnected')}
        </Badge>
      )}
    </span>
  )
}

function TeamBadge({ status }: { readonly status: SyncStatus | undefined }) {
  const { t } = useTranslation()
  const { kind, shape, text } = badgeOf(t, status)
  const hints = [status?.reason, ...(status?.warnings ?? [])].filter((one) => one !== undefined)
  return (
    <Badge kind={hints.length > 0 && kind === 'ok' ? 'warn' : kind} shape={shape} {...(hints.length > 0 && { title: hints.join('\n') })}>
      {text}
    </Badge>
  )
}

function badgeOf(t: TFunction, status: SyncStatus | undefined): { kind: 'ok' | 'warn' | 'bad'; shape: string; text: string } {
  const count = status?.pending ?? 0
  switch (status?.state) {
    case undefined:
    case 'unconfigured':
      return { kind: 'ok', shape: '●', text: t('frame.saved') }
    case 'online':
      return { kind: 'ok', shape: '●', text: count === 0 ? t('frame.shared') : t('frame.onTheWay', { count }) }
    case 'offline':
      return { kind: 'warn', shape: '◆', text: count === 0 ? t('frame.offline') : t('frame.offlineWaiting', { count }) }
    case 'paused':
      return { kind: 'warn', shape: '‖', text: t('frame.paused') }
    case 'blocked':
      return { kind: 'bad', shape: '▲', text: t('frame.blocked') }
  }
}
