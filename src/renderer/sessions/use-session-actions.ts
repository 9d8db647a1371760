import type { Output } from '#shared/contract.ts'
import type { SessionStatus } from '#shared/sessions.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../api.ts'
import { showFirst } from '../show-first.ts'
import { useToasts } from '../ui/toasts.tsx'

type Known = { readonly id: string; readonly name: string; readonly status: SessionStatus }

/** What a session can be told as a whole, from the list and from the builder. It shows at once; what fails says so in a toast. */
export interface SessionActions {
  open(): void
  producer(): void
  host(): void
  /** Opens the copy, with its name selected. */
  duplicate(): void
  /** Archives it, or takes it out again. */
  archive(): void
  /** Answers whether it is gone. */
  remove(): Promise<boolean>
}

export function useSessionActions(): (session: Known) => SessionActions {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const toasts = useToasts()
  const client = useQueryClient()
  /** Out of the lists that it does not belong in any more. */
  const without = <T>(id: string, send: () => Promise<T>): Promise<T> =>
    showFirst(client, {
      name: 'sessions.list',
      change: ({ items }: Output<'sessions.list'>) => ({ items: items.filter((one) => one.id !== id) }),
      send,
    })
  const undoing = (undoId: string) => () => {
    call('history.undo', { scope: 'sessions', id: undoId }).catch((error: unknown) => toasts.failed(error))
  }
  return ({ id, name, status }) => ({
    open: () => void navigate(`/sessions/${id}`),
    producer: () => void navigate(`/sessions/${id}/producer`),
    host: () => void window.open(`/host/${id}`, '_blank', 'noopener'),
    duplicate: () => {
      call('sessions.duplicate', { id }).then(
        (copy) => void navigate(`/sessions/${copy.id}`, { state: { selectName: true } }),
        (error: unknown) => toasts.failed(error),
      )
    },
    archive: () => {
      const back = () => {
        call('sessions.unarchive', { id }).catch((error: unknown) => toasts.failed(error))
      }
      without(id, () => call(status === 'archived' ? 'sessions.unarchive' : 'sessions.archive', { id })).then(
        () => status !== 'archived' && toasts.done(t('sessions.archived', { name }), back),
        (error: unknown) => toasts.failed(error),
      )
    },
    remove: () =>
      without(id, () => call('sessions.delete', { id })).then(
        ({ undoId }) => {
          toasts.done(t('sessions.deleted', { name }), undoing(undoId))
          return true
        },
        (error: unknown) => {
          toasts.failed(error)
          return false
        },
      ),
  })
}
