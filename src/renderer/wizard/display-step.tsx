import type { HostSettings } from '#shared/settings.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, read } from '../api.ts'
import { HostSample } from '../setup/host-sample.tsx'
import { NumberSlider } from '../setup/number-slider.tsx'
import { Button } from '../ui/button.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { StepFrame } from './step-frame.tsx'
import type { StepProps } from './way.ts'

/** How far away the host reads, and on what; with a line as large as that becomes. */
export function DisplayStep({ way }: StepProps) {
  const { data: settings } = useQuery(read('settings.get', {}))
  return settings ? <Step way={way} host={settings.host} /> : <Waiting />
}

function Step({ way, host }: StepProps & { readonly host: HostSettings }) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const [draft, setDraft] = useState(host)
  const { distanceM, diagonalIn } = draft
  const save = useMutation({
    mutationFn: () => call('settings.update', { patch: { host: { distanceM, diagonalIn } } }),
    onSuccess: way.next,
    onError: toasts.failed,
  })
  const action = {
    label: t('wizard.display.save'),
    isBusy: save.isPending,
    onAct: () => save.mutate(),
  }
  return (
    <StepFrame way={way} skips action={action}>
      <Screens />
      <NumberSlider
        label={t('settings.host.distance')}
        unit={t('settings.host.metres')}
        {...{ min: 0.3, max: 6, step: 0.1 }}
        value={distanceM}
        onValue={(next) => setDraft({ ...draft, distanceM: next })}
      />
      <NumberSlider
        label={t('settings.host.diagonal')}
        unit={t('settings.host.inches')}
        {...{ min: 7, max: 120, step: 0.5 }}
        value={diagonalIn}
        onValue={(next) => setDraft({ ...draft, diagonalIn: next })}
      />
      <HostSample host={draft} />
    </StepFrame>
  )
}

/** Which screens there are; in a browser nobody knows. */
function Screens() {
  const { t } = useTranslation()
  const toasts = useToasts()
  const { data } = useQuery(read('screens.list', {}))
  const identify = useMutation({ mutationFn: () => call('screens.identify', {}), onError: toasts.failed })
  if (!data || data.screens.length === 0) return null
  return (
    <section className="wizard-screens" aria-label={t('wizard.display.screens')}>
      <h2>{t('wizard.display.screens')}</h2>
      <ul className="wizard-screen-list tabular">
        {data.screens.map(({ id, number, name, width, height, primary }) => (
          <li key={id}>
            <b>{number}</b> {name}, {width} × {height}
            {primary && `, ${t('wizard.display.primary')}`}
          </li>
        ))}
      </ul>
      <Button onClick={() => identify.mutate()}>{t('wizard.display.identify')}</Button>
    </section>
  )
}
