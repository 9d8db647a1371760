import type { SessionDetail } from '#shared/sessions.ts'

/** More than TikTok takes into one LIVE. */
export const MOST_ITEMS = 100

/** One thing to look at before the show; `numbers` are the items that it is about. */
export interface PreflightFinding {
  readonly kind:
    | 'empty'
    | 'noPoints'
    | 'noPrice'
    | 'noPicture'
    | 'picturesComing'
    | 'duplicate'
    | 'tooMany'
    | 'archived'
    | 'noDisplay'
  readonly numbers: readonly number[]
}

/** What a producer would want to know before going live. Nothing of it stops the show. */
export function preflight(
  { items }: Pick<SessionDetail, 'items'>,
  { displaySeen }: { readonly displaySeen: boolean },
): readonly PreflightFinding[] {
  const shown = items.filter((item) => !item.skip)
  const numbersOf = (wanted: (item: SessionDetail['items'][number]) => boolean) =>
    shown.filter(wanted).map(({ number }) => number)
  const findings: readonly PreflightFinding[] = [
    { kind: 'noPoints', numbers: numbersOf((item) => item.talkingPointsMd.trim() === '') },
    { kind: 'noPrice', numbers: numbersOf((item) => item.priceCents === null) },
    { kind: 'noPicture', numbers: numbersOf((item) => item.imageCount === 0) },
    { kind: 'picturesComing', numbers: numbersOf((item) => item.images.length < item.imageCount) },
    { kind: 'duplicate', numbers: numbersOf((item) => isDouble(item.name, shown)) },
    { kind: 'archived', numbers: numbersOf((item) => item.catalogue.status === 'archived') },
  ]
  const whole: PreflightFinding[] = []
  if (shown.length === 0) whole.push({ kind: 'empty', numbers: [] })
  if (shown.length > MOST_ITEMS) whole.push({ kind: 'tooMany', numbers: [] })
  if (!displaySeen) whole.push({ kind: 'noDisplay', numbers: [] })
  return [...whole, ...findings.filter(({ numbers }) => numbers.length > 0)]
}

function isDouble(name: string, items: SessionDetail['items']): boolean {
  return items.filter((item) => item.name === name).length > 1
}

/** Numbers as people write them: `3, 5–8 and 12` without the word. */
export function numberList(numbers: readonly number[]): string {
  const parts: { from: number; to: number }[] = []
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = parts.at(-1)
    if (last && number <= last.to + 1) last.to = number
    else parts.push({ from: number, to: number })
  }
  return parts.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join(', ')
}
