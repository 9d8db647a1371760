/** A file that is kept for a while. `at` in ms. */
export interface KeptFile {
  readonly name: string
  readonly at: number
  readonly bytes: number
}

/** How much of a kind is kept, and for how long. */
export interface Limits {
  readonly most: number
  readonly maxAgeMs: number
  readonly maxBytes: number
}

/**
 * The names that have to go, oldest first: what is too old, then what is too many or too much. Never the one named `keep`:
 * after the clock was set back, the newest looks like the oldest.
 */
export function planPrune(
  files: readonly KeptFile[],
  { most, maxAgeMs, maxBytes, now, keep }: Limits & { readonly now: number; readonly keep?: string },
): string[] {
  const newestFirst = files.toSorted((a, b) => Number(b.name === keep) - Number(a.name === keep) || b.at - a.at)
  let bytes = 0
  let count = 0
  const gone = newestFirst.filter((file) => {
    if (file.name !== keep && now - file.at > maxAgeMs) return true
    count += 1
    bytes += file.bytes
    return file.name !== keep && (count > most || bytes > maxBytes)
  })
  return gone.map(({ name }) => name).toReversed()
}
