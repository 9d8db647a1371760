/** Ids in the order in which they were chosen. */
export type OrderedSelection = readonly string[]

/** Adds the id at the end, or takes it out. */
export function toggle(selection: OrderedSelection, id: string): OrderedSelection {
  return selection.includes(id) ? selection.filter((one) => one !== id) : [...selection, id]
}

/** Adds all rows between `anchor` and `id` (both included) that are not chosen yet, walking from the anchor to the id. */
export function extendTo(
  selection: OrderedSelection,
  { rows, anchor, id }: { readonly rows: readonly string[]; readonly anchor: string | null; readonly id: string },
): OrderedSelection {
  const to = rows.indexOf(id)
  const from = anchor === null ? to : rows.indexOf(anchor)
  if (to < 0 || from < 0) return toggle(selection, id)
  const between = from <= to ? rows.slice(from, to + 1) : rows.slice(to, from + 1).toReversed()
  return [...selection, ...between.filter((one) => !selection.includes(one))]
}
