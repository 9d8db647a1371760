/** The part of a KeyboardEvent that matching needs. */
export interface Press {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

interface Chord {
  readonly key: string
  readonly ctrl: boolean
  readonly meta: boolean
  readonly alt: boolean
  readonly shift: boolean
}

/** What of a chord is held beside its key. */
export function parseChord(text: string, mac: boolean): Chord {
  const parts = text.split('+')
  const held = new Set(parts.slice(0, -1))
  return {
    key: parts.at(-1) ?? '',
    ctrl: held.has('Ctrl') || (held.has('Mod') && !mac),
    meta: held.has('Mod') && mac,
    alt: held.has('Alt'),
    shift: held.has('Shift'),
  }
}

/** The digit that the press means, on the row or the number pad, in any layout, with Shift too; null = none. */
export function digitOf(press: Press): number | null {
  if (/^[0-9]$/.test(press.key)) return Number(press.key)
  // With NumLock off the pad sends Home, End and arrows: those are not digits.
  const row = /^Digit([0-9])$/.exec(press.code)
  return row ? Number(row[1]) : null
}

/** Whether the press is that chord. Modifiers must match exactly; Shift is free only where it picks the character. */
export function matchesChord(text: string, press: Press, mac: boolean): boolean {
  const chord = parseChord(text, mac)
  if (press.ctrlKey !== chord.ctrl || press.metaKey !== chord.meta || press.altKey !== chord.alt) return false
  if (chord.key === 'Digit') return press.shiftKey === chord.shift && digitOf(press) !== null
  if (/^[0-9]$/.test(chord.key)) return digitOf(press) === Number(chord.key)
  if (/^[A-Z]$/.test(chord.key)) return press.shiftKey === chord.shift && letterOf(press) === chord.key
  if (chord.key.length === 1) return symbolOf(press) === chord.key
  return press.shiftKey === chord.shift && nameOf(press) === chord.key
}

/** Latin letters by what they type, everything else (Cyrillic, Greek, macOS Option characters) by where the key is. */
function letterOf({ key, code }: Press): string | null {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase()
  if (key.length === 1 && key.charCodeAt(0) < 128) return null
  return /^Key([A-Z])$/.exec(code)?.[1] ?? null
}

const symbolCodes: Readonly<Record<string, string>> = {
  Equal: '=',
  NumpadAdd: '=',
  Minus: '-',
  NumpadSubtract: '-',
  NumpadDecimal: '.',
  Comma: ',',
  Period: '.',
}

function symbolOf({ key, code, altKey }: Press): string | null {
  // "+" is the key that people press for "larger", with or without Shift.
  if (key === '+') return '='
  // Option on macOS types other characters (≠, –), so there the place of the key counts.
  if (altKey || key.charCodeAt(0) > 127) return symbolCodes[code] ?? key
  return code === 'NumpadDecimal' && key !== 'Delete' ? '.' : key
}

function nameOf({ key }: Press): string {
  return key === ' ' ? 'Space' : key
}

const noKeys = new Set([
  'Shift',
  'Control',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
  'Fn',
  'Dead',
  'Unidentified',
  'Process',
])

/** A press as the chord that `matchesChord` knows it by; null while only modifiers are down, and for keys of the system's own. */
export function chordOf(press: Press, mac: boolean): string | null {
  if (noKeys.has(press.key) || (press.metaKey && !mac)) return null
  const { key, character } = keyOf(press)
  const held = [
    (mac ? press.metaKey : press.ctrlKey) && 'Mod',
    mac && press.ctrlKey && 'Ctrl',
    press.altKey && 'Alt',
    // It only picks the character.
    press.shiftKey && !character && 'Shift',
  ]
  return [...held.filter((one) => one !== false), key].join('+')
}

function keyOf(press: Press): { readonly key: string; readonly character: boolean } {
  const digit = digitOf(press)
  if (digit !== null) return { key: String(digit), character: true }
  const letter = letterOf(press)
  if (letter !== null) return { key: letter, character: false }
  const name = nameOf(press)
  const symbol = symbolOf(press)
  return symbol?.length === 1 && symbol !== ' ' ? { key: symbol, character: true } : { key: name, character: false }
}
