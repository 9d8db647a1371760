import type { SecretState } from '#shared/secrets.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'

interface Props {
  readonly state: SecretState
  /** The variables that may give it. */
  readonly variable: string
  readonly onReplace: () => void
  readonly children?: ReactNode
}

/** In place of a field whose value is set: where it is kept, and the way to another one. It is never shown. */
export function KeptSecret({ state: { protectedBy, problem }, variable, onReplace, children }: Props) {
  const { t } = useTranslation()
  const isGiven = protectedBy === 'environment'
  return (
    <div className="wizard-kept">
      <div className="wizard-kept-text">
        {children}
        <p>
          {isGiven
            ? t('wizard.secret.given', { name: variable })
            : protectedBy !== null && t('wizard.secret.kept', { place: t(`settings.places.${protectedBy}`) })}
        </p>
        {problem !== undefined && <p className="field-error">{problem}</p>}
      </div>
      {!isGiven && <Button onClick={onReplace}>{t('wizard.secret.replace')}</Button>}
    </div>
  )
}
