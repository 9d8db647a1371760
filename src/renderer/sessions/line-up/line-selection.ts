/** What is selected in a line-up, and where the keyboard stands. */
export interface LineSelection {
  readonly ids: readonly string[]
  /** The row that has the keyboard. */
  readonly active: string | null
  /** Where a range begins. */
  readonly anchor: string | null
}

export const noSelection: LineSelection = { ids: [], active: null, anchor: null }

export function selectOne(id: string): LineSelection {
  return { ids: [id], active: id, anchor: id }
}

export function selectMany(ids: readonly string[], active: string | null): LineSelection {
  return { ids, active, anchor: active }
}

/** Adds the row, or takes it out. */
export function toggleRow(selection: LineSelection, id: string): LineSelection {
  const ids = selection.ids.includes(id) ? selection.ids.filter((one) => one !== id) : [...selection.ids, id]
  return { ids, active: id, anchor: id }
}

/** All rows from the anchor to this one. */
export function extendRows(selection: LineSelection, order: readonly string[], id: string): LineSelection {
  const anchor = selection.anchor !== null && order.includes(selection.anchor) ? selection.anchor : id
  const [from, to] = [order.indexOf(anchor), order.indexOf(id)].toSorted((one, other) => one - other)
  return { ids: order.slice(from, (to ?? 0) + 1), active: id, anchor }
}

export type Step = 'up' | 'down' | 'first' | 'last' | 'page-up' | 'page-down'
const PAGE = 10

/** The row that a key goes to; null in an empty line-up. */
export function rowAt(selection: LineSelection, order: readonly string[], step: Step): string | null {
  const at = selection.active === null ? -1 : order.indexOf(selection.active)
  const places: Record<Step, number> = {
    up: at < 0 ? order.length - 1 : at - 1,
    down: at + 1,
    first: 0,
    last: order.length - 1,
    'page-up': at - PAGE,
    'page-down': at + PAGE,
  }
  return order[Math.max(0, Math.min(places[step], order.length - 1))] ?? null
}

/** The selection after the line-up changed: what is gone leaves it, and the keyboard stays at its place. */
export function keepSelection(
  selection: LineSelection,
  { before, after }: { readonly before: readonly string[]; readonly after: readonly string[] },
): LineSelection {
  const there = new Set(after)
  const { active } = selection
  if (selection.ids.every((id) => there.has(id)) && (active === null || there.has(active))) return selection
  const ids = selection.ids.filter((id) => there.has(id))
  if (active === null || there.has(active)) return { ...selection, ids }
  const at = before.indexOf(active)
  // Behind the gap, else before it: where the eye is.
  const next =
    before.slice(at).find((id) => there.has(id)) ?? before.slice(0, at).findLast((id) => there.has(id)) ?? null
  return next === null ? noSelection : { ids: ids.length > 0 ? ids : [next], active: next, anchor: next }
}
