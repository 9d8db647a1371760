import { useNavigate } from 'react-router'
import { useKeys } from '../../keys/use-keys.ts'
import type { OpenDialog } from './opened.ts'
import type { SessionHistory } from './use-history.ts'
import type { LineUp } from './use-line-up.ts'

interface Deps {
  readonly lineUp: LineUp
  readonly history: SessionHistory
  readonly open: OpenDialog
  readonly duplicate: () => void
}

/** The builder's keys. Those of the line-up act on what is selected; without a selection the key stays the browser's. */
export function useBuilderKeys({ lineUp, history, open, duplicate }: Deps): void {
  const navigate = useNavigate()
  const ids = lineUp.selected.map(({ id }) => id)
  const onSelected = (act: () => void) => (): boolean => {
    if (ids.length > 0) act()
    return ids.length > 0
  }
  useKeys('builder', {
    moveUp: onSelected(() => lineUp.step(ids, 'up')),
    moveDown: onSelected(() => lineUp.step(ids, 'down')),
    moveTo: onSelected(() => open({ dialog: 'move', ids })),
    remove: onSelected(() => lineUp.remove(ids)),
    skip: onSelected(() => lineUp.setSkip(ids, !lineUp.selected.every(({ skip }) => skip))),
    undo: history.undo,
    redo: history.redo,
    duplicate,
    print: () => navigate(`/sessions/${lineUp.session.id}/run-sheet`),
  })
}
