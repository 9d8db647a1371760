import type { TeamSettings } from '#shared/settings.ts'
import type { SyncStatus } from '#shared/sync.ts'
import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { read } from '../api.ts'
import { dateTime } from '../format.ts'
import { Button } from '../ui/button.tsx'
import { Switch } from '../ui/choice.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { useExchange } from '../use-exchange.ts'
import { SettingField } from './setting-field.tsx'
import { SettingsSection } from './settings-section.tsx'

interface Props {
  readonly team: TeamSettings
  readonly onChange: (patch: Partial<TeamSettings>) => void
}

/** How this computer shares: what waits, now or later, and under which name. */
export function SharingSettings({ team, onChange }: Props) {
  const { t } = useTranslation()
  const { data: status } = useQuery(read('sync.status', {}))
  // Open where something is set there; what is switched off meanwhile does not close it.
  const [isOpen] = useState(team.caFile !== null || team.allowTls12)
  return (
    <SettingsSection title={t('sharing.title')} hint={t('sharing.hint')}>
      {status && status.state !== 'unconfigured' && <Exchange status={status} />}
      <SettingField
        label={t('sharing.device')}
        hint={t('sharing.deviceHint')}
        value={team.deviceName}
        patch={(deviceName) => ({ team: { deviceName } })}
      />
      <details className="settings-more" open={isOpen}>
        <summary>{t('sharing.advanced')}</summary>
        <SettingField
          label={t('sharing.caFile')}
          hint={t('sharing.caFileHint')}
          value={team.caFile}
          patch={(caFile) => ({ team: { caFile } })}
        />
        <div>
          <Switch
            label={t('sharing.tls12')}
            checked={team.allowTls12}
            onChecked={(allowTls12) => onChange({ allowTls12 })}
          />
          <p className={team.allowTls12 ? 'field-error' : 'field-hint'}>{t('sharing.tls12Warning')}</p>
        </div>
      </details>
    </SettingsSection>
  )
}

function Exchange({ status }: { readonly status: SyncStatus }) {
  const { t, i18n } = useTranslation()
  const toasts = useToasts()
  const { isPaused, now, hold } = useExchange(status)
  const sync = (): void => now.mutate(undefined, { onSuccess: () => toasts.done(t('sharing.synced')) })
  const { pending, oldestPendingAt, lastPushAt, lastPullAt } = status
  const since = oldestPendingAt === null ? null : dateTime(oldestPendingAt, i18n.language)
  const time = (at: string | null) => (at === null ? t('sharing.never') : <RelativeTime at={at} />)
  return (
    <>
      <dl className="settings-facts">
        <dt>{t('sharing.waits')}</dt>
        <dd aria-live="polite">
          {pending === 0 && t('sharing.nothing')}
          {pending > 0 &&
            (since === null
              ? t('sharing.edits', { count: pending })
              : t('sharing.editsSince', { count: pending, time: since }))}
        </dd>
        <dt>{t('sharing.lastSent')}</dt>
        <dd>{time(lastPushAt)}</dd>
        <dt>{t('sharing.lastReceived')}</dt>
        <dd>{time(lastPullAt)}</dd>
      </dl>
      {isPaused && <p className="field-hint">{t('sharing.paused')}</p>}
      {now.error && (
        <p className="field-error" role="alert">
          {now.error.message}
        </p>
      )}
      <div className="settings-actions">
        <Button disabled={isPaused || now.isPending} onClick={sync}>
          <RefreshCw aria-hidden />
          {t(now.isPending ? 'sharing.syncing' : 'sharing.now')}
        </Button>
        <Button disabled={hold.isPending} onClick={() => hold.mutate()}>
          {t(isPaused ? 'sharing.resume' : 'sharing.pause')}
        </Button>
      </div>
    </>
  )
}
