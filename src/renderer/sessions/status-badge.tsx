import type { SessionStatus } from '#shared/sessions.ts'
import { useTranslation } from 'react-i18next'
import { Badge } from '../ui/badge.tsx'

const looks = {
  draft: { kind: 'plain', shape: '○' },
  ready: { kind: 'ok', shape: '✓' },
  rehearsal: { kind: 'warn', shape: '◆' },
  live: { kind: 'bad', shape: '●' },
  ended: { kind: 'plain', shape: '■' },
  archived: { kind: 'plain', shape: '▾' },
} as const satisfies Record<SessionStatus, { readonly kind: string; readonly shape: string }>

/** The status of a session: shape, word and colour. */
export function StatusBadge({ status }: { readonly status: SessionStatus }) {
  const { t } = useTranslation()
  const { kind, shape } = looks[status]
  return (
    <Badge kind={kind} shape={shape}>
      {t(`sessions.status.${status}`)}
    </Badge>
  )
}
