import type { RefObject } from 'react'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LineUp } from '../builder/use-line-up.ts'

/** What a row asks of the list. The object stays the same, so that rows need not be drawn again. */
export interface RowControls {
  click(id: string, held: { readonly shift: boolean; readonly mod: boolean }): void
  /** A menu is about to open on the row. */
  point(id: string): void
  dragged(id: string): readonly string[]
  labelOf(count: number): string
}

interface Deps {
  readonly onOpenDetail: () => void
  readonly list: RefObject<HTMLElement | null>
}

export function useRowControls(lineUp: LineUp, { onOpenDetail, list }: Deps): RowControls {
  const { t } = useTranslation()
  const latest = useRef({ lineUp, onOpenDetail, t })
  useEffect(() => {
    latest.current = { lineUp, onOpenDetail, t }
  })
  return useMemo(
    () => ({
      click: (id, held) => {
        latest.current.lineUp.selection.click(id, held)
        list.current?.focus({ preventScroll: true })
        if (!held.shift && !held.mod) latest.current.onOpenDetail()
      },
      point: (id) => {
        const { selection } = latest.current.lineUp
        if (!selection.ids.includes(id)) selection.only([id])
      },
      dragged: (id) => {
        const { selected } = latest.current.lineUp
        return selected.some((item) => item.id === id) ? selected.map((item) => item.id) : [id]
      },
      labelOf: (count) => latest.current.t('sessions.dragging', { count }),
    }),
    [list],
  )
}
