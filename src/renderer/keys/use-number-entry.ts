import { useEffect, useRef, useState } from 'react'
import { commitEntry, emptyEntry, entryTimeout, typeDigit } from './number-entry.ts'
import type { EntryStep, NumberEntry } from './number-entry.ts'

interface Options {
  readonly numbers: readonly number[]
  /** The setting: the pause, or 0 for Enter only. */
  readonly ms: number
  readonly onNumber: (number: number) => void
  /** Digits, then Shift+Enter. */
  readonly onNext?: (number: number) => void
}

/** The number buffer of a screen. */
export interface NumberBuffer {
  readonly entry: NumberEntry
  /** `held` = typed with Shift: the number waits for Enter or Shift+Enter, however clear it is. */
  digit(digit: number, held?: boolean): void
  /** Answers false where there is nothing to enter. */
  enter(as?: 'next'): boolean
  /** Answers false where there is nothing to take back. */
  cancel(): boolean
}

/** Keeps the buffer and its pause. Several digits in one frame are one after the other, none is lost. */
export function useNumberEntry(options: Options): NumberBuffer {
  const [entry, setEntry] = useState<NumberEntry>(emptyEntry)
  const current = useRef(entry)
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })

  const apply = (step: EntryStep, as?: 'next'): void => {
    current.current = step.entry
    setEntry(step.entry)
    const { onNumber, onNext } = latest.current
    if (step.commit !== null) (as === 'next' ? onNext : onNumber)?.(step.commit)
  }

  const { ms } = options
  useEffect(() => {
    const wait = entryTimeout(entry, ms)
    if (wait === null) return undefined
    const timer = setTimeout(() => {
      apply(entry.unknown === null ? commitEntry(entry, latest.current) : { entry: emptyEntry, commit: null })
    }, wait)
    return () => clearTimeout(timer)
  }, [entry, ms])

  return {
    entry,
    digit: (digit, held = false) => apply(typeDigit(current.current, digit, { ...latest.current, held })),
    enter: (as) => {
      if (current.current.digits === '') return false
      apply(commitEntry(current.current, latest.current), as)
      return true
    },
    cancel: () => {
      const shown = current.current
      if (shown.digits === '' && shown.unknown === null) return false
      apply({ entry: emptyEntry, commit: null })
      return true
    },
  }
}
