import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { FieldDraft } from './field-draft.ts'
import type { DraftSource, DraftView } from './field-draft.ts'
import { useSavesAgain } from './use-saves-again.ts'

/** A field that saves itself, as a component sees it. */
export interface Draft extends DraftView {
  /** What the field shows. */
  readonly value: string
  type(text: string): void
  focus(): void
  leave(): void
  flush(): void
  discard(): void
}

/** A draft under a name that stays the same while mounted. It is saved on leaving the screen and the page, too. */
export function useDraft(name: string, source: DraftSource): Draft {
  const [draft] = useState(() => new FieldDraft(name, sessionStorage))
  useEffect(() => draft.connect(source))
  const view = useSyncExternalStore(draft.subscribe, draft.view)
  useEffect(() => {
    draft.start()
    const hide = () => draft.flush()
    window.addEventListener('pagehide', hide)
    return () => {
      window.removeEventListener('pagehide', hide)
      draft.flush()
    }
  }, [draft])
  useSavesAgain(useCallback(() => draft.retry(), [draft]))
  return {
    ...view,
    value: view.text ?? source.saved,
    type: (text) => draft.type(text),
    focus: () => draft.focus(),
    leave: () => draft.leave(),
    flush: () => draft.flush(),
    discard: () => draft.discard(),
  }
}
