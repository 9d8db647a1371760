import type { LiveState } from '#shared/live.ts'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api.ts'
import { useLive } from '../../live-state.ts'
import { createShowCommands } from './show-commands.ts'
import type { ShowCommands, ShowNotice } from './show-commands.ts'

const NOTICE_MS = 2500

/** One session's show, as a screen needs it. */
export interface Show {
  /** Null until it is here. */
  readonly state: LiveState | null
  /** When the state came, by `performance.now()`. */
  readonly since: number
  readonly connected: boolean
  readonly commands: ShowCommands
  /** What the last command had to say, for a moment. */
  readonly notice: string | null
  /** Shows an error in the same place. */
  readonly reportError: (error: unknown) => void
}

export function useShow(sessionId: string): Show {
  const live = useLive(sessionId)
  const { notice, notify } = useNotice()
  const known = useRef<{ itemId: string | null }>({ itemId: null })
  const itemId = live.state?.itemId ?? null
  useEffect(() => {
    known.current.itemId = itemId
  }, [itemId])
  const commands = useMemo(
    () => createShowCommands({ sessionId, call, known: known.current, notify }),
    [sessionId, notify],
  )
  const reportError = useCallback((error: unknown) => notify({ kind: 'failed', error }), [notify])
  return { ...live, commands, notice, reportError }
}

function useNotice(): { readonly notice: string | null; readonly notify: (notice: ShowNotice) => void } {
  const { t } = useTranslation()
  const [notice, setNotice] = useState<{ readonly text: string } | null>(null)
  useEffect(() => {
    if (!notice) return undefined
    const timer = setTimeout(() => setNotice(null), NOTICE_MS)
    return () => clearTimeout(timer)
  }, [notice])
  const notify = useCallback(
    (one: ShowNotice) => {
      const text = one.kind === 'failed' ? messageOf(one.error) : t(`show.notice.${one.kind}`)
      setNotice({ text: text || t('show.notice.failed') })
    },
    [t],
  )
  return { notice: notice?.text ?? null, notify }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}
