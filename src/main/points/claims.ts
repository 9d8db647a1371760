import type { PointFlag } from '#shared/points.ts'

/** Words that a viewer may hold the seller to. Each counts only where the product's own data does not say it too. */
const claims: readonly (readonly [PointFlag['kind'], RegExp])[] = [
  [
    'material',
    /\b(?:\d{1,2}\s?(?:k|ct|karat|carat)\b|gold|silver|sterling|platinum|brass|stainless|titanium|leather|suede|silk|satin|cotton|linen|wool|merino|cashmere|mohair|alpaca|velvet|denim|polyester|nylon|bamboo|hemp|diamonds?|pearls?|zirconia|crystals?|gemstones?|marble|porcelain|ceramic|solid wood|oak|walnut|vegan|organic|recycled)\b/gi,
  ],
  [
    'praise',
    /\b(?:best[- ]?sell(?:er|ers|ing)|most (?:popular|loved)|number one|no\.? ?1|award(?:-winning|s|ed)?|viral|customer favou?rites?|top[- ]rated|loved by|as seen (?:on|in)|celebrit(?:y|ies))\b|#1(?!\d)/gi,
  ],
  [
    'scarcity',
    /\b(?:limited(?: edition| stock| time)?|exclusive(?:ly)?|only \d+ left|last (?:chance|pieces?|ones?)|almost gone|sold out|selling (?:out|fast)|while (?:stocks?|supplies) lasts?|today only|rare)\b/gi,
  ],
  [
    'promise',
    /\b(?:guarantee[ds]?|warranty|lifetime|free (?:shipping|returns?|delivery)|money[- ]back|certified|dermatolog\w+|hypoallergenic|waterproof|water[- ]resistant|tarnish[- ]free|non[- ]toxic|cures?|heals?|clinically|anti[- ]ag(?:e?ing)|spf ?\d+|fda|hand ?made|made in \w+)\b/gi,
  ],
  [
    'number',
    /\d+(?:[.,]\d+)?\s?(?:%|percent|cm|mm|m|inch(?:es)?|in|kg|g|ml|l|oz|hours?|days?|years?)(?![a-z])|[$€£]\s?\d+(?:[.,]\d+)?/gi,
  ],
]

/** What is claimed in the text and stands nowhere in what the product's data says. */
export function unfoundedClaims(text: string, source: string): PointFlag[] {
  const said = plain(source)
  const found = new Map<string, PointFlag>()
  for (const [kind, pattern] of claims) {
    for (const [words] of text.matchAll(pattern)) {
      const key = plain(words)
      if (!said.includes(key)) found.set(key, { kind, words: words.trim() })
    }
  }
  return [...found.values()]
}

/** As it is compared: hyphens, blanks and case tell nothing apart, nor does the last "s". */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '')
    .replace(/s$/, '')
}
