import type { LiveState } from '#shared/live.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { read } from '../../api.ts'
import { clockText, durationText } from '../live/duration.ts'
import { acknowledgedAfter } from '../live/message-phase.ts'
import './message-history.css'

const SHOWN = 50

/** What was sent in this session. Read only while it is open, so that it is on nobody's way. */
export function MessageHistory({ state }: { readonly state: LiveState }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <details className="message-history" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('show.message.history')}</summary>
      {open && <Sent sessionId={state.sessionId} />}
    </details>
  )
}

function Sent({ sessionId }: { readonly sessionId: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(read('live.messages', { sessionId }))
  if (!data) return null
  if (data.items.length === 0) return <p className="producer-empty">{t('show.message.noHistory')}</p>
  return (
    <ol>
      {data.items.slice(0, SHOWN).map((message) => {
        const after = acknowledgedAfter(message)
        return (
          <li key={message.id} data-color={message.color}>
            <time dateTime={message.at}>{clockText(Date.parse(message.at))}</time>
            <span dir="auto">{message.text}</span>
            <em>
              {after === null ? t('show.message.notSeen') : t('show.message.seenAfter', { time: durationText(after) })}
            </em>
          </li>
        )
      })}
    </ol>
  )
}
