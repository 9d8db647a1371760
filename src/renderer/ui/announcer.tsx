import { createContext, use, useCallback, useState } from 'react'
import type { ReactNode } from 'react'

type Announce = (text: string, urgency?: 'polite' | 'assertive') => void

const Announcing = createContext<Announce>(() => {})

/** Says a sentence to screen readers; nothing shows on the screen. */
export function useAnnounce(): Announce {
  return use(Announcing)
}

/** The one announcer of the app: two of them talk over each other. */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState({ polite: '', assertive: '' })
  const announce = useCallback<Announce>((text, urgency = 'polite') => {
    // The same text twice is no change and would not be read; a trailing space makes it one.
    setSaid((before) => ({ ...before, [urgency]: before[urgency] === text ? `${text}\u00a0` : text }))
  }, [])
  return (
    <Announcing value={announce}>
      {children}
      <div className="visually-hidden" role="status">
        {said.polite}
      </div>
      <div className="visually-hidden" role="alert">
        {said.assertive}
      </div>
    </Announcing>
  )
}
