import { useTranslation } from 'react-i18next'
import { call } from '../api.ts'
import { DatabaseLooks } from './database-looks.tsx'
import { SecretStep } from './secret-step.tsx'
import { WakingUp } from './waking-up.tsx'
import type { StepProps } from './way.ts'

/** The team's database. */
export function TeamStep({ way }: StepProps) {
  const { t } = useTranslation()
  return (
    <SecretStep
      way={way}
      name="databaseUrl"
      variable="HUDSON_DATABASE_URL"
      words={{
        label: t('wizard.team.address'),
        hint: t('wizard.team.addressHint'),
        save: t('wizard.team.join'),
        empty: t('wizard.team.empty'),
      }}
      tries={(url) => call('setup.testDatabase', url === undefined ? {} : { url })}
      waiting={<WakingUp />}
      Found={DatabaseLooks}
    />
  )
}
