import type { LineupPatch, SessionPatch } from '#shared/sessions.ts'
import { clip } from './naming.ts'

/** How a step of the history speaks of the items that it touched: by name where it is one, else by their count. */
export function itemsLabel(names: readonly string[], unit: 'item' | 'product' = 'item'): string {
  const [only] = names
  return names.length === 1 && only !== undefined ? quoted(only) : `${names.length} ${unit}s`
}

export function quoted(name: string): string {
  return `"${clip(name, 60)}"`
}

const overrideWords: ReadonlyMap<string, string> = new Map([
  ['name', 'the name'],
  ['talkingPointsMd', 'the points'],
  ['priceCents', 'the price'],
  ['compareAtPriceCents', 'the was price'],
])

/** What `lineup.update` did: 'Skip 3 items', 'Change the price of "Gold hoop"'. */
export function updateLabel(patch: LineupPatch, what: string): string {
  const { section, skip, notes, overrides } = patch
  const given = [section, skip, notes, overrides].filter((value) => value !== undefined)
  if (given.length !== 1) return `Change ${what}`
  if (section !== undefined)
    return section === null ? `Take ${what} out of its section` : `Move ${what} to ${quoted(section)}`
  if (skip !== undefined) return skip ? `Skip ${what}` : `Stop skipping ${what}`
  if (notes !== undefined) return `Change the notes of ${what}`
  const fields = Object.entries(overrides ?? {}).filter(([, value]) => value !== undefined)
  const [field] = fields
  if (!field || fields.length > 1) return `Change ${what}`
  return `${field[1] === null ? 'Revert' : 'Change'} ${overrideWords.get(field[0]) ?? 'a field'} of ${what}`
}

/** What `sessions.update` did. */
export function sessionLabel(patch: SessionPatch): string {
  const fields = Object.entries(patch).filter(([, value]) => value !== undefined)
  if (fields.length !== 1) return 'Change the session'
  if (patch.name !== undefined) return `Rename to ${quoted(patch.name)}`
  if (patch.status !== undefined) return patch.status === 'ready' ? 'Mark as ready' : 'Mark as draft'
  if (patch.brandId !== undefined) return 'Change the brand'
  if (patch.notes !== undefined) return 'Change the notes'
  if (patch.code !== undefined) return 'Change the code'
  return 'Change the schedule'
}
