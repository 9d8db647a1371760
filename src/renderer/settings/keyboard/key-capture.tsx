import type { KeyboardEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { chordOf } from '../../keys/chord.ts'
import { onMac } from '../../keys/platform.ts'
import { Button } from '../../ui/button.tsx'

interface Props {
  readonly button: RefObject<HTMLButtonElement | null>
  /** What screen readers call it. */
  readonly label: string
  readonly listening: boolean
  /** The element that says what was wrong with the key that was pressed. */
  readonly describedBy: string | undefined
  readonly onListen: () => void
  readonly onPress: (chord: string) => void
  readonly onOff: () => void
  readonly onLeave: () => void
}

/** The button that waits for a key. Tab and a click elsewhere leave it, as Escape does. */
export function KeyCapture({ button, label, listening, describedBy, onListen, onPress, onOff, onLeave }: Props) {
  const { t } = useTranslation()
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!listening || event.key === 'Tab') return
    // Nothing else may act on it, the app's own keys above all.
    event.preventDefault()
    event.stopPropagation()
    if (event.repeat || event.nativeEvent.isComposing || event.getModifierState('AltGraph')) return
    const bare = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey
    if (bare && event.key === 'Escape') return onLeave()
    if (bare && (event.key === 'Backspace' || event.key === 'Delete')) return onOff()
    const chord = chordOf(event.nativeEvent, onMac())
    if (chord !== null) onPress(chord)
  }
  return (
    <Button
      ref={button}
      kind={listening ? 'primary' : 'secondary'}
      className="key-capture"
      aria-label={listening ? undefined : label}
      aria-pressed={listening}
      aria-describedby={describedBy}
      onClick={() => (listening ? onLeave() : onListen())}
      onKeyDown={onKeyDown}
      onBlur={() => listening && onLeave()}
    >
      {t(listening ? 'keyboard.press' : 'keyboard.change')}
    </Button>
  )
}
