import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call, read } from '../api.ts'
import { ConnectionTest } from './connection-test.tsx'
import { JoinTeam } from './join-team.tsx'
import { LeaveTeam } from './leave-team.tsx'
import { SettingsSection } from './settings-section.tsx'

/** The team's database: its address goes in, and never comes back out. */
export function TeamSettings() {
  const { t } = useTranslation()
  const { data: secrets } = useQuery(read('secrets.status', {}))
  const { data: sync } = useQuery(read('sync.status', {}))
  if (!secrets || !sync) return null
  const { set, protectedBy, problem } = secrets.databaseUrl
  const state = t(`settings.team.states.${sync.state}`)
  return (
    <SettingsSection title={t('settings.team.title')} hint={t('settings.team.hint')}>
      <dl className="settings-facts">
        <dt>{t('settings.team.state')}</dt>
        <dd aria-live="polite">{sync.reason ?? state}</dd>
        {protectedBy !== null && (
          <>
            <dt>{t('settings.team.stored')}</dt>
            <dd>{t(`settings.team.protectedBy.${protectedBy}`)}</dd>
          </>
        )}
      </dl>
      {problem !== undefined && (
        <p className="field-error" role="status">
          {problem}
        </p>
      )}
      {(set || protectedBy === 'environment') && (
        <ConnectionTest
          label={t('settings.team.test')}
          busy={t('settings.team.testing')}
          test={() => call('setup.testDatabase', {})}
        />
      )}
      {protectedBy === 'environment' ? (
        <p className="field-hint">{t('settings.team.environment')}</p>
      ) : (
        <>
          <JoinTeam isSet={set} />
          {set && <LeaveTeam pending={sync.pending} />}
        </>
      )}
    </SettingsSection>
  )
}
