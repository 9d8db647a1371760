import { Lock, LockOpen } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import './guard-switch.css'

const HOLD_MS = 1000

interface Props {
  readonly on: boolean
  /** The key is being held. */
  readonly holding: boolean
  readonly onToggle: () => void
}

/** The guard against structural changes. It takes a second of holding, by key or pointer, so that no slip changes it. */
export function GuardSwitch({ on, holding, onToggle }: Props) {
  const { t } = useTranslation()
  const [pressed, setPressed] = useState(false)
  const toggle = useRef(onToggle)
  useEffect(() => {
    toggle.current = onToggle
  })
  useEffect(() => {
    if (!pressed) return undefined
    const timer = setTimeout(() => {
      setPressed(false)
      toggle.current()
    }, HOLD_MS)
    return () => clearTimeout(timer)
  }, [pressed])
  return (
    <button
      type="button"
      role="switch"
      className="button guard-switch"
      aria-checked={on}
      data-holding={holding || pressed || undefined}
      title={t('show.guard.hint')}
      onPointerDown={() => setPressed(true)}
      onPointerUp={() => setPressed(false)}
      onPointerLeave={() => setPressed(false)}
      onPointerCancel={() => setPressed(false)}
      // A click without a pointer comes from assistive technology or the keyboard: there is no slip to guard against.
      onClick={(event) => {
        if (event.detail === 0) onToggle()
      }}
    >
      {on ? <Lock aria-hidden="true" /> : <LockOpen aria-hidden="true" />}
      {t(on ? 'show.guard.on' : 'show.guard.off')}
    </button>
  )
}
