import { useMutation, useQuery } from '@tanstack/react-query'
import type { Settings } from '#shared/settings.ts'
import { ListChecks, MonitorOff, Sparkle } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { call, read } from '../api.ts'
import { LanguageChoice } from '../setup/language-choice.tsx'
import { Button } from '../ui/button.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { StepFrame } from './step-frame.tsx'
import type { StepProps } from './way.ts'

/** What Hudson is, and the three ways to begin. */
export function WelcomeStep({ way }: StepProps) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const { data: settings } = useQuery(read('settings.get', {}))
  const speak = useMutation({
    mutationFn: (language: Settings['language']) => call('settings.update', { patch: { language } }),
    onError: toasts.failed,
  })
  const sample = useMutation({
    mutationFn: () => call('sample.load', {}),
    onSuccess: () => way.leave(true),
    onError: toasts.failed,
  })
  return (
    <StepFrame way={way} action={{ label: t('wizard.welcome.start'), onAct: way.next }}>
      {settings && <LanguageChoice value={settings.language} onValue={(language) => speak.mutate(language)} />}
      <ul className="wizard-choices">
        <Choice
          icon={<ListChecks aria-hidden />}
          title={t('wizard.welcome.setUp')}
          text={t('wizard.welcome.setUpText')}
        />
        <Choice
          icon={<Sparkle aria-hidden />}
          title={t('wizard.welcome.sample')}
          text={t('wizard.welcome.sampleText')}
          action={
            <Button disabled={sample.isPending} onClick={() => sample.mutate()}>
              {t(sample.isPending ? 'wizard.welcome.loading' : 'wizard.welcome.sample')}
            </Button>
          }
        />
        <Choice
          icon={<MonitorOff aria-hidden />}
          title={t('wizard.welcome.offline')}
          text={t('wizard.welcome.offlineText')}
          action={<Button onClick={() => way.leave(true)}>{t('wizard.welcome.offline')}</Button>}
        />
      </ul>
    </StepFrame>
  )
}

interface ChoiceProps {
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  /** Of the first, it is the step's own. */
  readonly action?: ReactNode
}

function Choice({ icon, title, text, action }: ChoiceProps) {
  return (
    <li className="wizard-choice">
      {icon}
      <div>
        <h2>{title}</h2>
        <p className="quiet">{text}</p>
      </div>
      {action}
    </li>
  )
}
