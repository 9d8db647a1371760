import type { Output } from '#shared/contract.ts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '../../api.ts'

/** As long as `lineup.paste` takes. */
export const LONGEST_PASTE = 200_000
const ASK_AFTER_MS = 150

/** What pasting a text would do; undefined until that is known. */
export function usePasteReport(sessionId: string, text: string): Output<'lineup.paste'> | undefined {
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), ASK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text])
  const usable = asked.trim() !== '' && asked.length <= LONGEST_PASTE
  const { data } = useQuery({
    // Under `sessions`, so that it is asked again when the line-up changes.
    queryKey: ['sessions', 'lineup.paste', sessionId, asked],
    queryFn: () => call('lineup.paste', { sessionId, text: asked, dryRun: true }),
    enabled: usable,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  return usable && text.trim() !== '' ? data : undefined
}
