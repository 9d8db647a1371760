import { useEffect, useMemo, useRef, useState } from 'react'
import { extendRows, keepSelection, noSelection, rowAt, selectMany, selectOne, toggleRow } from './line-selection.ts'
import type { LineSelection, Step } from './line-selection.ts'

/** The selection of a list, with what clicks and keys do to it. */
export interface Selection extends LineSelection {
  click(id: string, held: { readonly shift: boolean; readonly mod: boolean }): void
  step(step: Step, extend: boolean): void
  all(): void
  only(ids: readonly string[]): void
  clear(): void
  /** Ids to select as soon as they are in the list. */
  whenThere(ids: readonly string[]): void
}

/** Selects rows of a list that changes under it. */
export function useSelection(order: readonly string[]): Selection {
  const [selection, setSelection] = useState<LineSelection>(noSelection)
  const [awaited, setAwaited] = useState<readonly string[]>([])
  const before = useRef(order)
  const kept = useMemo(() => keepSelection(selection, { before: before.current, after: order }), [selection, order])
  useEffect(() => {
    before.current = order
    setSelection(kept)
  }, [order, kept])
  useEffect(() => {
    const [first] = awaited
    if (first === undefined || !awaited.every((id) => order.includes(id))) return
    setAwaited([])
    setSelection(selectMany(awaited, first))
  }, [awaited, order])
  return {
    ...kept,
    click: (id, { shift, mod }) =>
      setSelection((was) => (shift ? extendRows(was, order, id) : mod ? toggleRow(was, id) : selectOne(id))),
    step: (step, extend) =>
      setSelection((was) => {
        const id = rowAt(was, order, step)
        if (id === null) return noSelection
        return extend ? extendRows(was, order, id) : selectOne(id)
      }),
    all: () => setSelection((was) => selectMany(order, was.active ?? order[0] ?? null)),
    only: (ids) => setSelection(selectMany(ids, ids[0] ?? null)),
    clear: () => setSelection(noSelection),
    whenThere: setAwaited,
  }
}
