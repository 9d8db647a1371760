import type { LiveState } from '#shared/live.ts'
import { useEffect } from 'react'
import { pictureCache } from './picture-cache.ts'
import { picturesAhead, picturesToWarm } from './pictures-ahead.ts'

/** While jumps follow each other, decoding ahead would only take the machine from the next one. */
const SETTLED_MS = 120

/** Keeps the pictures of what may come next decoded, and those of the whole line-up fetched. Never on the way of a jump. */
export function usePicturesAhead(state: LiveState | null): void {
  const ahead = state ? picturesAhead(state).join('\n') : ''
  useEffect(() => {
    if (!ahead) return undefined
    const stop = new AbortController()
    const timer = setTimeout(() => void pictureCache.decode(ahead.split('\n'), stop.signal), SETTLED_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [ahead])

  const lineup = state?.lineup
  useEffect(() => {
    if (!state || !lineup) return undefined
    const stop = new AbortController()
    const timer = setTimeout(() => void pictureCache.warm(picturesToWarm(state), stop.signal), 300)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- begun anew when the line-up changes, not with every move in it
  }, [lineup])
}
