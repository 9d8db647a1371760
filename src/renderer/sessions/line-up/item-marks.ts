import type { LineupItem } from '#shared/sessions.ts'

/** What stands out about an item, worst first. */
export type ItemMark = 'archived' | 'noPrice' | 'noPoints' | 'noPicture' | 'override'

export function marksOf(item: LineupItem): readonly ItemMark[] {
  const marks: readonly [ItemMark, boolean][] = [
    ['archived', item.catalogue.status === 'archived'],
    ['noPrice', item.priceCents === null],
    ['noPoints', item.talkingPointsMd.trim() === ''],
    ['noPicture', item.imageCount === 0],
    ['override', Object.keys(item.overrides).length > 0],
  ]
  return marks.filter(([, is]) => is).map(([mark]) => mark)
}
