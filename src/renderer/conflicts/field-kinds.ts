const LINES: ReadonlySet<string> = new Set(['name', 'code', 'section', 'overrides.name'])
const TEXTS: ReadonlySet<string> = new Set(['notes', 'overrides.talkingPointsMd'])
const PRICES: ReadonlySet<string> = new Set(['overrides.priceCents', 'overrides.compareAtPriceCents'])

/** How a third value of a disputed field can be written; null where only one of the two sides can be taken. */
export function writableAs(name: string): 'line' | 'text' | 'price' | null {
  if (LINES.has(name)) return 'line'
  if (TEXTS.has(name)) return 'text'
  return PRICES.has(name) ? 'price' : null
}

/** Whether the words of its values can be compared one by one. */
export function isText(name: string): boolean {
  const kind = writableAs(name)
  return kind === 'line' || kind === 'text' || moreTexts.has(name)
}

const moreTexts: ReadonlySet<string> = new Set([
  'descriptionHtml',
  'talkingPointsMd',
  'text',
  'title',
  'alt',
  'message',
])
