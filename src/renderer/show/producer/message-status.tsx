import type { LiveState } from '#shared/live.ts'
import { Check, Clock, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { durationText } from '../live/duration.ts'
import { acknowledgedAfter, NUDGE_MS } from '../live/message-phase.ts'
import { useNow } from '../live/use-now.ts'
import './message-status.css'

interface Props {
  readonly state: LiveState
  readonly since: number
  readonly onClear: () => void
}

/** What became of the message that stands on the host. */
export function MessageStatus({ state, since, onClear }: Props) {
  const { t } = useTranslation()
  const { monotonic } = useNow()
  const { message } = state
  if (!message) return <p className="message-status">{t('show.message.none')}</p>
  const elapsed = state.messageElapsedMs + Math.max(0, monotonic - since)
  const after = acknowledgedAfter(message)
  const late = after === null && elapsed >= NUDGE_MS
  return (
    <div className="message-status" data-late={late || undefined} data-seen={after !== null || undefined}>
      <p className="message-status-text" data-color={message.color} dir="auto">
        {message.text}
      </p>
      <p role="status" className="message-status-line">
        {after !== null ? (
          <Check aria-hidden="true" />
        ) : late ? (
          <TriangleAlert aria-hidden="true" />
        ) : (
          <Clock aria-hidden="true" />
        )}
        {after !== null
          ? t('show.message.acknowledged', { time: durationText(after) })
          : t(late ? 'show.message.late' : 'show.message.shown', { time: durationText(elapsed / 1000) })}
      </p>
      <button type="button" className="button" onClick={onClear}>
        {t('show.message.clear')} <kbd aria-hidden="true">⇧Esc</kbd>
      </button>
    </div>
  )
}
