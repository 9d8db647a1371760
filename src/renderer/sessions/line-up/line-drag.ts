import type { LineupItem } from '#shared/sessions.ts'
import { planDrop, planMoveTo } from '../move-plan.ts'
import type { MoveTarget } from '../move-plan.ts'

/** What a dragged row carries. */
export interface DragOfLines {
  readonly kind: 'lines'
  readonly ids: readonly string[]
}

/** Where it can be let go: at an edge of a row, on a heading, or below the last row. */
export type DropOnLines =
  | { readonly kind: 'row'; readonly id: string; readonly edge: 'top' | 'bottom' }
  | { readonly kind: 'section'; readonly title: string | null; readonly itemIds: readonly string[] }
  | { readonly kind: 'end' }

type DragData = Record<string | symbol, unknown>

export function isDragOfLines(data: DragData): data is DragData & DragOfLines {
  return data['kind'] === 'lines' && Array.isArray(data['ids'])
}

/** Where a drop puts the dragged rows. On a heading: first of its section. Null where nothing would move. */
export function targetOfDrop(
  items: readonly LineupItem[],
  ids: readonly string[],
  drop: DropOnLines,
): MoveTarget | null {
  if (drop.kind === 'end') return planMoveTo(items, ids, Infinity)
  if (drop.kind === 'row') return planDrop(items, ids, { over: drop.id, edge: drop.edge })
  const over = drop.itemIds.find((id) => !ids.includes(id))
  return over === undefined ? null : planDrop(items, ids, { over, edge: 'top' })
}
