import { words } from '../words/words.ts'

const names: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Digit: '0–9',
  Backspace: '⌫',
  '-': '−',
}
const macNames: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Ctrl: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↵',
}

/** The keys of a chord as they are printed on the keyboard, one per cap. */
export function keyCaps(chord: string, mac: boolean): readonly string[] {
  const caps: Readonly<Record<string, string>> = words().caps
  return chord.split('+').map((part) => {
    if (mac && macNames[part]) return macNames[part]
    if (part === 'Mod') return words().caps.Ctrl
    // "=" is printed with "+" on its key, and larger is what people look for.
    if (part === '=') return '+'
    return names[part] ?? caps[part] ?? part
  })
}
