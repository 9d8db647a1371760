import type { Conflict } from '#shared/conflicts.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api.ts'
import { useToasts } from '../ui/toasts.tsx'
import type { AlikeResult } from './decide-alike.ts'
import { backOf, decide } from './decide.ts'
import type { Asked } from './decide.ts'
import { dropDraft } from './draft-store.ts'
import type { Undo } from './undo-decision.ts'

/** A decision under way. */
export interface Deciding {
  readonly busy: boolean
  /** Of several: how many are decided. */
  readonly progress: { readonly done: number; readonly total: number } | null
  /** Why it was not decided. */
  readonly problem: string | null
  decide(asked: Asked): void
  stop(): void
}

/** Decides a conflict, and others like it; `onDecided` once the list knows. */
export function useDecide(onDecided: () => void): Deciding {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const tell = useTellDecided()
  const stopped = useRef(false)
  const [state, setState] = useState<Pick<Deciding, 'busy' | 'progress' | 'problem'>>(idle)
  const reload = (): Promise<void> => queries.invalidateQueries({ queryKey: ['conflicts'] })
  const run = async (asked: Asked): Promise<void> => {
    const total = 1 + asked.others.length
    const show = (done: number): void =>
      setState({ busy: true, progress: total > 1 ? { done, total } : null, problem: null })
    show(0)
    const decided = await decide(asked, {
      call,
      isStopped: () => stopped.current,
      onDone: (count) => show(1 + count),
    })
    if (decided.status === 'stale') {
      if (await isSame(asked.conflict)) await call('sync.now', {})
      await reload()
      const isStill = await isSame(asked.conflict)
      return setState({ ...idle, problem: isStill ? t('conflicts.news.none') : null })
    }
    for (const { id } of [asked.conflict, ...decided.alike.done]) dropDraft(id)
    await reload()
    tell(decided.undos, decided.alike, stopped.current)
    onDecided()
  }
  return {
    ...state,
    decide: (asked) => {
      stopped.current = false
      run(asked).catch((error: unknown) =>
        setState({ ...idle, problem: error instanceof Error ? error.message : t('ui.failed') }),
      )
    },
    stop: () => {
      stopped.current = true
    },
  }
}

const idle = { busy: false, progress: null, problem: null }

/** Says how many were decided, with the way back. */
function useTellDecided(): (undos: readonly Undo[], alike: AlikeResult, stopped: boolean) => void {
  const { t } = useTranslation()
  const toasts = useToasts()
  return (undos, { done, left, error }, stopped) => {
    const back = backOf(undos)
    const undo = back && ((): void => void back().then(() => toasts.info(t('conflicts.undone')), toasts.failed))
    toasts.done(t('conflicts.done', { count: 1 + done.length }), undo)
    if (left > 0) toasts.info(t('conflicts.left', { count: left }))
    if (error) toasts.failed(error)
    else if (stopped) toasts.info(t('conflicts.stopped'))
  }
}

/** Whether the core still shows what was shown here. */
async function isSame({ id, version }: Conflict): Promise<boolean> {
  const { items } = await call('conflicts.list', { open: true })
  return items.some((one) => one.id === id && one.version === version)
}
