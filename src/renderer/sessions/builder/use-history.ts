import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call, read } from '../../api.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { useToasts } from '../../ui/toasts.tsx'

/** Undo and redo of one session. */
export interface SessionHistory {
  /** What the next step would take back, in words; null where there is none. */
  readonly undoes: string | null
  readonly redoes: string | null
  undo(): void
  redo(): void
}

export function useHistory(sessionId: string): SessionHistory {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const toasts = useToasts()
  const scope = `session:${sessionId}`
  const state = useQuery(read('history.state', { scope })).data
  const undoes = state?.undo[0]?.label ?? null
  const redoes = state?.redo[0]?.label ?? null
  const run = (name: 'history.undo' | 'history.redo'): void => {
    const label = name === 'history.undo' ? undoes : redoes
    call(name, { scope }).then(
      () => announce(t(name === 'history.undo' ? 'sessions.undone' : 'sessions.redone', { label: label ?? '' })),
      // A key pressed once too often is no failure to speak of.
      (error: unknown) => {
        if (label !== null) toasts.failed(error)
      },
    )
  }
  return { undoes, redoes, undo: () => run('history.undo'), redo: () => run('history.redo') }
}
