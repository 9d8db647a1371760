import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { read } from '../api.ts'
import { StepFrame } from './step-frame.tsx'
import type { StepProps } from './way.ts'

/** What is set up now, and into the sessions. */
export function DoneStep({ way }: StepProps) {
  const { t, i18n } = useTranslation()
  const { data: team } = useQuery(read('sync.status', {}))
  const { data: points } = useQuery(read('points.status', {}))
  const { data: secrets } = useQuery(read('secrets.status', {}))
  const { data: shop } = useQuery(read('shopify.status', {}))
  const { data: settings } = useQuery(read('settings.get', {}))
  const place = secrets?.databaseUrl.protectedBy
  const number = (value: number): string => value.toLocaleString(i18n.language)
  return (
    <StepFrame way={way} action={{ label: t('wizard.done.open'), onAct: () => way.leave(true) }}>
      {team && points && shop && settings && (
        <dl className="wizard-summary">
          <dt>{t('wizard.done.team')}</dt>
          <dd>
            {team.state !== 'unconfigured' && place
              ? t('wizard.done.joined', { place: t(`settings.places.${place}`) })
              : t('wizard.done.alone')}
          </dd>
          <dt>{t('wizard.done.shop')}</dt>
          <dd>{shop.shop ?? t('wizard.done.noShop')}</dd>
          <dt>{t('wizard.done.model')}</dt>
          <dd>{t(points.configured ? 'wizard.done.writes' : 'wizard.done.byHand')}</dd>
          <dt>{t('wizard.done.display')}</dt>
          <dd className="tabular">
            {t('wizard.done.reading', {
              metres: number(settings.host.distanceM),
              inches: number(settings.host.diagonalIn),
            })}
          </dd>
        </dl>
      )}
    </StepFrame>
  )
}
