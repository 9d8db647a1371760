import type { Settings } from '#shared/settings.ts'
import { useTranslation } from 'react-i18next'
import { SegmentedControl } from '../ui/choice.tsx'

interface Props {
  readonly value: Settings['language']
  readonly onValue: (language: Settings['language']) => void
}

/** In which language Hudson speaks; each named in itself. */
export function LanguageChoice({ value, onValue }: Props) {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      label={t('settings.appearance.language')}
      value={value}
      options={(['system', 'en', 'de'] as const).map((language) => ({
        value: language,
        label: t(`settings.appearance.languages.${language}`),
      }))}
      onValue={onValue}
    />
  )
}
