import type { LiveState } from '#shared/live.ts'

type Pictured = Pick<LiveState, 'card' | 'next' | 'lineup' | 'itemId' | 'imageIndex'>

/** What to decode: the pictures of the item on air, then the next ones, then two around it. The first named come first. */
export function picturesAhead({ card, next, lineup, itemId, imageIndex }: Pictured): readonly string[] {
  const shown = card?.images ?? []
  const own = [...shown.slice(imageIndex), ...shown.slice(0, imageIndex)].map(({ src }) => src)
  const at = lineup.findIndex((item) => item.itemId === itemId)
  const around = at < 0 ? lineup.slice(0, 2) : [1, -1, 2, -2].flatMap((step) => lineup[at + step] ?? [])
  const first = (items: LiveState['lineup']) => items.flatMap(({ images }) => images[0]?.src ?? [])
  const rest = next[0]?.images.slice(1).map(({ src }) => src) ?? []
  return [...new Set([...own.slice(0, 6), ...first(next), ...first(around), ...rest])].slice(0, 16)
}

/** The first picture of every item, those that come soonest first. */
export function picturesToWarm({ lineup, itemId }: Pictured): readonly string[] {
  const at = Math.max(
    0,
    lineup.findIndex((item) => item.itemId === itemId),
  )
  return [...lineup.slice(at), ...lineup.slice(0, at)].flatMap(({ images }) => images[0]?.src ?? [])
}
