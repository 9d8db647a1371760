import { chordParts, isBare } from './chord.ts'
import type { ChordParts } from './chord.ts'
import type { Binding } from './key-table.ts'

/**
 * Why a command cannot have a key: the `system` or the browser acts on it, it moves the `focus`, it takes something `back`,
 * it edits `text`, it is a `digit` of a number, or it would act in the middle of what is `typed`.
 */
export type Reservation = 'system' | 'focus' | 'back' | 'text' | 'digit' | 'typed'

/** Ctrl (⌘) with these belongs to the system, the browser or the window. */
const systemLetters = 'QWRTMHILJ'
const systemKeys = new Set(['F5', 'F11', 'ContextMenu', 'PrintScreen', 'Pause', 'ScrollLock', 'NumLock', 'Insert'])
/** Ctrl (⌘) with these edits text wherever there is some. */
const textLetters = 'ACVX'
const textKeys = /^(Arrow(Up|Down|Left|Right)|Home|End|PageUp|PageDown|Backspace|Delete|Enter|Space)$/

/** Whether a command's keys can be changed at all: those that take digits can only be switched off. */
export type Freedom = 'free' | 'offOnly' | 'fixed'

export function freedomOf({ id, keys, native }: Binding): Freedom {
  if (native || id === 'cancel') return 'fixed'
  return keys.some((chord) => chord.endsWith('Digit')) ? 'offOnly' : 'free'
}

/** Why that command cannot have that key, or null where it can. What the table itself gives it is never refused. */
export function reservation(binding: Binding, chord: string): Reservation | null {
  const parts = chordParts(chord)
  if (parts.key === 'Tab') return 'focus'
  if (parts.key === 'Escape') return 'back'
  if (isSystems(parts)) return 'system'
  if (parts.control && !parts.alt && !parts.shift && textLetters.includes(parts.key)) return 'text'
  if (parts.key === 'Digit' || (isBare(parts) && /^[0-9]$/.test(parts.key))) return 'digit'
  return binding.inFields ? inFields(parts) : null
}

function isSystems({ key, control, alt, shift }: ChordParts): boolean {
  if (systemKeys.has(key) && !(key === 'F5' && alt)) return true
  if (alt && (key === 'F4' || key === 'Space')) return true
  if (!control) return false
  if (key === 'F4' || key === 'PageUp' || key === 'PageDown') return true
  return key.length === 1 && systemLetters.includes(key) && !(shift && (key === 'H' || key === 'L'))
}

/** A command that acts while somebody types must not take what they type with. */
function inFields(parts: ChordParts): Reservation | null {
  if (/^F\d{1,2}$/.test(parts.key)) return null
  if (isBare(parts)) return 'typed'
  return textKeys.test(parts.key) && parts.key !== 'Enter' ? 'text' : null
}
