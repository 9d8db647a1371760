import type { SyncStatus } from '#shared/sync.ts'
import { useMutation } from '@tanstack/react-query'
import { call } from './api.ts'
import { useToasts } from './ui/toasts.tsx'

/** Syncing now, and pausing and resuming, for whoever has the buttons. What `now` fails with is theirs to show. */
export function useExchange({ state }: Pick<SyncStatus, 'state'>) {
  const toasts = useToasts()
  const isPaused = state === 'paused'
  const now = useMutation({ mutationFn: () => call('sync.now', {}) })
  const hold = useMutation({
    mutationFn: () => call(isPaused ? 'sync.resume' : 'sync.pause', {}),
    onError: toasts.failed,
  })
  return { isPaused, now, hold }
}
