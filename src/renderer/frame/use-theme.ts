import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { read } from '../api.ts'

/** Keeps `data-theme` on the page: what the person chose, or else what the system says, also when that changes. */
export function useTheme(): void {
  const { data } = useQuery(read('settings.get', {}))
  const chosen = data?.theme ?? 'system'
  useEffect(() => {
    const light = window.matchMedia('(prefers-color-scheme: light)')
    const apply = (): void => {
      const system = light.matches ? 'light' : 'dark'
      document.documentElement.dataset['theme'] = chosen === 'system' ? system : chosen
    }
    apply()
    light.addEventListener('change', apply)
    return () => light.removeEventListener('change', apply)
  }, [chosen])
}
