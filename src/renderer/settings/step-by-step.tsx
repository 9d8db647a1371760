import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { SettingsSection } from './settings-section.tsx'

/** The way back into the setup. */
export function StepByStep() {
  const { t } = useTranslation()
  return (
    <SettingsSection title={t('wizard.name')} hint={t('wizard.openHint')}>
      <Link className="button settings-button" to="/welcome">
        {t('wizard.open')}
      </Link>
    </SettingsSection>
  )
}
