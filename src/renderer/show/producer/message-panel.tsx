import type { LiveState } from '#shared/live.ts'
import type { Preset } from '#shared/presets.ts'
import type { RefObject } from 'react'
import { call } from '../../api.ts'
import type { ShowCommands } from '../live/show-commands.ts'
import { MessageBox } from './message-box.tsx'
import { useMessageDraft } from './message-draft.ts'
import { MessageHistory } from './message-history.tsx'
import { MessageStatus } from './message-status.tsx'
import { Presets } from './presets.tsx'
import './message-panel.css'

interface Props {
  readonly state: LiveState
  readonly since: number
  readonly commands: ShowCommands
  readonly presets: readonly Preset[]
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly onSendPreset: (preset: Preset) => void
  readonly onError: (error: unknown) => void
}

/** Everything about messages to the host. */
export function MessagePanel({ state, since, commands, presets, field, onSendPreset, onError }: Props) {
  const { sessionId } = state
  const [draft, setDraft] = useMessageDraft(sessionId)
  const send = (): void => {
    const sent = draft
    setDraft({ ...draft, text: '' })
    call('live.message', { sessionId, ...sent }).catch((error: unknown) => {
      // What could not be sent comes back, unless something new was begun meanwhile.
      setDraft((now) => (now.text === '' ? sent : now))
      onError(error)
    })
  }
  const savePreset = (): void => {
    call('presets.create', draft).catch(onError)
  }
  return (
    <section className="message-panel">
      <MessageStatus state={state} since={since} onClear={commands.clearMessage} />
      <MessageBox {...{ state, draft, field }} onDraft={setDraft} onSend={send} onSavePreset={savePreset} />
      <Presets presets={presets} onSend={onSendPreset} onError={onError} />
      <MessageHistory state={state} />
    </section>
  )
}
