import type { LineupItem } from '#shared/sessions.ts'

/** Where "move to number" goes. Frozen numbers may have gaps and another order: then it is where that item stands. */
export function placeOfNumber(
  items: readonly Pick<LineupItem, 'number'>[],
  number: number,
  frozen: boolean,
): number | null {
  if (!frozen) return number
  const at = items.findIndex((item) => item.number === number)
  return at < 0 ? null : at + 1
}
