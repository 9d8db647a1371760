import type { LineupItem } from '#shared/sessions.ts'

/** One line of the list: an item, or the heading above those that follow. */
export type LineRow =
  | { readonly kind: 'item'; readonly key: string; readonly item: LineupItem }
  | {
      readonly kind: 'section'
      readonly key: string
      /** Null above items without a section that follow a section. */
      readonly title: string | null
      readonly itemIds: readonly string[]
    }

/** The lines of a line-up. Neighbours with the same section stand under one heading. */
export function lineRows(items: readonly LineupItem[]): readonly LineRow[] {
  const rows: LineRow[] = []
  let before: string | null = null
  items.forEach((item, index) => {
    if (item.section !== before) {
      const end = items.findIndex((one, at) => at > index && one.section !== item.section)
      const itemIds = items.slice(index, end < 0 ? undefined : end).map(({ id }) => id)
      rows.push({ kind: 'section', key: `section-${item.id}`, title: item.section, itemIds })
    }
    before = item.section
    rows.push({ kind: 'item', key: item.id, item })
  })
  return rows
}

/** The sections in use, each once, in order. */
export function sectionsOf(items: readonly LineupItem[]): readonly string[] {
  return [...new Set(items.map(({ section }) => section))].filter((section) => section !== null)
}
