import type { QueryClient } from '@tanstack/react-query'
import type { Name } from '#shared/contract.ts'

interface ShowFirst<D, T> {
  /** Every cached answer of this endpoint is changed, whatever was asked. */
  readonly name: Name
  readonly change: (data: D) => D
  readonly send: () => Promise<T>
}

/**
 * Shows a change before the core has answered. Where the core refuses it, everything is as it was, and the refusal is the caller's.
 * Either way the truth is read anew: what came meanwhile is not lost.
 */
export async function showFirst<D, T>(client: QueryClient, { name, change, send }: ShowFirst<D, T>): Promise<T> {
  const queryKey = [name.split('.')[0], name]
  // A read that is under way would bring back what was before.
  await client.cancelQueries({ queryKey })
  const before = client.getQueriesData<D>({ queryKey })
  client.setQueriesData<D>({ queryKey }, (data) => data && change(data))
  try {
    return await send()
  } catch (error) {
    for (const [key, data] of before) client.setQueryData(key, data)
    throw error
  } finally {
    void client.invalidateQueries({ queryKey })
  }
}
