/** No call needs more; deeper input could only mean to exhaust the stack of whoever reads it. */
const MAX_DEPTH = 64

/**
 * Whether a value is what JSON can say: texts, numbers, lists and plain objects, at most 64 levels deep, and no heavier than
 * `maxWeight` (roughly the characters of its JSON). Cycles are deeper than anything, and what is shared is counted each time,
 * so that nobody can say "a list of two lists of two lists …" and have it written out. Walks with a stack of its own: it
 * cannot run out of the system's.
 */
export function isPlainData(value: unknown, maxWeight = Infinity): boolean {
  const waiting: { readonly one: unknown; readonly depth: number }[] = [{ one: value, depth: 0 }]
  let weight = 0
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { one, depth } = next
    if (typeof one === 'bigint' || typeof one === 'function' || typeof one === 'symbol') return false
    weight += typeof one === 'string' ? one.length + 1 : 1
    if (depth > MAX_DEPTH || weight > maxWeight) return false
    if (typeof one !== 'object' || one === null) continue
    if (Array.isArray(one)) {
      // A list may say that it is longer than memory; its holes would be written out.
      if (weight + one.length > maxWeight) return false
      for (const child of one) waiting.push({ one: child, depth: depth + 1 })
      continue
    }
    if (!isPlainObject(one)) return false
    for (const [key, child] of Object.entries(one)) {
      weight += key.length
      waiting.push({ one: child, depth: depth + 1 })
    }
  }
  return true
}

/** Not a date, a map, bytes or an error, wherever it was made: its prototype is the root one, or none. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
