import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { effectiveKeys } from '#shared/effective-keys.ts'
import type { KeySettings } from '#shared/effective-keys.ts'
import { giveKeys, judgeKeys, presetKeys, swapped } from '#shared/key-changes.ts'
import type { KeyVerdict, KeyWish } from '#shared/key-changes.ts'
import type { KeyId } from '#shared/key-table.ts'
import { chordText } from '../../keys/use-key-text.ts'
import { useAnnounce } from '../../ui/announcer.tsx'

/** What is going on with one command: a key is awaited, or somebody else has the one that was pressed. */
export type KeyTask =
  | { readonly id: KeyId; readonly step: 'press'; readonly adds: boolean; readonly refusal: string | null }
  | {
      readonly id: KeyId
      readonly step: 'ask'
      readonly keys: readonly string[]
      readonly text: string
      readonly canSwap: boolean
    }

/** Changing keys, one command at a time. */
export interface KeyChange {
  readonly task: KeyTask | null
  /** Waits for a key, in place of those that the command has or beside them. */
  listen(id: KeyId, adds: boolean): void
  press(chord: string): void
  switchOff(id: KeyId): void
  reset(id: KeyId): void
  takeOver(): void
  swap(): void
  leave(): void
}

/** `onChange` stores the settings that come of it. */
export function useKeyChange(settings: KeySettings, onChange: (next: KeySettings) => void): KeyChange {
  const announce = useAnnounce()
  const words = useWords()
  const [task, setTask] = useState<KeyTask | null>(null)
  const finish = (id: KeyId, next: KeySettings): void => {
    onChange(next)
    setTask(null)
    announce(words.result(id, keysOf(next, id)))
  }
  /** Does it, or asks whose key it is to be; what stands against it is answered. */
  const wish = ({ id, keys }: KeyWish, pressed: readonly string[]): string | null => {
    const verdict = judgeKeys(settings, { id, keys })
    if (verdict.kind === 'free') finish(id, giveKeys(settings, { id, keys }))
    if (verdict.kind !== 'taken') return words.refusal(verdict, { id, keys: pressed })
    const { by, canSwap } = verdict
    setTask({ id, step: 'ask', keys, text: words.taken(pressed, by), canSwap })
    return null
  }
  return {
    task,
    listen: (id, adds) => {
      setTask({ id, step: 'press', adds, refusal: null })
      announce(words.press(id))
    },
    press: (chord) => {
      if (task?.step !== 'press') return
      const { id, adds } = task
      const keys = adds ? [...keysOf(settings, id), chord] : [chord]
      const refusal = keys.length > MOST ? words.many : wish({ id, keys }, [chord])
      if (refusal === null) return
      setTask({ ...task, refusal })
      announce(refusal, 'assertive')
    },
    switchOff: (id) => finish(id, giveKeys(settings, { id, keys: [] })),
    reset: (id) => void wish({ id, keys: presetKeys(settings, id) }, presetKeys(settings, id)),
    takeOver: () => task?.step === 'ask' && finish(task.id, giveKeys(settings, task)),
    swap: () => task?.step === 'ask' && finish(task.id, swapped(settings, task) ?? settings),
    leave: () => setTask(null),
  }
}

/** How many keys a command may have; the contract says the same. */
const MOST = 6

function keysOf(settings: KeySettings, id: KeyId): readonly string[] {
  return effectiveKeys(settings).find((one) => one.id === id)?.keys ?? []
}

/** What is said on the way. */
function useWords() {
  const { t } = useTranslation()
  const nameOf = (id: KeyId): string => t(`show.keys.${id}`)
  const list = (parts: readonly string[]): string => parts.join(t('keyboard.and'))
  const quoted = (ids: readonly KeyId[]): string => list(ids.map((id) => t('keyboard.quoted', { name: nameOf(id) })))
  const text = (keys: readonly string[]): string => list(keys.map(chordText))
  return {
    many: t('keyboard.many'),
    press: (id: KeyId) => t('keyboard.pressFor', { name: nameOf(id) }),
    taken: (keys: readonly string[], by: readonly KeyId[]) =>
      t('keyboard.taken', { keys: text(keys), names: quoted(by) }),
    result: (id: KeyId, keys: readonly string[]) =>
      keys.length === 0
        ? t('keyboard.nowOff', { name: nameOf(id) })
        : t('keyboard.now', { name: nameOf(id), keys: text(keys) }),
    refusal: (verdict: KeyVerdict, { id, keys }: KeyWish): string | null => {
      if (verdict.kind === 'kept') return t('keyboard.kept', { keys: text(keys), names: quoted([verdict.by]) })
      return verdict.kind === 'reserved'
        ? t(`keyboard.reserved.${verdict.reason}`, { keys: text(keys), name: nameOf(id) })
        : null
    },
  }
}
