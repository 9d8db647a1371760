import type { LineupItem } from '#shared/sessions.ts'

/** Where a move goes: behind that item (null = first), into that section. */
export interface MoveTarget {
  readonly after: string | null
  readonly section: string | null
}

type Row = Pick<LineupItem, 'id' | 'number' | 'section'>

/** The rows that stay where they are while `ids` move. */
function rest(rows: readonly Row[], ids: readonly string[]): readonly Row[] {
  return rows.filter((row) => !ids.includes(row.id))
}

function behind(row: Row | undefined, next: Row | undefined): MoveTarget {
  return { after: row?.id ?? null, section: row ? row.section : (next?.section ?? null) }
}

/** Drops `ids` at the upper or lower edge of a row. Null where that row is among them. */
export function planDrop(
  rows: readonly Row[],
  ids: readonly string[],
  { over, edge }: { readonly over: string; readonly edge: 'top' | 'bottom' },
): MoveTarget | null {
  const staying = rest(rows, ids)
  const at = staying.findIndex((row) => row.id === over)
  const row = staying[at]
  if (!row) return null
  // The target's own section: dropping on the first row's upper edge joins that row, not the section above it.
  return { after: edge === 'bottom' ? row.id : (staying[at - 1]?.id ?? null), section: row.section }
}

/**
 * One step up or down. At the border of a section the block first changes its section, then its place, so that every
 * place can be reached by keyboard. Null at the ends.
 */
export function planStep(rows: readonly Row[], ids: readonly string[], step: 'up' | 'down'): MoveTarget | null {
  const block = rows.filter((row) => ids.includes(row.id))
  const first = block[0]
  const last = block.at(-1)
  if (!first || !last) return null
  const staying = rest(rows, ids)
  const before = staying.filter((row) => rows.indexOf(row) < rows.indexOf(first))
  const after = staying.filter((row) => rows.indexOf(row) > rows.indexOf(last))
  if (step === 'up') {
    const above = before.at(-1)
    if (!above) return null
    if (above.section !== first.section) return { after: above.id, section: above.section }
    return { after: before.at(-2)?.id ?? null, section: above.section }
  }
  const below = after[0]
  if (!below) return null
  if (below.section !== last.section) return { after: before.at(-1)?.id ?? null, section: below.section }
  return { after: below.id, section: below.section }
}

/** Makes the block's first item the one at `place` (1 = first) of the line-up. Places beyond the end mean the end. */
export function planMoveTo(rows: readonly Row[], ids: readonly string[], place: number): MoveTarget {
  const staying = rest(rows, ids)
  const index = Math.max(0, Math.min(Math.trunc(place) - 1, staying.length))
  const above = staying[index - 1]
  const below = staying[index]
  // Between two sections the block joins the one that it is moved onto.
  return below ? { after: above?.id ?? null, section: below.section } : behind(above, undefined)
}
