import type { LineupItem } from '#shared/sessions.ts'
import type { MoveTarget } from '../move-plan.ts'

/**
 * Puts items into a section: at the end of it where it is there already, so that it stays under one heading; otherwise
 * together, where the first of them stands.
 */
export function planSection(
  items: readonly Pick<LineupItem, 'id' | 'section'>[],
  ids: readonly string[],
  section: string | null,
): MoveTarget | null {
  const first = items.findIndex(({ id }) => ids.includes(id))
  if (first < 0) return null
  const staying = items.filter(({ id }) => !ids.includes(id))
  const last = section === null ? undefined : staying.findLast((item) => item.section === section)
  if (last) return { after: last.id, section }
  return { after: items.slice(0, first).findLast(({ id }) => !ids.includes(id))?.id ?? null, section }
}
