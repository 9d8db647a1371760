import { readPattern } from './pattern.ts'

/** Names of things end no sentence: one that a name runs over is looked for last. */
const OVER = /[.?:]["”]? (?=[\p{Lu}\d"“])/u

/**
 * Makes another language of what the core says in English. The English text is the key, as it stands in the code (its form is in
 * pattern.ts). A text of several sentences is put together from the longest runs of them that are keys. What is no key stays
 * English: a sentence in the wrong language is better than none.
 */
export function createTranslate(catalogue: Readonly<Record<string, string>>): (text: string) => string {
  const exact = new Map(Object.entries(catalogue))
  const patterns = Object.entries(catalogue)
    .flatMap(([key, to]) => readPattern(key, to) ?? [])
    .toSorted((one, other) => other.weight - one.weight)

  /** `loose`: a name may hold what looks like the end of a sentence. */
  const whole = (text: string, loose: boolean): string | undefined => {
    const known = exact.get(text)
    if (known !== undefined) return known
    for (const { mayFit, fill } of patterns) {
      if (!mayFit(text)) continue
      const filled = fill(text, translate, (name) => loose || !OVER.test(name))
      if (filled !== undefined) return filled
    }
    // A sentence that goes on elsewhere is listed without its end.
    const bare = text.endsWith('.') ? whole(text.slice(0, -1), loose) : undefined
    return bare && `${bare}.`
  }
  const translate = (text: string): string => {
    const said = whole(text, false)
    if (said !== undefined) return said
    const { known, unknown, text: joined } = bySentence(text, (one) => whole(one, false))
    if (unknown === 0) return joined
    return whole(text, true) ?? (known > 0 ? joined : (listed(text, exact) ?? text))
  }
  return translate
}

interface Joined {
  readonly text: string
  /** How many runs of sentences were keys, and how many sentences were none. */
  readonly known: number
  readonly unknown: number
}

function bySentence(text: string, whole: (text: string) => string | undefined): Joined {
  const sentences = text.split(/(?<=[.?:]["”]?) (?=[\p{Lu}\d"“])/u)
  const said: string[] = []
  let known = 0
  for (let from = 0; from < sentences.length;) {
    const run = longestRun(sentences.slice(from), whole)
    if (run) known += 1
    said.push(run?.said ?? sentences[from] ?? '')
    from += run?.length ?? 1
  }
  return { text: said.join(' '), known, unknown: said.length - known }
}

function longestRun(
  sentences: readonly string[],
  whole: (text: string) => string | undefined,
): { readonly said: string; readonly length: number } | null {
  for (let length = sentences.length; length > 0; length -= 1) {
    const said = whole(sentences.slice(0, length).join(' '))
    if (said !== undefined) return { said, length }
  }
  return null
}

/** "name, price and notes", where each of them is a key. */
function listed(text: string, exact: ReadonlyMap<string, string>): string | undefined {
  const words = text.split(/, | and /).map((word) => exact.get(word))
  if (words.length < 2 || words.includes(undefined)) return undefined
  const last = words.pop() ?? ''
  return `${words.join(', ')} und ${last}`
}
