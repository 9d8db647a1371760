import type { Settings } from '#shared/settings.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { SegmentedControl, Switch } from '../ui/choice.tsx'
import { SettingsSection } from './settings-section.tsx'
import type { SettingsPatch } from './use-settings.ts'

interface KeySettingsProps {
  readonly settings: Settings
  readonly onChange: (patch: SettingsPatch) => void
}

const pauses = { '500': 500, '1000': 1000, '0': 0 } as const

/** How keys and typing act during a show. */
export function KeySettings({ settings, onChange }: KeySettingsProps) {
  const { t } = useTranslation()
  return (
    <SettingsSection title={t('settings.keys.title')} hint={t('settings.keys.hint')}>
      <SegmentedControl
        label={t('settings.keys.number')}
        value={`${settings.numberEntry.ms}`}
        options={(['500', '1000', '0'] as const).map((value) => ({
          value,
          label: t(`settings.keys.numbers.${value}`),
        }))}
        onValue={(value) => onChange({ numberEntry: { ms: pauses[value] } })}
      />
      <div>
        <Switch
          label={t('settings.keys.single')}
          checked={settings.singleKeys}
          onChecked={(singleKeys) => onChange({ singleKeys })}
        />
        <p className="field-hint">{t('settings.keys.singleHint')}</p>
      </div>
      <div>
        <Switch
          label={t('settings.keys.push')}
          checked={settings.pushAsTyped}
          onChecked={(pushAsTyped) => onChange({ pushAsTyped })}
        />
        <p className="field-hint">{t('settings.keys.pushHint')}</p>
      </div>
      <Link className="button settings-button" to="/settings/keyboard">
        {t('keyboard.open')}
      </Link>
    </SettingsSection>
  )
}
