import { useCallback, useState } from 'react'

/**
 * State that survives a reload of this window, under a name that must not change while mounted. `fits` guards against
 * what an older version left there.
 */
export function useStored<T>(
  name: string,
  empty: T,
  fits: (value: unknown) => value is T,
): [T, (next: T | ((before: T) => T)) => void] {
  const [value, setValue] = useState<T>(() => stored(name, fits) ?? empty)
  const set = useCallback(
    (next: T | ((before: T) => T)) => {
      setValue((before) => {
        const after = typeof next === 'function' ? (next as (before: T) => T)(before) : next
        sessionStorage.setItem(name, JSON.stringify(after))
        return after
      })
    },
    [name],
  )
  return [value, set]
}

function stored<T>(name: string, fits: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(name) ?? 'null')
    return fits(value) ? value : null
  } catch {
    // Nothing that we wrote; begin anew.
    return null
  }
}
