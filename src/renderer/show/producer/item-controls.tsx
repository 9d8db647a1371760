import type { LiveState } from '#shared/live.ts'
import { ChevronDown, ChevronUp, EyeOff, ImageUp, Images, Maximize, StickyNote, TextQuote, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeyText } from '../../keys/use-key-text.ts'
import type { ShowCommands } from '../live/show-commands.ts'
import './item-controls.css'

interface Props {
  readonly state: LiveState
  readonly commands: ShowCommands
}

/** The buttons for what the keys do. */
export function ItemControls({ state, commands }: Props) {
  const { t } = useTranslation()
  const keyOf = useKeyText()
  const off = state.mode === 'off'
  const pictures = state.card?.images.length ?? 0
  return (
    <div className="item-controls" role="group" aria-label={t('show.controls.title')}>
      <Control
        label={t('show.controls.previous')}
        keys={keyOf('previous')}
        disabled={off}
        large
        onClick={commands.previous}
      >
        <ChevronUp aria-hidden="true" />
      </Control>
      <Control
        label={t('show.controls.next')}
        keys={keyOf('next')}
        disabled={off}
        large
        primary
        onClick={commands.next}
      >
        <ChevronDown aria-hidden="true" />
      </Control>
      <Control label={t('show.controls.back')} keys={keyOf('back')} disabled={off} onClick={commands.back}>
        <Undo2 aria-hidden="true" />
      </Control>
      <Control
        label={t('show.controls.image')}
        keys={keyOf('nextImage')}
        disabled={off || pictures < 2}
        onClick={() => commands.image(1)}
      >
        <Images aria-hidden="true" />
      </Control>
      <Control
        label={t('show.controls.fullImage')}
        keys={keyOf('fullImage')}
        on={state.imageFull}
        disabled={off || pictures === 0}
        onClick={() => commands.fullImage()}
      >
        <Maximize aria-hidden="true" />
      </Control>
      <Control label={t('show.controls.page')} keys={keyOf('turnPage')} disabled={off} onClick={() => commands.page(1)}>
        <TextQuote aria-hidden="true" />
      </Control>
      <Control label={t('show.controls.notes')} keys={keyOf('notes')} on={state.notesShown} onClick={commands.notes}>
        <StickyNote aria-hidden="true" />
      </Control>
      <Control label={t('show.controls.blank')} keys={keyOf('blank')} on={state.blank} onClick={commands.blank}>
        {state.blank ? <ImageUp aria-hidden="true" /> : <EyeOff aria-hidden="true" />}
      </Control>
    </div>
  )
}

interface ControlProps {
  readonly label: string
  readonly keys: string | undefined
  /** For what is on or off; absent for what just happens. */
  readonly on?: boolean
  readonly disabled?: boolean
  readonly large?: boolean
  readonly primary?: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

function Control({ label, keys, on, disabled, large, primary, onClick, children }: ControlProps) {
  return (
    <button
      type="button"
      className="control"
      data-large={large || undefined}
      data-primary={primary || undefined}
      aria-pressed={on}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
      <span>{label}</span>
      {keys !== undefined && <kbd aria-hidden="true">{keys}</kbd>}
    </button>
  )
}
