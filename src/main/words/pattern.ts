/**
 * The form of a text with holes:
 *
 * - `{name}` is filled in and stays as it is; names of counts take figures only.
 * - `{...what}` is a part that the core said as well: it is translated in turn.
 * - `(was|were)` are words that the other language has no use for.
 */
export interface Pattern {
  /** How much of it is said in so many words: of two that fit, the one with more is meant. */
  readonly weight: number
  /** A quick look, before a thorough one. */
  readonly mayFit: (text: string) => boolean
  readonly fill: (
    text: string,
    translate: (text: string) => string,
    mayBeName: (text: string) => boolean,
  ) => string | undefined
}

const HOLE = /\{(?:\.\.\.)?\w+\}|\(\w+(?:\|\w+)+\)/g
const figures: ReadonlySet<string> = new Set([
  'count',
  'failed',
  'gone',
  'height',
  'known',
  'least',
  'line',
  'minutes',
  'most',
  'ms',
  'number',
  'ready',
  'seconds',
  'size',
  'status',
  'tries',
  'waiting',
  'wanted',
  'width',
])

/** Null where the key has no holes. */
export function readPattern(key: string, to: string): Pattern | null {
  const holes = key.match(HOLE)
  if (!holes) return null
  const fixed = key.split(HOLE)
  const longest = fixed.toSorted((one, other) => other.length - one.length)[0] ?? ''
  const start = fixed[0] ?? ''
  const compiled: { regexp?: RegExp } = {}
  const isSaid = new Set(holes.filter((hole) => hole.startsWith('{...')).map(nameOf))
  return {
    weight: fixed.join('').length,
    mayFit: (text) => text.startsWith(start) && text.includes(longest),
    fill: (text, translate, mayBeName) => {
      const found = (compiled.regexp ??= regexpOf(fixed, holes)).exec(text)?.groups
      if (!found) return undefined
      if (!Object.entries(found).every(([name, value]) => isSaid.has(name) || mayBeName(value))) return undefined
      const filled = to.replaceAll(/\{(\w+)\}/g, (_hole, name: string) => {
        const value = found[name] ?? ''
        if (figures.has(name)) return inGerman(value)
        return isSaid.has(name) ? translate(value) : value
      })
      // What stood within the English sentence may begin the other one.
      return to.startsWith('{') && /^\p{Lu}/u.test(text) ? filled.charAt(0).toUpperCase() + filled.slice(1) : filled
    },
  }
}

function regexpOf(fixed: readonly string[], holes: readonly string[]): RegExp {
  const seen = new Set<string>()
  const source = fixed.map((part, at) => `${literally(part)}${holeSource(holes[at], seen)}`).join('')
  return new RegExp(`^${source}$`, 'su')
}

function holeSource(hole: string | undefined, seen: Set<string>): string {
  if (hole === undefined) return ''
  if (hole.startsWith('(')) return `(?:${hole.slice(1, -1)})`
  const name = nameOf(hole)
  if (seen.has(name)) return String.raw`\k<${name}>`
  seen.add(name)
  return figures.has(name) ? String.raw`(?<${name}>\d[\d.,]*)` : `(?<${name}>.+?)`
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}

/** 1,234.5 as 1.234,5. */
function inGerman(figure: string): string {
  return figure.replaceAll(/[.,]/g, (mark) => (mark === '.' ? ',' : '.'))
}

function nameOf(hole: string): string {
  return hole.replaceAll(/[{}.]/g, '')
}
