import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { SettingsSection } from './settings-section.tsx'

/** Loads the sample brand, beside whatever is there. */
export function SampleData() {
  const { t } = useTranslation()
  const toasts = useToasts()
  const navigate = useNavigate()
  const load = useMutation({
    mutationFn: () => call('sample.load', {}),
    onSuccess: ({ products }) =>
      toasts.info(t('settings.sample.done', { count: products }), {
        label: t('settings.sample.see'),
        onClick: () => void navigate('/sessions'),
      }),
    onError: toasts.failed,
  })
  return (
    <SettingsSection title={t('settings.sample.title')} hint={t('settings.sample.hint')}>
      <Button className="settings-button" disabled={load.isPending} onClick={() => load.mutate()}>
        {t(load.isPending ? 'settings.sample.loading' : 'settings.sample.load')}
      </Button>
    </SettingsSection>
  )
}
