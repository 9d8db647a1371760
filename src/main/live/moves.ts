import { AppError } from '#shared/app-error.ts'
import type { LineupItem } from '#shared/sessions.ts'
import type { Lineup } from './lineups.ts'
import { freshTimer } from './show.ts'
import type { Show } from './show.ts'
import { currentItem, itemWith } from './view.ts'
import type { View } from './view.ts'

/** How many steps back are kept. */
const keptSteps = 50

/** Puts an item on air: its card as it is now, its first picture, its clock at zero. Nothing moves if it is there already. */
export function goTo(view: View, item: LineupItem): Show {
  const { show } = view
  if (item.id === show.itemId) return show
  const history = show.itemId === null ? show.history : [...show.history, show.itemId].slice(-keptSteps)
  return { ...onAir(view, item), history }
}

/** The item that was set as next, or the one that follows; skips skipped ones. At the end nothing moves. */
export function next(view: View): Show {
  const [target] = upcoming(view, 1)
  const show = target ? goTo(view, target) : view.show
  return show.nextItemId === null ? show : { ...show, nextItemId: null }
}

export function previous(view: View): Show {
  const target = view.lineup.items.slice(0, view.before + 1).findLast((item) => !item.skip)
  return target ? goTo(view, target) : view.show
}

export function first(view: View): Show {
  const target = view.lineup.items.find((item) => !item.skip)
  return target ? goTo(view, target) : view.show
}

export function last(view: View): Show {
  const target = view.lineup.items.findLast((item) => !item.skip)
  return target ? goTo(view, target) : view.show
}

/** What was shown before, and so on; items that are gone meanwhile are passed over. */
export function back(view: View): Show {
  const { show, lineup } = view
  const at = show.history.findLastIndex((id) => id !== show.itemId && lineup.indexById.has(id))
  const target = itemWith(lineup, show.history[at] ?? null)
  return target ? { ...onAir(view, target), history: show.history.slice(0, at) } : show
}

/** What `next` leads to, and what follows that. */
export function upcoming(view: View, count: number): LineupItem[] {
  const { show, lineup } = view
  const set = show.nextItemId === show.itemId ? undefined : itemWith(lineup, show.nextItemId)
  const from = set ? (lineup.indexById.get(set.id) ?? 0) + 1 : view.after
  const found = set ? [set] : []
  for (let index = from; index < lineup.items.length && found.length < count; index += 1) {
    const item = lineup.items[index]
    if (item && !item.skip) found.push(item)
  }
  return found
}

export function setNext(view: View, item: LineupItem | null): Show {
  if (item && item.id === view.show.itemId) throw new AppError('conflict', `${item.number} is on air already.`)
  return { ...view.show, nextItemId: item?.id ?? null }
}

/** The item that a call names. Throws `not-found` with the numbers that there are. */
export function findItem(
  lineup: Lineup,
  { number, itemId }: { number?: number | undefined; itemId?: string | undefined },
): LineupItem {
  const item = itemId === undefined ? lineup.items.find((one) => one.number === number) : itemWith(lineup, itemId)
  if (item) return item
  if (itemId !== undefined) throw new AppError('not-found', 'This item is not in the line-up any more. Nothing moved.')
  throw new AppError('not-found', `No ${number} (${numberRange(lineup)}).`)
}

/** Another picture of the item on air; wraps. */
export function stepImage(show: Show, step: number): Show {
  const count = show.card?.images.length ?? 0
  if (count === 0) return show
  return { ...show, imageIndex: (((show.imageIndex + step) % count) + count) % count }
}

/** The card anew, from the line-up and the catalogue as they are now. */
export function updateHost(view: View): Show {
  const item = currentItem(view)
  if (!item) {
    throw new AppError('conflict', 'The item on air is not in the line-up any more. The host keeps what was shown.')
  }
  const card = view.cardOf(item)
  return { ...view.show, card, imageIndex: Math.max(0, Math.min(view.show.imageIndex, card.images.length - 1)) }
}

function onAir(view: View, item: LineupItem): Show {
  const { show, now } = view
  return {
    ...show,
    itemId: item.id,
    card: view.cardOf(item),
    place: view.placeOf(item.id),
    imageIndex: 0,
    page: 0,
    imageFull: false,
    nextItemId: show.nextItemId === item.id ? null : show.nextItemId,
    timer: freshTimer(now, true),
    itemStartedAt: now,
  }
}

function numberRange({ items }: Lineup): string {
  const numbers = items.map((item) => item.number)
  const low = Math.min(...numbers)
  const high = Math.max(...numbers)
  if (numbers.length === 0) return 'the line-up is empty'
  return low === high ? String(low) : `${low}–${high}`
}
