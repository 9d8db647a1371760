import type { Input } from '#shared/contract.ts'
import type { LineupItem, LineupPatch, SessionDetail, SessionPatch } from '#shared/sessions.ts'
import { useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { call, read } from '../../api.ts'
import { useToasts } from '../../ui/toasts.tsx'
import { moved, patched, without } from '../line-up/apply-edit.ts'
import type { MoveTarget } from '../move-plan.ts'

/** Every change of one session and its line-up. Those of the line-up show at once; the core has the last word. */
export interface Edits {
  /** Plans on the line-up as it stands when its turn comes. Answers the line-up after it, or null where nothing moves. */
  move(ids: readonly string[], plan: (items: readonly LineupItem[]) => MoveTarget | null): Promise<SessionDetail | null>
  update(ids: readonly string[], patch: LineupPatch): Promise<void>
  remove(ids: readonly string[]): Promise<void>
  add(input: Omit<Input<'lineup.add'>, 'sessionId'>): Promise<readonly string[]>
  /** For fields that save themselves: rejects with what went wrong. */
  saveItem(id: string, patch: LineupPatch): Promise<void>
  saveSession(patch: SessionPatch): Promise<void>
  renumber(): Promise<void>
}

/** The edits of a session. What does not work says so in a toast, and the line-up shows what is true again. */
export function useEdits(sessionId: string): Edits {
  const client = useQueryClient()
  const toasts = useToasts()
  const { t } = useTranslation()
  return useMemo(() => {
    const change = lineUpChanger(client, sessionId, (error) => toasts.failed(error))
    const undoing = (id: string) => () => {
      call('history.undo', { scope: `session:${sessionId}`, id }).catch((error: unknown) => toasts.failed(error))
    }
    return {
      ...fieldEdits(client, sessionId),
      move: async (ids, plan) => {
        const edited = await change((session) => {
          const target = plan(session.items)
          return (
            target && {
              shown: moved(session, ids, target),
              send: () => call('lineup.move', { itemIds: [...ids], ...target }),
            }
          )
        })
        return edited ? edited.shown : null
      },
      update: async (ids, patch) => {
        await change((session) => ({
          shown: patched(session, ids, patch),
          send: () => call('lineup.update', { itemIds: [...ids], patch }),
        }))
      },
      remove: async (ids) => {
        const edited = await change((session) => ({
          shown: without(session, ids),
          send: () => call('lineup.remove', { itemIds: [...ids] }),
        }))
        if (!edited) return
        const [only] = edited.before.items.filter(({ id }) => ids.includes(id))
        const text =
          ids.length === 1
            ? t('sessions.removedOne', { name: only?.name ?? '' })
            : t('sessions.removed', { count: ids.length })
        toasts.done(text, undoing(edited.answer.undoId))
      },
      add: async (input) => (await call('lineup.add', { sessionId, ...input })).added,
      renumber: async () => {
        const { undoId } = await call('lineup.renumber', { sessionId })
        toasts.done(t('sessions.renumbered'), undoing(undoId))
      },
    } satisfies Edits
    // eslint-disable-next-line react-hooks/exhaustive-deps -- toasts and words stay the same, their objects need not
  }, [client, sessionId])
}

/** Not shown before they are saved: the field itself shows what was typed. */
function fieldEdits(client: QueryClient, sessionId: string): Pick<Edits, 'saveItem' | 'saveSession'> {
  const { queryKey } = read('sessions.get', { id: sessionId })
  const put = (next: (session: SessionDetail) => SessionDetail): void => {
    client.setQueryData(queryKey, (session) => session && next(session))
  }
  return {
    saveItem: async (id, patch) => {
      const { items } = await call('lineup.update', { itemId: id, patch })
      put((session) => ({
        ...session,
        items: session.items.map((item) => items.find((one) => one.id === item.id) ?? item),
      }))
    },
    saveSession: async (patch) => {
      const saved = await call('sessions.update', { id: sessionId, patch })
      put((session) => ({ ...session, ...saved }))
    },
  }
}

interface Change<T> {
  readonly shown: SessionDetail
  readonly send: () => Promise<T>
}

/**
 * Runs changes that show before they are answered. Calls reach the core in the order in which they were made, and a read
 * that was under way is dropped before the change shows; a read that begins later is answered after the change. So no
 * older line-up ever comes back.
 */
function lineUpChanger(client: QueryClient, sessionId: string, onError: (error: unknown) => void) {
  const { queryKey } = read('sessions.get', { id: sessionId })
  return async <T>(plan: (session: SessionDetail) => Change<T> | null) => {
    await client.cancelQueries({ queryKey })
    const session = client.getQueryData(queryKey)
    const change = session && plan(session)
    if (!session || !change) return null
    client.setQueryData(queryKey, change.shown)
    try {
      return { shown: change.shown, before: session, answer: await change.send() }
    } catch (error) {
      onError(error)
      return null
    } finally {
      // The event of the change may have been heard while the read was dropped.
      void client.invalidateQueries({ queryKey })
    }
  }
}
