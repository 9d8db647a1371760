import type { WizardSettings, WizardStep } from '#shared/settings.ts'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call, read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { DisplayStep } from './display-step.tsx'
import { DoneStep } from './done-step.tsx'
import { ModelStep } from './model-step.tsx'
import { ShopifyStep } from './shopify-step.tsx'
import { StepList } from './step-list.tsx'
import { SyncStep } from './sync-step.tsx'
import { TeamStep } from './team-step.tsx'
import { stepAfter } from './way.ts'
import type { StepProps } from './way.ts'
import { WelcomeStep } from './welcome-step.tsx'
import './wizard.css'

/** The setup, step by step: begins where it was left, on this computer, at whatever start. */
export function WizardScreen() {
  const { data: settings } = useQuery(read('settings.get', {}))
  return settings ? <Wizard left={settings.wizard} /> : <Waiting />
}

const screens: Readonly<Record<WizardStep, ComponentType<StepProps>>> = {
  welcome: WelcomeStep,
  team: TeamStep,
  shopify: ShopifyStep,
  model: ModelStep,
  display: DisplayStep,
  sync: SyncStep,
  done: DoneStep,
}

function Wizard({ left }: { readonly left: WizardSettings }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const toasts = useToasts()
  const [step, setStep] = useState(left.step)
  useEffect(() => {
    document.title = `${t(`wizard.${step}.title`)} – Hudson`
  }, [step, t])
  const keep = (wizard: WizardSettings): Promise<unknown> =>
    call('settings.update', { patch: { wizard } }).catch(toasts.failed)
  const go = (to: WizardStep): void => {
    setStep(to)
    void keep({ step: to, done: left.done })
  }
  const leave = (done: boolean): void => {
    const kept = done ? keep({ step: 'welcome', done }) : Promise.resolve()
    void kept.then(() => navigate('/sessions'))
  }
  const Step = screens[step]
  return (
    <div className="wizard">
      <header className="wizard-head">
        <span className="wizard-name">Hudson</span>
        <Button kind="ghost" onClick={() => leave(false)}>
          {t('wizard.later')}
        </Button>
      </header>
      <StepList step={step} />
      <main id="content" className="wizard-main">
        <Step
          key={step}
          way={{ step, next: () => go(stepAfter(step, 1)), back: () => go(stepAfter(step, -1)), leave }}
        />
      </main>
    </div>
  )
}
