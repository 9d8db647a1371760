import * as z from 'zod'
import { withoutSaved } from '../live/item-draft.ts'
import type { ItemDraft } from '../live/item-draft.ts'
import { useStored } from '../live/use-stored.ts'

const field = z.string().optional()
const Drafts = z.record(z.string(), z.object({ name: field, price: field, was: field, points: field, notes: field }))
type Drafts = Readonly<Record<string, ItemDraft>>

/** What was typed over items and not saved, by item: moving on leaves it where it belongs. */
export interface ItemDrafts {
  readonly all: Drafts
  of(itemId: string): ItemDraft
  set(itemId: string, draft: ItemDraft): void
  /** Takes out what was saved; what was typed over it meanwhile stays. */
  drop(itemId: string, saved: ItemDraft): void
}

const nothing: ItemDraft = {}

export function useItemDrafts(sessionId: string): ItemDrafts {
  const [all, setAll] = useStored<Drafts>(
    `hudson.edits.${sessionId}`,
    {},
    (value): value is Drafts => Drafts.safeParse(value).success,
  )
  return {
    all,
    of: (itemId) => all[itemId] ?? nothing,
    set: (itemId, draft) => setAll((before) => withDraft(before, itemId, draft)),
    drop: (itemId, saved) =>
      setAll((before) => withDraft(before, itemId, withoutSaved(before[itemId] ?? nothing, saved))),
  }
}

function withDraft(all: Drafts, itemId: string, draft: ItemDraft): Drafts {
  const { [itemId]: _before, ...others } = all
  return Object.keys(draft).length === 0 ? others : { ...others, [itemId]: draft }
}
