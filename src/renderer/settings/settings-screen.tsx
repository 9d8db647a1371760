import { useTranslation } from 'react-i18next'
import { ScreenHeader } from '../frame/screen-header.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { AboutHudson } from './about-hudson.tsx'
import { AppearanceSettings } from './appearance-settings.tsx'
import { BackupsSection } from './backups-section.tsx'
import { HostSettingsForm } from './host-settings-form.tsx'
import { KeySettings } from './key-settings.tsx'
import { PictureSettings } from './picture-settings.tsx'
import { PointsSettings } from './points-settings.tsx'
import { PrivacySettings } from './privacy-settings.tsx'
import { SampleData } from './sample-data.tsx'
import { ShopifySettings } from './shopify-settings.tsx'
import { SharingSettings } from './sharing-settings.tsx'
import { TeamSettings } from './team-settings.tsx'
import { UpdatesSettings } from './updates-settings.tsx'
import { useSettings } from './use-settings.ts'
import { StepByStep } from './step-by-step.tsx'
import './settings.css'

/** The settings of this machine. Each is saved as it is changed. */
export function SettingsScreen() {
  const { t } = useTranslation()
  const { settings, change } = useSettings()
  return (
    <>
      <ScreenHeader title={t('settings.title')} />
      {settings === null && <Waiting />}
      {settings !== null && (
        <div className="settings">
          <p className="quiet">{t('settings.saved')}</p>
          <StepByStep />
          <AppearanceSettings settings={settings} onChange={change} />
          <HostSettingsForm host={settings.host} onChange={(host) => change({ host })} />
          <KeySettings settings={settings} onChange={change} />
          <TeamSettings />
          <SharingSettings team={settings.team} onChange={(team) => change({ team })} />
          <ShopifySettings settings={settings} />
          <PointsSettings settings={settings} onChange={change} />
          <PictureSettings media={settings.media} onChange={(media) => change({ media })} />
          <BackupsSection />
          <UpdatesSettings />
          <PrivacySettings settings={settings} onChange={change} />
          <SampleData />
          <AboutHudson />
        </div>
      )}
    </>
  )
}
