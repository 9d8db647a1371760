import type { Backup } from '#shared/backups.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, read } from '../../api.ts'
import { longDateTime, megabytes } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { useToasts } from '../../ui/toasts.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { SubScreenHeader } from '../sub-screen-header.tsx'
import { RestoreDialog } from './restore-dialog.tsx'
import './backups.css'

/** The copies that there are, and the ways to make one and to go back to one. */
export function BackupsScreen() {
  const { t } = useTranslation()
  const toasts = useToasts()
  const { data } = useQuery(read('backups.list', {}))
  const [chosen, setChosen] = useState<Backup | null>(null)
  const make = useMutation({
    mutationFn: () => call('backups.create', {}),
    onSuccess: () => toasts.done(t('backups.made')),
    onError: toasts.failed,
  })
  return (
    <>
      <SubScreenHeader
        title={t('backups.title')}
        back={t('backups.back')}
        actions={
          <Button kind="primary" disabled={make.isPending} onClick={() => make.mutate()}>
            {t(make.isPending ? 'backups.making' : 'backups.make')}
          </Button>
        }
      />
      {data === undefined && <Waiting />}
      {data && (
        <div className="backups">
          <p className="quiet">{t('backups.intro')}</p>
          {data.items.length === 0 ? (
            <EmptyState title={t('backups.none')}>
              <p>{t('backups.noneHint')}</p>
            </EmptyState>
          ) : (
            <ul className="backup-rows" aria-label={t('backups.title')}>
              {data.items.map((backup) => (
                <BackupRow key={backup.id} backup={backup} onRestore={() => setChosen(backup)} />
              ))}
            </ul>
          )}
        </div>
      )}
      {chosen && <RestoreDialog backup={chosen} onClose={() => setChosen(null)} />}
    </>
  )
}

function BackupRow({ backup, onRestore }: { readonly backup: Backup; readonly onRestore: () => void }) {
  const { t, i18n } = useTranslation()
  const { kind, at, bytes } = backup
  const time = longDateTime(at, i18n.language)
  return (
    <li>
      <span className="backup-time">{time}</span>
      <span className="quiet">
        {t(`backups.kinds.${kind}`)}, <RelativeTime at={at} />
      </span>
      <span className="tabular quiet backup-size">
        {t('backups.megabytes', { megabytes: megabytes(bytes, i18n.language) })}
      </span>
      <Button aria-label={t('backups.restoreOf', { time })} onClick={onRestore}>
        {t('backups.restore')}
      </Button>
    </li>
  )
}
