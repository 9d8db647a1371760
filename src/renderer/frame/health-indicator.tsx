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
    <Badge
      kind={hints.length > 0 && kind === 'ok' ? 'warn' : kind}
      shape={shape}
      {...(hints.length > 0 && { title: hints.join('\n') })}
    >
      {text}
    </Badge>
  )
}

interface Shown {
  readonly kind: 'ok' | 'warn' | 'bad'
  readonly shape: string
  readonly text: string
}

function badgeOf(t: TFunction, status: SyncStatus | undefined): Shown {
  const count = status?.pending ?? 0
  const shown: Readonly<Record<SyncStatus['state'], Shown>> = {
    unconfigured: { kind: 'ok', shape: '●', text: t('frame.saved') },
    online: { kind: 'ok', shape: '●', text: count === 0 ? t('frame.shared') : t('frame.onTheWay', { count }) },
    offline: {
      kind: 'warn',
      shape: '◆',
      text: count === 0 ? t('frame.offline') : t('frame.offlineWaiting', { count }),
    },
    paused: { kind: 'warn', shape: '‖', text: t('frame.paused') },
    blocked: { kind: 'bad', shape: '▲', text: t('frame.blocked') },
  }
  return shown[status?.state ?? 'unconfigured']
}
