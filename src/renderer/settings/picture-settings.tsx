import type { MediaSettings } from '#shared/media.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call, read } from '../api.ts'
import { megabytes } from '../format.ts'
import { Button } from '../ui/button.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { NumberSlider } from '../setup/number-slider.tsx'
import { SettingsSection } from './settings-section.tsx'

interface Props {
  readonly media: MediaSettings
  readonly onChange: (patch: Partial<MediaSettings>) => void
}

/** How many pictures are on this computer, what they take, and what they may take. */
export function PictureSettings({ media, onChange }: Props) {
  const { t, i18n } = useTranslation()
  const toasts = useToasts()
  const { data: status } = useQuery(read('media.status', {}))
  const fetchAll = useMutation({
    mutationFn: () => call('media.prefetch', {}),
    onSuccess: ({ ready, total }) => toasts.info(t(ready === total ? 'pictures.complete' : 'pictures.fetching')),
    onError: toasts.failed,
  })
  const number = (value: number): string => value.toLocaleString(i18n.language)
  return (
    <SettingsSection title={t('pictures.title')} hint={t('pictures.hint')}>
      {status && (
        <dl className="settings-facts tabular">
          <dt>{t('pictures.here')}</dt>
          <dd>{t('pictures.hereOf', { ready: number(status.ready), total: number(status.total) })}</dd>
          <dt>{t('pictures.room')}</dt>
          <dd>
            {t('pictures.roomOf', {
              bytes: megabytes(status.bytes, i18n.language),
              cap: megabytes(status.capBytes, i18n.language),
            })}
          </dd>
        </dl>
      )}
      {status && status.bytes > status.capBytes && <p className="field-hint">{t('pictures.over')}</p>}
      <NumberSlider
        label={t('pictures.cap')}
        unit={t('pictures.megabytes')}
        {...{ min: 100, max: 5000, step: 100 }}
        value={media.capMb}
        onValue={(capMb) => onChange({ capMb: Math.round(capMb) })}
      />
      <NumberSlider
        label={t('pictures.days')}
        unit={t('pictures.daysUnit')}
        {...{ min: 1, max: 60, step: 1 }}
        value={media.keepDays}
        onValue={(keepDays) => onChange({ keepDays: Math.round(keepDays) })}
      />
      <p className="field-hint">{t('pictures.explain')}</p>
      <Button className="settings-button" disabled={fetchAll.isPending} onClick={() => fetchAll.mutate()}>
        {t('pictures.fetch')}
      </Button>
    </SettingsSection>
  )
}
