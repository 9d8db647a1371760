import { useEffect, useState } from 'react'

/** A short break of the team's network is no news to a host, in seconds. */
const TEAM_SECONDS = 5

/** For how many seconds a display may be behind: it lost the core, or the desktop that drives is out of reach. null: it is not. */
export function useStaleSeconds(connected: boolean, apartSince: string | null): number | null {
  const [seconds, setSeconds] = useState<number | null>(null)
  useEffect(() => {
    if (connected && apartSince === null) return undefined
    // By this page's own clock where the core is gone; the time that the core told counts from when it told it.
    const start = performance.now() - (connected ? Math.max(0, Date.now() - Date.parse(apartSince ?? '')) : 0)
    const count = (): void => {
      const passed = Math.round((performance.now() - start) / 1000)
      setSeconds(connected && passed < TEAM_SECONDS ? null : passed)
    }
    const timer = setInterval(count, 1000)
    return () => {
      clearInterval(timer)
      setSeconds(null)
    }
  }, [connected, apartSince])
  return seconds
}
