import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { read } from '../api.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { SettingsSection } from './settings-section.tsx'

/** How old the newest backup is, and the way to all of them. */
export function BackupsSection() {
  const { t } = useTranslation()
  const newest = useQuery(read('backups.list', {})).data?.items[0]
  return (
    <SettingsSection title={t('backups.section')} hint={t('backups.sectionHint')}>
      <dl className="settings-facts">
        <dt>{t('backups.newest')}</dt>
        <dd>
          {newest ? (
            <>
              {t(`backups.kinds.${newest.kind}`)}, <RelativeTime at={newest.at} />
            </>
          ) : (
            t('backups.noneYet')
          )}
        </dd>
      </dl>
      <Link className="button settings-button" to="/settings/backups">
        {t('backups.open')}
      </Link>
    </SettingsSection>
  )
}
