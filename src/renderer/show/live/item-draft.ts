import type { HostCard } from '#shared/live.ts'
import type { LineupItem, LineupPatch } from '#shared/sessions.ts'
import { parseMoney, priceText } from '../../ui/money.ts'

export const draftFields = ['name', 'price', 'was', 'points', 'notes'] as const
export type DraftField = (typeof draftFields)[number]
/** What was typed over an item and not saved yet; a field that is absent was not touched. */
export type ItemDraft = { readonly [F in DraftField]?: string }

const overrideOf = {
  name: 'name',
  price: 'priceCents',
  was: 'compareAtPriceCents',
  points: 'talkingPointsMd',
} as const

/** What the line-up says, as it stands in the fields. */
export function fieldsOf(item: LineupItem): { readonly [F in DraftField]: string } {
  return {
    name: item.name,
    price: item.priceCents === null ? '' : priceText(item.priceCents),
    was: item.compareAtPriceCents ? priceText(item.compareAtPriceCents) : '',
    points: item.talkingPointsMd,
    notes: item.notes,
  }
}

/** What the host still sees, where it differs from what the fields say. */
export function hostSees(field: DraftField, shown: string, card: HostCard): string | null {
  const now = {
    name: card.name,
    price: card.priceCents === null ? '' : priceText(card.priceCents),
    was: card.compareAtPriceCents ? priceText(card.compareAtPriceCents) : '',
    points: card.talkingPointsMd,
    notes: card.notes,
  }[field]
  return now === shown ? null : now
}

/** Whether the line-up says something else than the catalogue. Notes have no catalogue. */
export function isOverridden(field: DraftField, { overrides }: LineupItem): boolean {
  return field !== 'notes' && overrides[overrideOf[field]] !== undefined
}

/** The draft with a field typed anew; typing back what the line-up says leaves nothing to save. */
export function withField(
  draft: ItemDraft,
  { field, text, item }: { field: DraftField; text: string; item: LineupItem },
): ItemDraft {
  const { [field]: _before, ...rest } = draft
  return text === fieldsOf(item)[field] ? rest : { ...rest, [field]: text }
}

/** The draft without the fields that were saved as they stand; one that was typed on meanwhile stays. */
export function withoutSaved(draft: ItemDraft, saved: ItemDraft): ItemDraft {
  const left = Object.entries(draft).filter(([field, text]) => saved[field as DraftField] !== text)
  return Object.fromEntries(left)
}

/** Fields whose text cannot be saved. */
export function problemsOf(draft: ItemDraft): readonly DraftField[] {
  return (['price', 'was'] as const).filter((field) => {
    const text = draft[field]?.trim()
    return text !== undefined && 'problem' in parseMoney(text)
  })
}

/** What to save. An emptied name, price or text goes back to the catalogue; an emptied "was" shows none. */
export function patchOf(draft: ItemDraft): LineupPatch {
  const overrides: NonNullable<LineupPatch['overrides']> = {
    ...(draft.name !== undefined && { name: draft.name.trim() || null }),
    ...(draft.points !== undefined && { talkingPointsMd: draft.points.trim() === '' ? null : draft.points }),
    ...(draft.price !== undefined && { priceCents: centsOf(draft.price) }),
    ...(draft.was !== undefined && { compareAtPriceCents: centsOf(draft.was) ?? 0 }),
  }
  return {
    ...(Object.keys(overrides).length > 0 && { overrides }),
    ...(draft.notes !== undefined && { notes: draft.notes }),
  }
}

function centsOf(text: string): number | null {
  const typed = parseMoney(text)
  return 'cents' in typed ? typed.cents : null
}

/** Takes one override back to the catalogue. */
export function revertPatch(field: Exclude<DraftField, 'notes'>): LineupPatch {
  return { overrides: { [overrideOf[field]]: null } }
}
