import { useEffect, useState } from 'react'

/** The monotonic clock of the page and the time of day, both in ms. */
export interface Now {
  readonly monotonic: number
  readonly wall: number
}

const read = (): Now => ({ monotonic: performance.now(), wall: Date.now() })

/** Tells the time again and again; only what shows a clock should use it. */
export function useNow(everyMs = 250): Now {
  const [now, setNow] = useState(read)
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
