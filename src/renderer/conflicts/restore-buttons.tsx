import { AppError } from '#shared/app-error.ts'
import type { LogEntry } from '#shared/conflicts.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useToasts } from '../ui/toasts.tsx'
import type { Side } from './draft.ts'
import { fieldName, valueText } from './field-words.ts'
import { deviceOf, isMe } from './side-words.ts'

interface Wish {
  /** Absent: what was not kept. */
  readonly which?: Side
  readonly force?: boolean
}

/** The way back to what was not kept. What was changed again since is shown first, and replaced only if a person says so. */
export function RestoreButtons({ entry }: { readonly entry: LogEntry }) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const queries = useQueryClient()
  const [stale, setStale] = useState<Wish | null>(null)
  const restore = useMutation({
    mutationFn: (wish: Wish) => call('conflicts.restore', { logId: entry.id, ...wish }),
    onSuccess: ({ undo }) => {
      if (undo === null) return toasts.info(t('conflicts.log.restoredAlready', { title: entry.title }))
      const back = (): void => void call('history.undo', undo).catch(toasts.failed)
      toasts.done(t('conflicts.log.restored', { title: entry.title }), back)
    },
    onError: async (error, wish) => {
      if (!(error instanceof AppError && error.code === 'stale')) return toasts.failed(error)
      // What is there now is what the question is about.
      await queries.invalidateQueries({ queryKey: ['conflicts'] })
      setStale(wish)
    },
  })
  return (
    <div className="conflict-row-actions">
      {wishesOf(entry).map((wish) => (
        <Button key={wish.which ?? 'other'} disabled={restore.isPending} onClick={() => restore.mutate(wish)}>
          <WishWords entry={entry} wish={wish} />
        </Button>
      ))}
      <ConfirmDialog
        open={stale !== null}
        onClose={() => setStale(null)}
        title={t('conflicts.log.staleTitle')}
        confirm={t('conflicts.log.force')}
        cancel={t('ui.cancel')}
        onConfirm={() => {
          if (stale) restore.mutate({ ...stale, force: true })
        }}
      >
        <Now entry={entry} />
      </ConfirmDialog>
    </div>
  )
}

/** Where neither side was kept, or one of each, a person says which one they mean. */
function wishesOf({ fields }: LogEntry): readonly Wish[] {
  const kept = new Set(fields.map((field) => field.kept))
  return kept.size <= 1 && !kept.has('other') ? [{}] : [{ which: 'mine' }, { which: 'theirs' }]
}

function WishWords({ entry, wish: { which } }: { readonly entry: LogEntry; readonly wish: Wish }) {
  const { t } = useTranslation()
  const isGone = entry.fields.length === 0 || entry.fields.some(({ name, now }) => name === 'deleted' && now === true)
  if (which === undefined) return t(isGone ? 'conflicts.log.restoreRow' : 'conflicts.log.restore')
  if (isMe(entry, which)) return t('conflicts.log.restoreMine')
  return t('conflicts.log.restoreNamed', { name: deviceOf(t, entry, which) })
}

function Now({ entry }: { readonly entry: LogEntry }) {
  const { t, i18n } = useTranslation()
  return (
    <ul className="conflict-edit-list">
      {entry.fields
        .filter(({ name }) => name !== 'deleted')
        .map(({ name, now }) => (
          <li key={name}>
            {t('conflicts.log.staleNow', {
              field: fieldName(t, name),
              now: valueText({ t, locale: i18n.language }, name, now),
            })}
          </li>
        ))}
    </ul>
  )
}
