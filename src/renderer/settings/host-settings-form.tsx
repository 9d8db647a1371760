import type { HostSettings } from '#shared/settings.ts'
import { useTranslation } from 'react-i18next'
import { SegmentedControl, Switch } from '../ui/choice.tsx'
import { HostSample } from '../setup/host-sample.tsx'
import { NumberSlider } from '../setup/number-slider.tsx'
import { SettingsSection } from './settings-section.tsx'

interface HostSettingsFormProps {
  readonly host: HostSettings
  readonly onChange: (patch: Partial<HostSettings>) => void
}

/** What the host sees, and from how far. */
export function HostSettingsForm({ host, onChange }: HostSettingsFormProps) {
  const { t } = useTranslation()
  const percent = Math.round(host.textScale * 100)
  return (
    <SettingsSection title={t('settings.host.title')} hint={t('settings.host.hint')}>
      <SegmentedControl
        label={t('settings.host.layout')}
        value={host.layout}
        options={(['split', 'picture', 'points'] as const).map((value) => ({
          value,
          label: t(`settings.host.layouts.${value}`),
        }))}
        onValue={(layout) => onChange({ layout })}
      />
      <SegmentedControl
        label={t('settings.host.theme')}
        value={host.theme}
        options={(['dark', 'light', 'dim'] as const).map((value) => ({
          value,
          label: t(`settings.host.themes.${value}`),
        }))}
        onValue={(theme) => onChange({ theme })}
      />
      <NumberSlider
        label={t('settings.host.distance')}
        unit={t('settings.host.metres')}
        {...{ min: 0.3, max: 6, step: 0.1 }}
        value={host.distanceM}
        onValue={(distanceM) => onChange({ distanceM })}
      />
      <NumberSlider
        label={t('settings.host.diagonal')}
        unit={t('settings.host.inches')}
        {...{ min: 7, max: 120, step: 0.5 }}
        value={host.diagonalIn}
        onValue={(diagonalIn) => onChange({ diagonalIn })}
      />
      <NumberSlider
        label={t('settings.host.textScale')}
        unit={t('settings.host.percent')}
        {...{ min: 50, max: 300, step: 5 }}
        value={percent}
        onValue={(next) => onChange({ textScale: next / 100 })}
      />
      <HostSample host={host} />
      <div>
        <Switch
          label={t('settings.host.showNextUp')}
          checked={host.showNextUp}
          onChecked={(showNextUp) => onChange({ showNextUp })}
        />
        <Switch
          label={t('settings.host.showClock')}
          checked={host.showClock}
          onChecked={(showClock) => onChange({ showClock })}
        />
        <Switch label={t('settings.host.mirror')} checked={host.mirror} onChecked={(mirror) => onChange({ mirror })} />
      </div>
    </SettingsSection>
  )
}
