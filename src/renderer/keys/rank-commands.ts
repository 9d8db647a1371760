/** Something that the palette can do. */
export interface PaletteEntry {
  readonly id: string
  readonly kind: 'command' | 'session' | 'product'
  readonly label: string
  /** Also searched: a SKU, a brand. */
  readonly detail?: string
  /** Its key, where it has one. */
  readonly chord?: string
  readonly run: () => void
}

/** Entries that fit what was typed: beginnings of the label first, then of its words, then letters in order. */
export function rankEntries(entries: readonly PaletteEntry[], typed: string): readonly PaletteEntry[] {
  const query = fold(typed.trim())
  if (query === '') return entries
  const ranked = entries.flatMap((entry) => {
    const rank = rankOf(entry, query)
    return rank === null ? [] : [{ entry, rank }]
  })
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ entry }) => entry)
}

function rankOf({ label, detail = '' }: PaletteEntry, query: string): number | null {
  const name = fold(label)
  const extra = fold(detail)
  if (name === query || extra === query) return 0
  if (name.startsWith(query)) return 1
  if (name.includes(` ${query}`)) return 2
  if (extra.startsWith(query)) return 3
  if (name.includes(query)) return 4
  if (extra.includes(query)) return 5
  return query.length > 1 && inOrder(name, query) ? 6 : null
}

function inOrder(text: string, letters: string): boolean {
  let at = 0
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
