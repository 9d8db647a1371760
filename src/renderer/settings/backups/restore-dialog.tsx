import type { Backup, RestoreChanges } from '#shared/backups.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api.ts'
import { longDateTime } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { Switch } from '../../ui/choice.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useToasts } from '../../ui/toasts.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { RestoreList } from './restore-list.tsx'

interface Props {
  readonly backup: Backup
  readonly onClose: () => void
}

/** What going back to a backup would change, and the way to do it: asked once more, and undone with one press. */
export function RestoreDialog({ backup: { id, at }, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const [removeNewer, setRemoveNewer] = useState(false)
  const [asking, setAsking] = useState(false)
  // It is compared anew whenever it is opened: what is here changes all the time.
  const { data, error } = useQuery({
    queryKey: ['backup-preview', id],
    queryFn: () => call('backups.preview', { id }),
    staleTime: 0,
    gcTime: 0,
  })
  const restore = useRestore(onClose)
  const changes = data?.changes ?? []
  const counts = summed(changes, removeNewer)
  const changesNothing = counts.come + counts.change + counts.remove === 0
  const things = (['come', 'change', 'remove'] as const)
    .filter((part) => counts[part] > 0)
    .map((part) => t(`backups.confirm.${part}`, { count: counts[part] }))
    .join(', ')
  const problem = restore.error ?? error
  return (
    <>
      <Dialog
        open
        wide
        onClose={onClose}
        title={t('backups.preview.title', { time: longDateTime(at, i18n.language) })}
        actions={
          <>
            <Button disabled={restore.isPending} onClick={onClose}>
              {t('backups.preview.cancel')}
            </Button>
            <Button
              kind="primary"
              disabled={data === undefined || changesNothing || restore.isPending}
              onClick={() => setAsking(true)}
            >
              {t(restore.isPending ? 'backups.working' : 'backups.preview.go')}
            </Button>
          </>
        }
      >
        {problem && (
          <p className="field-error" role="alert">
            {problem.message}
          </p>
        )}
        {data === undefined && error === null && <Waiting />}
        {data && changes.length === 0 && <p>{t('backups.preview.nothing')}</p>}
        {data && changes.length > 0 && (
          <>
            <p className="quiet">{t('backups.preview.explain')}</p>
            <RestoreList changes={changes} removeNewer={removeNewer} />
            {changes.some(({ newer }) => newer > 0) && (
              <div>
                <Switch
                  label={t('backups.preview.removeNewer')}
                  checked={removeNewer}
                  onChecked={setRemoveNewer}
                  disabled={restore.isPending}
                />
                <p className="field-hint">{t('backups.preview.removeNewerHint')}</p>
              </div>
            )}
          </>
        )}
      </Dialog>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('backups.confirm.title')}
        confirm={t('backups.confirm.go')}
        onConfirm={() => restore.mutate({ id, removeNewer })}
        cancel={t('backups.confirm.cancel')}
      >
        <p>{t('backups.confirm.text', { things })}</p>
      </ConfirmDialog>
    </>
  )
}

/** Does it, says what came of it, and offers to undo it. */
function useRestore(onDone: () => void) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const undo = async (undoId: string): Promise<void> => {
    try {
      await call('history.undo', { scope: 'backups', id: undoId })
      toasts.info(t('backups.undone'))
    } catch (error) {
      toasts.failed(error)
    }
  }
  return useMutation({
    mutationFn: (input: { readonly id: string; readonly removeNewer: boolean }) => call('backups.restore', input),
    onSuccess: ({ undoId, restored, changed, removed }) => {
      const counts = { come: restored, change: changed, remove: removed }
      toasts.done(t('backups.done', counts), () => void undo(undoId))
      onDone()
    },
    // Also where the dialog was closed meanwhile.
    onError: (error: Error) => toasts.failed(error),
  })
}

function summed(changes: readonly RestoreChanges[], removeNewer: boolean) {
  const sum = (part: 'comeBack' | 'change' | 'newer'): number => changes.reduce((so, one) => so + one[part], 0)
  return { come: sum('comeBack'), change: sum('change'), remove: removeNewer ? sum('newer') : 0 }
}
