import { sameJson } from '#shared/live-patch.ts'
import { imageOn, withArrivedImages, withShownImages } from './card.ts'
import type { Show } from './show.ts'
import { currentItem } from './view.ts'
import type { View } from './view.ts'

/**
 * The show after its line-up or the catalogue changed. The card stays what it is, but for pictures that have arrived, and
 * unless edits go to the host as they are typed.
 */
export function settled(
  view: View,
  { pushAsTyped, removedFrom }: { pushAsTyped: boolean; removedFrom: string | undefined },
): Show {
  const { show } = view
  if (show.mode === 'off' || !show.card) return show
  const item = currentItem(view)
  if (!item) return removedFrom === undefined || removedFrom === show.place ? show : { ...show, place: removedFrom }
  const fresh = view.cardOf(item)
  const card = pushAsTyped ? withShownImages(fresh, show.card) : withArrivedImages(show.card, fresh)
  if (card === show.card || sameJson(card, show.card)) return show
  return { ...show, card, imageIndex: imageOn(card, show.card, show.imageIndex) }
}
