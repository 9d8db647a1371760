/**
 * Chords in one spelling: `Mod` (⌘ on macOS, Ctrl elsewhere), `Ctrl`, `Alt`, `Shift`, in that order, then the key: a capital
 * letter, another character, or a name (`ArrowDown`, `Space`, `F5`); `Digit` is any of the ten.
 */
export const chordPattern = /^(Mod\+)?(Ctrl\+)?(Alt\+)?(Shift\+)?([A-Z]|[^\sA-Za-z+]|[A-Z][A-Za-z0-9]{1,24})$/u

/** A chord, taken apart. */
export interface ChordParts {
  readonly key: string
  /** `Mod` or `Ctrl`: the same key for most people. */
  readonly control: boolean
  readonly alt: boolean
  readonly shift: boolean
}

export function chordParts(chord: string): ChordParts {
  const parts = chord.split('+')
  const key = parts.at(-1) ?? ''
  const held = new Set(parts.slice(0, -1))
  return {
    key,
    control: held.has('Mod') || held.has('Ctrl'),
    alt: held.has('Alt'),
    // It only picks the character there, and does not tell two chords apart.
    shift: held.has('Shift') && !isCharacter(key),
  }
}

/** Whether two chords cannot stand side by side: one press would be both. */
export function sameChord(a: string, b: string): boolean {
  const one = chordParts(a)
  const other = chordParts(b)
  if (one.control !== other.control || one.alt !== other.alt) return false
  // A digit alone means itself with Shift and without.
  if (isDigit(one.key) ? isDigits(other.key) : isDigit(other.key) && isDigits(one.key)) {
    return one.key === other.key || one.key === 'Digit' || other.key === 'Digit'
  }
  return one.key === other.key && one.shift === other.shift
}

/** Whether nothing but Shift is held with it. */
export function isBare({ control, alt }: ChordParts): boolean {
  return !control && !alt
}

function isCharacter(key: string): boolean {
  return key.length === 1 && !/[A-Z]/.test(key)
}

/** One digit, or all of them. */
function isDigits(key: string): boolean {
  return key === 'Digit' || isDigit(key)
}

function isDigit(key: string): boolean {
  return /^[0-9]$/.test(key)
}
