import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { read } from '../api.ts'
import { SettingsSection } from './settings-section.tsx'

/** Which Hudson this is, and what it holds. */
export function AboutHudson() {
  const { t, i18n } = useTranslation()
  const { data } = useQuery(read('app.info', {}))
  if (!data) return null
  const number = (value: number): string => value.toLocaleString(i18n.language)
  return (
    <SettingsSection title={t('settings.about.title')}>
      <dl className="settings-facts tabular">
        <dt>{t('settings.about.version')}</dt>
        <dd>{data.version}</dd>
        <dt>{t('settings.about.runsAs')}</dt>
        <dd>{t(`settings.about.runtime.${data.runtime}`)}</dd>
        <dt>{t('settings.about.products')}</dt>
        <dd>{number(data.counts.products)}</dd>
        <dt>{t('settings.about.sessions')}</dt>
        <dd>{number(data.counts.sessions)}</dd>
      </dl>
      <Link className="button settings-button" to="/diagnostics">
        {t('diagnostics.open')}
      </Link>
    </SettingsSection>
  )
}
