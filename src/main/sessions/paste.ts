import type { Output } from '#shared/contract.ts'
import { pasteEntries, piecesOf, readingsOf } from './paste-entries.ts'
import type { Match, Matcher } from './product-match.ts'

/** What a pasted text means for a line-up, before anything is written. The three lists share no entry. */
export type PastePlan = Omit<Output<'lineup.paste'>, 'added'>

/**
 * Reads a pasted text, in its order. An entry that matches nothing as a whole is tried again split at spaces; where none
 * of its pieces matches either, it is missing as a whole. `present` are the products that are in the line-up already.
 */
export function planPaste(text: string, match: Matcher, present: ReadonlySet<string>): PastePlan {
  const plan = { missing: [] as string[], duplicates: [] as string[], found: [] as PastePlan['found'] }
  const taken = new Set(present)
  for (const [entry, product] of readings(text, match)) {
    if (!product) plan.missing.push(entry)
    else if (taken.has(product.productId)) plan.duplicates.push(entry)
    else {
      taken.add(product.productId)
      plan.found.push({ text: entry, ...product })
    }
  }
  return plan
}

function readings(text: string, match: Matcher): (readonly [string, Match | undefined])[] {
  return pasteEntries(text).flatMap((entry) => {
    const whole = matchEntry(entry, match)
    if (whole) return [[entry, whole] as const]
    const pieces = piecesOf(entry).map((piece) => [piece, matchEntry(piece, match)] as const)
    return pieces.some(([, product]) => product) ? pieces : [[entry, undefined] as const]
  })
}

function matchEntry(entry: string, match: Matcher): Match | undefined {
  for (const reading of readingsOf(entry)) {
    const product = match(reading)
    if (product) return product
  }
  return undefined
}
