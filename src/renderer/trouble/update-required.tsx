import type { UpdatesState } from '#shared/updates.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call, read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { useSaveUnsynced } from './use-save-unsynced.ts'

interface Props {
  /** Edits that wait for the team. */
  readonly pending: number
}

/** The team's database is for a newer Hudson: nothing is exchanged until this one is updated. */
export function UpdateRequired({ pending }: Props) {
  const { t } = useTranslation()
  const { data: updates } = useQuery(read('updates.state', {}))
  const save = useSaveUnsynced()
  return (
    <Notice
      kind="bad"
      title={t('trouble.update.title')}
      actions={
        <>
          {pending > 0 && <Button onClick={save}>{t('trouble.update.save')}</Button>}
          {updates?.supported === true && <UpdateButton updates={updates} />}
        </>
      }
    >
      <p>{t('trouble.update.text')}</p>
      {pending > 0 && <p>{t('trouble.update.waiting', { count: pending })}</p>}
      {updates?.supported === false && <p>{t('trouble.update.byHand')}</p>}
      {updates?.supported === true && (
        <p role="status">
          {updates.heldBack?.reason ?? updates.reason ?? (updates.isNewest && t('trouble.update.none'))}
        </p>
      )}
    </Notice>
  )
}

const busyPhases: ReadonlySet<UpdatesState['phase']> = new Set(['checking', 'downloading', 'installing'])

/** The one step that is next: look for it, or install what was found. */
function UpdateButton({ updates }: { readonly updates: UpdatesState }) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const check = useMutation({ mutationFn: () => call('updates.check', {}), onError: toasts.failed })
  const install = useMutation({
    mutationFn: () => call('updates.install', { when: 'now' }),
    onError: toasts.failed,
  })
  const { available, phase, heldBack } = updates
  const busy = busyPhases.has(phase) || check.isPending || install.isPending
  if (available) {
    return (
      <Button kind="primary" disabled={busy || heldBack !== null} onClick={() => install.mutate()}>
        {busy ? t('trouble.update.installing') : t('trouble.update.install', { version: available.version })}
      </Button>
    )
  }
  return (
    <Button kind="primary" disabled={busy} onClick={() => check.mutate()}>
      {t(busy ? 'trouble.update.looking' : 'trouble.update.look')}
    </Button>
  )
}
