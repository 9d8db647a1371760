/** A picture's file on this machine, as far as it matters for whether it stays. Times are ISO 8601. */
export interface HeldFile {
  readonly name: string
  readonly bytes: number
  /** When a page last loaded it; null = never. */
  readonly usedAt: string | null
  readonly fetchedAt: string
  /** Whether it is the first picture of a product, which lists show. */
  readonly isPrimary: boolean
  /** It cannot be fetched again, or something needs it soon: it stays. */
  readonly isKept: boolean
}

export interface EvictionLimits {
  readonly capBytes: number
  /** What was neither used nor fetched since then goes. */
  readonly before: string
}

/**
 * The names of the files that go.
 *
 * 1. Never one that is kept.
 * 2. What nobody looked at since `before`, whatever room there is.
 * 3. Then, while the rest takes more than the cap, what was never used before what was used, further pictures before first ones,
 *    and the longest untouched first; no more than it takes.
 */
export function planEviction(files: readonly HeldFile[], { capBytes, before }: EvictionLimits): readonly string[] {
  const free = files.filter(({ isKept }) => !isKept)
  const old = free.filter((file) => touchedAt(file) < before)
  const gone = new Set(old.map(({ name }) => name))
  const isHere = ({ name }: HeldFile): boolean => !gone.has(name)
  let bytes = files.filter(isHere).reduce((sum, file) => sum + file.bytes, 0)
  for (const file of free.filter(isHere).toSorted(byWorth)) {
    if (bytes <= capBytes) break
    gone.add(file.name)
    bytes -= file.bytes
  }
  return [...gone]
}

function touchedAt({ usedAt, fetchedAt }: HeldFile): string {
  return usedAt !== null && usedAt > fetchedAt ? usedAt : fetchedAt
}

/** What is missed least comes first. */
function byWorth(a: HeldFile, b: HeldFile): number {
  const used = Number(a.usedAt !== null) - Number(b.usedAt !== null)
  if (used !== 0) return used
  const primary = Number(a.isPrimary) - Number(b.isPrimary)
  if (a.usedAt === null && primary !== 0) return primary
  const at = touchedAt(a) < touchedAt(b) ? -1 : touchedAt(a) > touchedAt(b) ? 1 : 0
  return at !== 0 ? at : a.name < b.name ? -1 : 1
}
