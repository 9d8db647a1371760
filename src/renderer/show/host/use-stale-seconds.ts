import { useEffect, useState } from 'react'

/** Seconds since the connection was lost; null while it stands. */
export function useStaleSeconds(connected: boolean): number | null {
  const [seconds, setSeconds] = useState<number | null>(null)
  useEffect(() => {
    if (connected) return undefined
    const lostAt = performance.now()
    const timer = setInterval(() => setSeconds(Math.round((performance.now() - lostAt) / 1000)), 1000)
    return () => {
      clearInterval(timer)
      setSeconds(null)
    }
  }, [connected])
  return seconds
}
