import type { Binding } from '#shared/key-table.ts'

interface Words {
  /** What the command is called. */
  readonly name: (binding: Binding) => string
  /** What a key is called, such as "Ctrl+K". */
  readonly chord: (chord: string) => string
}

/** The commands whose name has all the words that were typed, or one of whose keys is what was typed. */
export function findKeys(table: readonly Binding[], typed: string, { name, chord }: Words): readonly Binding[] {
  const search = typed.trim().toLowerCase()
  if (search === '') return table
  const words = search.split(/\s+/)
  return table.filter((binding) => {
    const title = name(binding).toLowerCase()
    // A lone letter is a key; in names it would be found everywhere.
    if (search.length > 1 && words.every((word) => title.includes(word))) return true
    return binding.keys.some((one) => {
      const shown = chord(one).toLowerCase()
      return shown === search || one.toLowerCase() === search || (search.length > 1 && shown.includes(search))
    })
  })
}
