import type { WizardStep } from '#shared/settings.ts'
import { useTranslation } from 'react-i18next'
import { steps } from './way.ts'

/** All steps, and which one this is. */
export function StepList({ step }: { readonly step: WizardStep }) {
  const { t } = useTranslation()
  const at = steps.indexOf(step)
  return (
    <nav className="wizard-steps" aria-label={t('wizard.steps')}>
      <ol className="wizard-step-list">
        {steps.map((one, index) => (
          <li key={one} aria-current={one === step ? 'step' : undefined} data-past={index < at || undefined}>
            <span className="wizard-step-mark tabular" aria-hidden>
              {index + 1}
            </span>
            <span className="wizard-step-name">{t(`wizard.names.${one}`)}</span>
          </li>
        ))}
      </ol>
    </nav>
  )
}
