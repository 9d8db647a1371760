import * as z from 'zod'
import { chordPattern, sameChord } from './chord.ts'
import { keyIds, keyTable, meet } from './key-table.ts'
import type { Binding, KeyId } from './key-table.ts'
import { freedomOf, reservation } from './reserved-keys.ts'

/** The ready-made sets of keys. `pavoi`: left and right move through the line-up, up and down through the pictures. */
export const KeyPreset = z.enum(['hudson', 'pavoi'])
export type KeyPreset = z.infer<typeof KeyPreset>

/** How the keys of this computer differ from the table. */
export const KeySettings = z.object({
  preset: KeyPreset,
  /** Of a command: its keys in place of the preset's. An empty list switches it off. */
  changed: z.partialRecord(z.enum(keyIds as [KeyId, ...KeyId[]]), z.array(z.string().regex(chordPattern)).max(6)),
})
export type KeySettings = z.infer<typeof KeySettings>

/** The keys as they are delivered. */
export const defaultKeys: KeySettings = { preset: 'hudson', changed: {} }

const presets: Readonly<Record<KeyPreset, { readonly [Id in KeyId]?: readonly string[] }>> = {
  hudson: {},
  pavoi: {
    next: ['ArrowRight', 'Space', 'PageDown'],
    previous: ['ArrowLeft', 'Shift+Space', 'PageUp'],
    nextImage: ['ArrowDown'],
    previousImage: ['ArrowUp'],
  },
}

/** A command as the preset has it. */
export function presetBinding(preset: KeyPreset, binding: Binding): Binding {
  return { ...binding, keys: presets[preset][binding.id] ?? binding.keys }
}

/**
 * The table that acts: the preset, and what was changed.
 *
 * 1. Never do two commands of one screen share a key, whatever the settings say: what cannot be changed keeps its keys, then
 *    what was changed takes its own, then come the others; in each, what stands first in the table.
 * 2. Never has a command a key that it may not have (`reservation`), but for those of the preset.
 */
export function effectiveKeys({ preset, changed }: KeySettings): readonly Binding[] {
  const wanted = (keyTable as readonly Binding[]).map((binding) => wantedKeys(presetBinding(preset, binding), changed))
  const kept = new Map<KeyId, Binding>()
  for (const turn of [0, 1, 2]) {
    for (const { binding, rank } of wanted) {
      if (rank !== turn) continue
      const keys = binding.keys.filter((chord, at) => {
        const twice = binding.keys.findIndex((one) => sameChord(one, chord)) < at
        return !twice && holdersOf([...kept.values()], binding, chord).length === 0
      })
      kept.set(binding.id, { ...binding, keys })
    }
  }
  return wanted.map(({ binding }) => kept.get(binding.id) ?? binding)
}

/** Who else on its screens has that key. */
export function holdersOf(table: readonly Binding[], binding: Binding, chord: string): readonly Binding[] {
  return table.filter(
    (one) => one.id !== binding.id && meet(one, binding) && one.keys.some((theirs) => sameChord(theirs, chord)),
  )
}

interface Wanted {
  readonly binding: Binding
  /** Who is asked first. */
  readonly rank: 0 | 1 | 2
}

function wantedKeys(binding: Binding, changed: KeySettings['changed']): Wanted {
  const keys = changed[binding.id]
  const freedom = freedomOf(binding)
  if (freedom === 'fixed') return { binding, rank: 0 }
  if (freedom === 'offOnly') return { binding: keys?.length === 0 ? { ...binding, keys } : binding, rank: 0 }
  if (keys === undefined) return { binding, rank: 2 }
  const allowed = keys.filter((chord) => binding.keys.includes(chord) || reservation(binding, chord) === null)
  return { binding: { ...binding, keys: allowed }, rank: 1 }
}
