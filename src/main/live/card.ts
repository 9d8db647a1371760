import type { HostCard } from '#shared/live.ts'
import type { LineupItem } from '#shared/sessions.ts'

/** The card of an item as the line-up and the catalogue are now. */
export function cardOf(item: LineupItem, variants: readonly string[]): HostCard {
  return {
    itemId: item.id,
    productId: item.productId,
    number: item.number,
    name: item.name,
    priceCents: item.priceCents,
    compareAtPriceCents: item.compareAtPriceCents,
    talkingPointsMd: item.talkingPointsMd,
    section: item.section,
    notes: item.notes,
    sku: item.catalogue.sku,
    sizes: item.sizes,
    variants: [...variants],
    images: item.images,
  }
}

/**
 * The card with pictures that have arrived since it was taken; the same card where a picture of it is gone or was moved.
 * Downloads fill a card without a word from the producer, because nothing that the host sees is replaced by them.
 */
export function withArrivedImages(card: HostCard, fresh: HostCard): HostCard {
  if (!standsIn(card.images, fresh.images) || fresh.images.length === card.images.length) return card
  const taken = new Map(card.images.map((image) => [image.src, image]))
  return { ...card, images: fresh.images.map((image) => taken.get(image.src) ?? image) }
}

/**
 * The fresh card with the pictures that are shown, where those are all of its own and more: this desktop has not fetched all of
 * them yet. Two desktops that each put on air what they have would take turns for ever.
 */
export function withShownImages(fresh: HostCard, shown: HostCard): HostCard {
  const own = fresh.itemId === shown.itemId && standsIn(fresh.images, shown.images)
  return own ? { ...fresh, images: shown.images } : fresh
}

/** Whether all of the one stand in the other, in the same order. */
function standsIn(some: HostCard['images'], all: HostCard['images']): boolean {
  const order = all.map((image) => image.src)
  const places = some.map((image) => order.indexOf(image.src))
  return places.every((place, index) => place >= 0 && (index === 0 || place > (places[index - 1] ?? -1)))
}

/** Where the picture that was shown stands on the new card; the last one where it is gone. */
export function imageOn(card: HostCard, shown: HostCard | null, index: number): number {
  const src = shown?.images[index]?.src
  const found = card.images.findIndex((image) => image.src === src)
  return found >= 0 ? found : Math.max(0, Math.min(index, card.images.length - 1))
}
