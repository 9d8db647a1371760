import type { Check } from '#shared/diagnostics.ts'
import { useQuery } from '@tanstack/react-query'
import { Copy, RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { call } from '../api.ts'
import { copyText } from '../copy-text.ts'
import { ScreenHeader } from '../frame/screen-header.tsx'
import { LastRecovery } from '../trouble/last-recovery.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { SupportBundle } from './support-bundle.tsx'
import './diagnostics.css'

const shapes = {
  ok: { kind: 'ok', shape: '●' },
  warn: { kind: 'warn', shape: '◆' },
  error: { kind: 'bad', shape: '▲' },
  skipped: { kind: 'plain', shape: '–' },
} as const

/** What `hudson doctor` says, on a page: it looks when it is opened, and again when asked. */
export function DiagnosticsScreen() {
  const { t } = useTranslation()
  const toasts = useToasts()
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['diagnostics', 'run'],
    queryFn: () => call('diagnostics.run', {}),
    staleTime: 0,
  })
  const copy = async (checks: readonly Check[]): Promise<void> => {
    const lines = checks.map(({ name, state, detail }) => `${t(`diagnostics.names.${name}`)}: ${state}: ${detail}`)
    if (await copyText(lines.join('\n'))) toasts.done(t('diagnostics.copied'))
  }
  return (
    <>
      <ScreenHeader
        title={t('diagnostics.title')}
        actions={
          <>
            {data && (
              <Button onClick={() => void copy(data.checks)}>
                <Copy aria-hidden />
                {t('diagnostics.copy')}
              </Button>
            )}
            <Button kind="primary" disabled={isFetching} onClick={() => void refetch()}>
              <RefreshCw aria-hidden />
              {t(isFetching ? 'diagnostics.looking' : 'diagnostics.again')}
            </Button>
          </>
        }
      />
      {data === undefined && error === null && <Waiting />}
      {error !== null && <EmptyState title={error.message} />}
      {data && (
        <dl className="checks" aria-busy={isFetching}>
          {data.checks.map(({ name, state, detail }) => (
            <div key={name}>
              <dt>{t(`diagnostics.names.${name}`)}</dt>
              <dd>
                <Badge kind={shapes[state].kind} shape={shapes[state].shape}>
                  {t(`diagnostics.states.${state}`)}
                </Badge>
                <span>{detail}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <LastRecovery />
      <SupportBundle />
    </>
  )
}
