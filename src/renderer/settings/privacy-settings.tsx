import type { Settings } from '#shared/settings.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { read } from '../api.ts'
import { Switch } from '../ui/choice.tsx'
import { CrashReports } from './crash-reports.tsx'
import { LinkedSection } from './linked-section.tsx'
import type { SettingsPatch } from './use-settings.ts'

interface PrivacySettingsProps {
  readonly settings: Settings
  readonly onChange: (patch: SettingsPatch) => void
}

const uses = ['team', 'shopify', 'model', 'pictures', 'updates'] as const

/** What leaves this computer: crash reports only where somebody agreed, and what each service gets. */
export function PrivacySettings({ settings, onChange }: PrivacySettingsProps) {
  const { t } = useTranslation()
  const { data: crashes } = useQuery(read('crashes.list', {}))
  if (!crashes) return null
  const isOn = settings.privacy.crashReports === 'on'
  return (
    <LinkedSection id="privacy" title={t('care.privacy.title')} hint={t('care.privacy.hint')}>
      <div>
        <Switch
          label={t('care.privacy.send')}
          checked={isOn}
          // What was agreed to can always be withdrawn.
          disabled={crashes.destination === null && !isOn}
          onChecked={(on) => onChange({ privacy: { crashReports: on ? 'on' : 'off' } })}
        />
        <p className="field-hint">
          {crashes.destination === null
            ? t('care.privacy.nowhere')
            : `${t('care.privacy.what')} ${t('care.privacy.to', { host: crashes.destination })}`}
        </p>
        <p role="status">
          {!isOn && crashes.withdrawn !== null && t('care.privacy.withdrawn', { count: crashes.withdrawn })}
        </p>
      </div>
      <CrashReports crashes={crashes} />
      <div className="settings-join">
        <h3>{t('care.privacy.else')}</h3>
        <dl className="settings-facts">
          {uses.map((use) => (
            <div key={use} className="settings-fact">
              <dt>{t(`care.privacy.uses.${use}.name`)}</dt>
              <dd>{t(`care.privacy.uses.${use}.text`)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </LinkedSection>
  )
}
