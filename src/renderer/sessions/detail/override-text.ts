import type { LineupItem, LineupPatch } from '#shared/sessions.ts'
import { parseMoney, priceText } from '../../ui/money.ts'

/** The fields that a line-up may say otherwise than the catalogue. */
export type OverrideField = 'name' | 'priceCents' | 'compareAtPriceCents' | 'talkingPointsMd'

/** What the field of an override shows: the value of the line-up. A "was" of 0 means that none is shown. */
export function overrideText(item: LineupItem, field: OverrideField): string {
  return textOf(item[field], field)
}

export function catalogueText(item: LineupItem, field: OverrideField): string {
  return textOf(item.catalogue[field], field)
}

function textOf(value: string | number | null, field: OverrideField): string {
  if (typeof value !== 'number') return value ?? ''
  return field === 'compareAtPriceCents' && value === 0 ? '' : priceText(value)
}

/** The patch that makes the line-up say this. What the catalogue says is no override; nor is an empty name or price. */
export function overridePatch(item: LineupItem, field: OverrideField, text: string): LineupPatch {
  const { catalogue } = item
  if (field === 'talkingPointsMd') return { overrides: { [field]: text === catalogue.talkingPointsMd ? null : text } }
  if (field === 'name') {
    const name = text.trim()
    return { overrides: { name: name === '' || name === catalogue.name ? null : name } }
  }
  const money = parseMoney(text)
  const cents = 'cents' in money ? money.cents : null
  if (field === 'priceCents') return { overrides: { priceCents: cents === catalogue.priceCents ? null : cents } }
  // An empty "was" hides the one of the catalogue.
  const was = cents ?? (catalogue.compareAtPriceCents ? 0 : null)
  return { overrides: { compareAtPriceCents: was === catalogue.compareAtPriceCents ? null : was } }
}
