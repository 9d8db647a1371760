import type { Settings } from '#shared/settings.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call, read } from '../api.ts'
import { SegmentedControl, Select } from '../ui/choice.tsx'
import { ConnectionTest } from './connection-test.tsx'
import { LinkedSection } from './linked-section.tsx'
import { SecretField } from './secret-field.tsx'
import { SettingField } from './setting-field.tsx'
import type { SettingsPatch } from './use-settings.ts'

interface Props {
  readonly settings: Settings
  readonly onChange: (patch: SettingsPatch) => void
}

/** Which model writes talking points, and how it is to sound. */
export function PointsSettings({ settings: { points }, onChange }: Props) {
  const { t } = useTranslation()
  const { data: status } = useQuery(read('points.status', {}))
  const set = (patch: Partial<Settings['points']>): void => onChange({ points: { ...points, ...patch } })
  return (
    <LinkedSection id="points" title={t('settings.points.title')} hint={t('settings.points.hint')}>
      {status?.resting && (
        <p className="field-error" role="status">
          {t('settings.points.resting', { reason: status.resting })}
        </p>
      )}
      <SecretField
        name="openaiApiKey"
        label={t('settings.points.key')}
        hint={t('settings.points.keyHint')}
        save={t('settings.points.save')}
        forget={t('settings.points.forget')}
      />
      <SettingField
        label={t('settings.points.model')}
        hint={t('settings.points.modelHint', { model: 'gpt-6-luna' })}
        value={points.model}
        patch={(model) => ({ points: { model } })}
      />
      <SettingField
        label={t('settings.points.baseUrl')}
        hint={t('settings.points.baseUrlHint')}
        value={points.baseUrl}
        placeholder="http://127.0.0.1:11434/v1"
        patch={(baseUrl) => ({ points: { baseUrl } })}
      />
      <Select
        label={t('settings.points.style')}
        value={points.apiStyle}
        options={(['auto', 'responses', 'chat'] as const).map((value) => ({
          value,
          label: t(`settings.points.styles.${value}`),
        }))}
        onValue={(apiStyle) => set({ apiStyle })}
      />
      <SegmentedControl
        label={t('settings.points.tone')}
        value={points.tone}
        options={(['friendly', 'calm', 'expert'] as const).map((value) => ({
          value,
          label: t(`settings.points.tones.${value}`),
        }))}
        onValue={(tone) => set({ tone })}
      />
      <SegmentedControl
        label={t('settings.points.length')}
        value={points.length}
        options={(['short', 'medium', 'long'] as const).map((value) => ({
          value,
          label: t(`settings.points.lengths.${value}`),
        }))}
        onValue={(length) => set({ length })}
      />
      <ConnectionTest
        label={t('settings.points.test')}
        busy={t('settings.points.testing')}
        test={() => call('setup.testOpenai', {})}
      />
    </LinkedSection>
  )
}
