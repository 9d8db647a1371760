import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { defaultKeys, effectiveKeys } from '#shared/effective-keys.ts'
import type { Binding } from '#shared/key-table.ts'
import { read } from '../api.ts'

/** The keys as this computer has set them. A display that was opened by a link may not read that and has the default ones. */
export function useKeyTable(): { readonly table: readonly Binding[]; readonly singleKeys: boolean } {
  const { data } = useQuery(read('settings.get', {}))
  const keys = data?.keys ?? defaultKeys
  const table = useMemo(() => effectiveKeys(keys), [keys])
  return { table, singleKeys: data?.singleKeys ?? true }
}
