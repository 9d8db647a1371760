import { useEffect, useRef, useState } from 'react'

/** How long typing pauses before the address follows it. */
const PAUSE_MS = 200

/**
 * The text of a search that also stands in the address. The field holds its own text, because addresses change later than
 * keys are pressed; an address that changes by another way (back, a link) changes the field.
 */
export function useSearchText(
  inAddress: string,
  write: (text: string) => void,
): readonly [string, (text: string) => void] {
  const [text, setText] = useState(inAddress)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const known = useRef(inAddress)
  const latest = useRef(write)
  useEffect(() => {
    latest.current = write
  })
  useEffect(() => {
    if (timer.current !== null || known.current === inAddress) return
    known.current = inAddress
    setText(inAddress)
  }, [inAddress])
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
  const change = (next: string): void => {
    setText(next)
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      timer.current = null
      known.current = next
      latest.current(next)
    }, PAUSE_MS)
  }
  return [text, change]
}
