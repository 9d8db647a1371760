import { sameChord } from './chord.ts'
import { effectiveKeys, holdersOf, presetBinding } from './effective-keys.ts'
import type { KeySettings } from './effective-keys.ts'
import { keyTable } from './key-table.ts'
import type { Binding, KeyId } from './key-table.ts'
import { must } from './must.ts'
import { freedomOf, reservation } from './reserved-keys.ts'
import type { Reservation } from './reserved-keys.ts'

/** What giving a command these keys would mean. */
export type KeyVerdict =
  | { readonly kind: 'free' }
  | { readonly kind: 'reserved'; readonly reason: Reservation }
  /** Another command has it and cannot give it away. */
  | { readonly kind: 'kept'; readonly by: KeyId }
  | {
      readonly kind: 'taken'
      readonly by: readonly KeyId[]
      /** Whether the one that has it could take this command's key for it. */
      readonly canSwap: boolean
    }

/** A command, and the keys that it is to have. */
export interface KeyWish {
  readonly id: KeyId
  readonly keys: readonly string[]
}

/** Judges a wish before anything is changed. */
export function judgeKeys(settings: KeySettings, { id, keys }: KeyWish): KeyVerdict {
  const table = effectiveKeys(settings)
  const binding = bindingOf(table, id)
  const own = presetKeys(settings, id)
  for (const chord of keys) {
    const reason = own.includes(chord) ? null : reservation(binding, chord)
    if (reason !== null) return { kind: 'reserved', reason }
  }
  const holders = [...new Set(keys.flatMap((chord) => holdersOf(table, binding, chord)))]
  const keeper = holders.find((one) => freedomOf(one) !== 'free')
  if (keeper) return { kind: 'kept', by: keeper.id }
  if (holders.length === 0) return { kind: 'free' }
  return { kind: 'taken', by: holders.map((one) => one.id), canSwap: swapped(settings, { id, keys }) !== null }
}

/** Gives a command its keys; whoever has one of them, or would have it if nobody else had, loses it. */
export function giveKeys(settings: KeySettings, { id, keys }: KeyWish): KeySettings {
  const binding = bindingOf(keyTable, id)
  const wanted = effectiveKeys(settings).map((one) => ({ ...one, keys: settings.changed[one.id] ?? one.keys }))
  const losers = new Set(keys.flatMap((chord) => holdersOf(wanted, binding, chord)))
  const without = [...losers].reduce(
    (so, loser) =>
      noted(so, { id: loser.id, keys: loser.keys.filter((theirs) => !keys.some((one) => sameChord(theirs, one))) }),
    settings,
  )
  return noted(without, { id, keys })
}

/** The same, and the one that loses its key gets the command's first one; null where that cannot be. */
export function swapped(settings: KeySettings, { id, keys }: KeyWish): KeySettings | null {
  const table = effectiveKeys(settings)
  const binding = bindingOf(table, id)
  const freed = binding.keys.find((chord) => !keys.some((one) => sameChord(one, chord)))
  const [holder, ...others] = [...new Set(keys.flatMap((chord) => holdersOf(table, binding, chord)))]
  if (freed === undefined || holder === undefined || others.length > 0) return null
  const given = giveKeys(settings, { id, keys })
  const left = bindingOf(effectiveKeys(given), holder.id)
  const theirs = [freed, ...left.keys]
  return judgeKeys(given, { id: holder.id, keys: theirs }).kind === 'free'
    ? noted(given, { id: holder.id, keys: theirs })
    : null
}

/** The keys that a command has without changes. */
export function presetKeys({ preset }: KeySettings, id: KeyId): readonly string[] {
  return presetBinding(preset, bindingOf(keyTable, id)).keys
}

/** What equals the preset is no change. */
function noted(settings: KeySettings, { id, keys }: KeyWish): KeySettings {
  const { [id]: _before, ...others } = settings.changed
  const own = presetKeys(settings, id)
  const same = keys.length === own.length && keys.every((chord, at) => chord === own[at])
  return { ...settings, changed: same ? others : { ...others, [id]: [...keys] } }
}

function bindingOf(table: readonly Binding[], id: KeyId): Binding {
  return must(
    table.find((one) => one.id === id),
    'every command is in the table',
  )
}
