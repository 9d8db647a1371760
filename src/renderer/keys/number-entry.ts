/** What the number buffer shows. */
export interface NumberEntry {
  /** What was typed so far; '' = the buffer is empty. */
  readonly digits: string
  /** A number that is not in the line-up; it stays to be read and moves nothing. */
  readonly unknown: number | null
  /** A digit was typed with Shift: only a key ends the number, neither the last digit nor the pause does. */
  readonly held?: boolean
}

/** `numbers` are the line-up's real ones; `ms` is the setting (0 = only Enter). */
export interface EntryRules {
  readonly numbers: readonly number[]
  readonly ms: number
  /** Shift is down. */
  readonly held?: boolean
}

/** What a key or the pause did to the buffer; `commit` is the number to act on, if any. */
export interface EntryStep {
  readonly entry: NumberEntry
  readonly commit: number | null
}

export const emptyEntry: NumberEntry = { digits: '', unknown: null }
/** How long "No 87 (1–47)" stays. */
export const UNKNOWN_MS = 1500
const MAX_DIGITS = 6

/** A digit. Commits at once when no longer number begins with what was typed, unless only a key may commit. */
export function typeDigit(entry: NumberEntry, digit: number, rules: EntryRules): EntryStep {
  const digits = `${entry.digits}${digit}`.replace(/^0+(?=.)/, '').slice(0, MAX_DIGITS)
  const held = entry.held ?? rules.held ?? false
  const typed: EntryStep = { entry: { digits, unknown: null, ...(held && { held }) }, commit: null }
  if (rules.ms === 0 || held) return typed
  const longer = rules.numbers.some((number) => beginsWith(number, digits))
  return longer ? typed : commitEntry(typed.entry, rules)
}

/** Enter, or the pause. */
export function commitEntry(entry: NumberEntry, rules: Pick<EntryRules, 'numbers'>): EntryStep {
  if (entry.digits === '') return { entry, commit: null }
  const number = Number(entry.digits)
  if (rules.numbers.includes(number)) return { entry: emptyEntry, commit: number }
  return { entry: { digits: '', unknown: number }, commit: null }
}

/** How long until the buffer acts by itself: the pause, or the end of the notice. Null = it waits for a key. */
export function entryTimeout(entry: NumberEntry, ms: number): number | null {
  if (entry.unknown !== null) return UNKNOWN_MS
  return entry.digits === '' || entry.held || ms === 0 ? null : ms
}

/** The lowest and highest number of the line-up, for the notice. */
export function numberRange(numbers: readonly number[]): { readonly from: number; readonly to: number } | null {
  return numbers.length === 0 ? null : { from: Math.min(...numbers), to: Math.max(...numbers) }
}

function beginsWith(number: number, digits: string): boolean {
  const text = String(number)
  return text.length > digits.length && text.startsWith(digits)
}
