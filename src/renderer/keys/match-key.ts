import { digitOf, matchesChord } from './chord.ts'
import type { Press } from './chord.ts'
import type { Binding } from '#shared/key-table.ts'

/** What the press lands on. */
export type KeyTarget =
  | 'page'
  /** A text field, a select, an editable: its keys are its own. */
  | 'field'
  /** A button, link or switch: Space and Enter act on it. */
  | 'button'
  /** An open dialog or menu: everything is its own. */
  | 'dialog'

/** A press, with all that decides whether a key acts. */
export interface KeyMoment extends Press {
  readonly repeat: boolean
  /** An input method is composing. */
  readonly composing: boolean
  /** AltGr types characters; browsers report it as Ctrl+Alt. */
  readonly altGraph: boolean
  readonly target: KeyTarget
}

export interface KeyRules {
  readonly mac: boolean
  /** Whether keys without a modifier act. */
  readonly singleKeys: boolean
}

export interface KeyMatch {
  readonly binding: Binding
  readonly chord: string
  readonly digit: number | null
  /** It is the binding's key, held down; what acts is the first press only, but the browser must not act either. */
  readonly swallowed: boolean
}

/** The binding that the press means, or null where it is not ours. */
export function matchKey(bindings: readonly Binding[], press: KeyMoment, rules: KeyRules): KeyMatch | null {
  if (press.composing || press.altGraph || press.target === 'dialog') return null
  if (press.target === 'button' && actsOnButton(press)) return null
  for (const binding of bindings) {
    if (binding.native) continue
    const chord = binding.keys.find((one) => matchesChord(one, press, rules.mac))
    if (chord === undefined) continue
    if (press.target === 'field' && !binding.inFields) return null
    if (!rules.singleKeys && isSingleKey(chord)) return null
    return { binding, chord, digit: digitOf(press), swallowed: press.repeat && !binding.repeat }
  }
  return null
}

function actsOnButton(press: Press): boolean {
  return (press.key === ' ' || press.key === 'Enter') && !press.ctrlKey && !press.metaKey && !press.altKey
}

/** Keys that WCAG 2.1.4 wants to be switchable. Escape only ever takes something back, so it always acts. */
export function isSingleKey(chord: string): boolean {
  return !/Mod\+|Ctrl\+|Alt\+/.test(chord) && !chord.endsWith('Escape')
}
