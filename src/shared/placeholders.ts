import type { LiveState } from './live.ts'
import { formatCents } from './money.ts'

/** What a message may name, from what the host sees now. A value that is unknown has no entry. */
export function messageValues(state: LiveState): ReadonlyMap<string, string> {
  const { card, language } = state
  const next = state.next[0]
  const values: readonly (readonly [string, string | null | undefined])[] = [
    ['name', card?.name],
    ['number', card?.number.toString()],
    ['price', money(card?.priceCents, language)],
    ['was', card?.compareAtPriceCents === 0 ? null : money(card?.compareAtPriceCents, language)],
    ['sku', card?.sku],
    ['next', next?.name],
    ['nextNumber', next?.number.toString()],
    ['code', state.code],
    ['session', state.sessionName],
  ]
  return new Map(values.filter((entry): entry is readonly [string, string] => Boolean(entry[1])))
}

/** One pass: what a value holds is never taken for a placeholder again. One without a value stays as it was typed. */
export function fillPlaceholders(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\{([a-zA-Z]+)\}/g, (typed, name: string) => values.get(name) ?? typed)
}

function money(cents: number | null | undefined, language: string): string | null {
  return cents === null || cents === undefined ? null : formatCents(cents, language)
}
