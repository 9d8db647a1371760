import { useEffect, useState } from 'react'

/** Whether the pointer rested for so long that it should not be seen. */
export function useIdleCursor(afterMs = 2000): boolean {
  const [idle, setIdle] = useState(false)
  useEffect(() => {
    const wait = { timer: setTimeout(() => setIdle(true), afterMs) }
    const wake = (): void => {
      clearTimeout(wait.timer)
      setIdle(false)
      wait.timer = setTimeout(() => setIdle(true), afterMs)
    }
    window.addEventListener('pointermove', wake)
    return () => {
      clearTimeout(wait.timer)
      window.removeEventListener('pointermove', wake)
    }
  }, [afterMs])
  return idle
}
