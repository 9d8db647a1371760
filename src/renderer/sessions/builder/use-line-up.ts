import type { LineupItem, SessionDetail } from '#shared/sessions.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnnounce } from '../../ui/announcer.tsx'
import { useToasts } from '../../ui/toasts.tsx'
import { targetOfDrop } from '../line-up/line-drag.ts'
import type { DropOnLines } from '../line-up/line-drag.ts'
import { planSection } from '../line-up/plan-section.ts'
import { useSelection } from '../line-up/use-selection.ts'
import type { Selection } from '../line-up/use-selection.ts'
import { planMoveTo, planStep } from '../move-plan.ts'
import type { MoveTarget } from '../move-plan.ts'
import { useEdits } from './use-edits.ts'
import type { Edits } from './use-edits.ts'

/** The line-up of one session as its screen works on it. `ids` are always in the order of the line-up. */
export interface LineUp {
  readonly session: SessionDetail
  readonly items: readonly LineupItem[]
  readonly selection: Selection
  readonly selected: readonly LineupItem[]
  readonly edits: Edits
  step(ids: readonly string[], to: 'up' | 'down'): void
  /** To a place; 1 is the first, anything beyond the end is the end. */
  place(ids: readonly string[], place: number): void
  drop(ids: readonly string[], drop: DropOnLines): void
  setSkip(ids: readonly string[], skip: boolean): void
  setSection(ids: readonly string[], section: string | null): void
  remove(ids: readonly string[]): void
  add(productIds: readonly string[], after: string | null): void
}

export function useLineUp(session: SessionDetail): LineUp {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const toasts = useToasts()
  const edits = useEdits(session.id)
  const { items } = session
  const order = useMemo(() => items.map(({ id }) => id), [items])
  const selection = useSelection(order)
  const { ids: chosen } = selection
  const selected = useMemo(() => items.filter(({ id }) => chosen.includes(id)), [items, chosen])
  const move = (ids: readonly string[], plan: (items: readonly LineupItem[]) => MoveTarget | null): void => {
    void edits.move(ids, plan).then((after) => {
      const first = after?.items.find(({ id }) => ids.includes(id))
      if (!after || !first) return
      const { number, name } = first
      const said = ids.length === 1 ? 'sessions.movedOne' : 'sessions.movedMany'
      announce(t(said, { name, number, count: after.items.length, moved: ids.length }))
    })
  }
  return {
    session,
    items,
    selection,
    selected,
    edits,
    step: (ids, to) => move(ids, (now) => planStep(now, ids, to)),
    place: (ids, place) => move(ids, (now) => planMoveTo(now, ids, place)),
    drop: (ids, drop) => move(ids, (now) => targetOfDrop(now, ids, drop)),
    setSkip: (ids, skip) => void edits.update(ids, { skip }),
    setSection: (ids, section) => move(ids, (now) => planSection(now, ids, section)),
    remove: (ids) => void edits.remove(ids),
    add: (productIds, after) => {
      edits.add({ productIds: [...productIds], ...(after !== null && { after }) }).then(
        (added) => {
          selection.whenThere(added)
          announce(t('sessions.added', { count: added.length }))
        },
        (error: unknown) => toasts.failed(error),
      )
    },
  }
}
