import { useEffect, useState } from 'react'
import { subscribe } from '../api.ts'

/** Whether the core answers. The first moments count as connected: a start is no loss. */
export function useConnected(): boolean {
  const [connected, setConnected] = useState(true)
  useEffect(
    () =>
      subscribe('client:desktop', (event) => {
        if (event.event === 'connected') setConnected(event.connected)
      }),
    [],
  )
  return connected
}
