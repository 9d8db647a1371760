import type { Settings } from '#shared/settings.ts'
import { useTranslation } from 'react-i18next'
import { LanguageChoice } from '../setup/language-choice.tsx'
import { SegmentedControl } from '../ui/choice.tsx'
import { SettingsSection } from './settings-section.tsx'
import type { SettingsPatch } from './use-settings.ts'

interface AppearanceSettingsProps {
  readonly settings: Settings
  readonly onChange: (patch: SettingsPatch) => void
}

/** How Hudson itself looks. */
export function AppearanceSettings({ settings, onChange }: AppearanceSettingsProps) {
  const { t } = useTranslation()
  return (
    <SettingsSection title={t('settings.appearance.title')} hint={t('settings.appearance.hint')}>
      <SegmentedControl
        label={t('settings.appearance.theme')}
        value={settings.theme}
        options={(['system', 'light', 'dark'] as const).map((value) => ({
          value,
          label: t(`settings.appearance.${value}`),
        }))}
        onValue={(theme) => onChange({ theme })}
      />
      <LanguageChoice value={settings.language} onValue={(language) => onChange({ language })} />
    </SettingsSection>
  )
}
