import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call } from './api.ts'

interface Opened {
  readonly sessionId?: string
  readonly productId?: string
}

/** Somebody opened a session, or a product: its pictures come before all others. What fails shows where the pictures do. */
export function usePrefetch({ sessionId, productId }: Opened): void {
  const { mutate } = useMutation({ mutationFn: (of: Opened) => call('media.prefetch', of) })
  useEffect(() => {
    if (sessionId !== undefined) mutate({ sessionId })
    if (productId !== undefined) mutate({ productId })
  }, [mutate, sessionId, productId])
}
