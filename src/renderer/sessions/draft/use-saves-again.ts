import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { read, subscribe } from '../../api.ts'

/** Calls when something can be saved again: the disk takes it, or Hudson answers, which it did not before. */
export function useSavesAgain(act: () => void): void {
  const isBroken = (useQuery(read('trouble.state', {})).data?.storage ?? null) !== null
  const wasBroken = useRef(false)
  useEffect(() => {
    if (wasBroken.current && !isBroken) act()
    wasBroken.current = isBroken
  }, [isBroken, act])
  useEffect(
    () => subscribe('client:desktop', (event) => event.event === 'connected' && event.connected && act()),
    [act],
  )
}
