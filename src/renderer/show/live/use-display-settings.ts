import type { Settings } from '#shared/settings.ts'
import { useQuery } from '@tanstack/react-query'
import { read } from '../../api.ts'

const defaults = { numberEntry: { ms: 500 }, pushAsTyped: false } as const

/** The settings of keys. A display that was opened by a link may not read them and takes the defaults. */
export function useDisplaySettings(): Pick<Settings, 'numberEntry' | 'pushAsTyped'> {
  const settings = useQuery(read('settings.get', {}))
  return settings.data ?? defaults
}
