import { generateKeyBetween } from 'fractional-indexing'

/** A number from 0 up to, but not including, 1. */
export type Random = () => number

/** A row that stands somewhere in an order. */
export interface Keyed {
  readonly id: string
  readonly order_key: string
}

/** Keys for new places, and the rows whose keys must be written anew because there was no room between the old ones. */
export interface Placement {
  readonly keys: readonly string[]
  readonly rewritten: ReadonlyMap<string, string>
}

/** A key that grew longer than this makes its whole list take fresh ones. */
const LONGEST = 40
/**
 * Times that a random half is chosen: two desktops that insert at one place while apart rarely make the same key (1 in
 * 256), and a key grows by one to two characters with each insertion at one place.
 */
const HALVINGS = 8

/** Whether it is a well-formed key of ours. Anything else may stand in the database: other programs write there too. */
export function isOrderKey(key: string): boolean {
  if (!/^[A-Za-z][0-9A-Za-z]+$/.test(key)) return false
  try {
    generateKeyBetween(key, null)
    return true
  } catch {
    // The library's only way to say that a key is malformed.
    return false
  }
}

/**
 * `count` ascending keys between two well-formed ones, by byte order; null = no bound on that side. Jittered, so the same
 * call answers differently each time.
 */
export function keysBetween(
  before: string | null,
  after: string | null,
  { count, random }: { readonly count: number; readonly random: Random },
): string[] {
  if (count <= 0) return []
  if (after === null) return sequence(count, before, (last) => keyBetween(last, null, random))
  if (before === null) return sequence(count, after, (first) => keyBetween(null, first, random)).toReversed()
  const half = Math.floor(count / 2)
  const middle = keyBetween(before, after, random)
  return [
    ...keysBetween(before, middle, { count: half, random }),
    middle,
    ...keysBetween(middle, after, { count: count - half - 1, random }),
  ]
}

/**
 * Keys for `count` new rows before `rows[at]`. Where the neighbours leave no room (equal or malformed keys, or one that
 * would grow too long), every row takes a fresh key, in the order in which the rows are given.
 */
export function planPlaces(
  rows: readonly Keyed[],
  { at, count, random }: { readonly at: number; readonly count: number; readonly random: Random },
): Placement {
  const before = rows[at - 1]?.order_key ?? null
  const after = rows[at]?.order_key ?? null
  if (hasRoom(before, after)) {
    const keys = keysBetween(before, after, { count, random })
    if (keys.every((key) => key.length <= LONGEST)) return { keys, rewritten: new Map() }
  }
  const fresh = keysBetween(null, null, { count: rows.length + count, random })
  const left = [...fresh.slice(0, at), ...fresh.slice(at + count)]
  return {
    keys: fresh.slice(at, at + count),
    rewritten: new Map(rows.map((row, index) => [row.id, left[index] ?? row.order_key])),
  }
}

function hasRoom(before: string | null, after: string | null): boolean {
  if (before !== null && !isOrderKey(before)) return false
  if (after !== null && !isOrderKey(after)) return false
  return before === null || after === null || before < after
}

function sequence(count: number, start: string | null, next: (last: string | null) => string): string[] {
  const keys: string[] = []
  for (let last = start; keys.length < count;) {
    last = next(last)
    keys.push(last)
  }
  return keys
}

function keyBetween(before: string | null, after: string | null, random: Random): string {
  let [low, high] = bounds(before, after)
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = generateKeyBetween(low, high)
    if (random() < 0.5) high = middle
    else low = middle
  }
  return generateKeyBetween(low, high)
}

/** At an open end the next whole step is taken, and the jitter stays within it: else keys would creep. */
function bounds(before: string | null, after: string | null): [string, string] {
  if (before !== null && after !== null) return [before, after]
  if (before === null && after !== null) {
    const high = generateKeyBetween(null, after)
    return [generateKeyBetween(null, high), high]
  }
  const low = generateKeyBetween(before, null)
  return [low, generateKeyBetween(low, null)]
}
