import { useTranslation } from 'react-i18next'
import { call } from '../api.ts'
import { SecretStep } from './secret-step.tsx'
import type { StepProps } from './way.ts'

/** The key of the model that suggests talking points. */
export function ModelStep({ way }: StepProps) {
  const { t } = useTranslation()
  return (
    <SecretStep
      way={way}
      name="openaiApiKey"
      variable="HUDSON_OPENAI_API_KEY"
      words={{
        label: t('wizard.model.key'),
        hint: t('wizard.model.keyHint'),
        save: t('wizard.model.save'),
        empty: t('wizard.model.empty'),
      }}
      tries={(key) => call('setup.testOpenai', key === undefined ? {} : { key })}
      waiting={<p role="status">{t('wizard.model.asking')}</p>}
    />
  )
}
