import { MessageColor } from '#shared/live.ts'
import type { LiveState } from '#shared/live.ts'
import { fillPlaceholders, messageValues } from '#shared/placeholders.ts'
import { Bookmark, SendHorizontal } from 'lucide-react'
import { useId } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageDraft } from './message-draft.ts'
import './message-box.css'

const PLACEHOLDERS = ['name', 'number', 'price', 'was', 'next', 'nextNumber', 'code'] as const
const CLEAR_AFTER = [null, 10, 30, 60, 120] as const

interface Props {
  readonly state: LiveState
  readonly draft: MessageDraft
  readonly onDraft: (draft: MessageDraft) => void
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly onSend: () => void
  readonly onSavePreset: () => void
}

/** Where a message is written. Enter sends, Shift+Enter breaks the line, Esc leaves and keeps what was typed. */
export function MessageBox({ state, draft, onDraft, field, onSend, onSavePreset }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const values = messageValues(state)
  const filled = fillPlaceholders(draft.text, values)
  const empty = draft.text.trim() === ''
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === 'Escape' && !event.shiftKey) event.currentTarget.blur()
    if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    if (!empty && !event.repeat) onSend()
  }
  const insert = (name: string): void => {
    const box = field.current
    const at = box ? [box.selectionStart, box.selectionEnd] : [draft.text.length, draft.text.length]
    onDraft({ ...draft, text: `${draft.text.slice(0, at[0])}{${name}}${draft.text.slice(at[1])}`.slice(0, 400) })
    box?.focus()
  }
  return (
    <div className="message-box">
      <label htmlFor={id}>
        {t('show.message.title')} <kbd aria-hidden="true">M</kbd>
      </label>
      <textarea
        id={id}
        className="textarea"
        ref={field}
        rows={3}
        maxLength={400}
        value={draft.text}
        spellCheck
        placeholder={t('show.message.placeholder')}
        onChange={(event) => onDraft({ ...draft, text: event.target.value })}
        onKeyDown={onKeyDown}
      />
      {filled !== draft.text && (
        <p className="message-filled" dir="auto">
          {t('show.message.hostReads')} <b>{filled}</b>
        </p>
      )}
      <div className="message-chips" role="group" aria-label={t('show.message.insert')}>
        {PLACEHOLDERS.map((name) => (
          <button
            key={name}
            type="button"
            title={values.get(name) ?? t('show.message.noValue')}
            onClick={() => insert(name)}
          >
            {`{${name}}`}
          </button>
        ))}
      </div>
      <div className="message-options">
        <ColorChoice color={draft.color} onColor={(color) => onDraft({ ...draft, color })} />
        <select
          className="input"
          aria-label={t('show.message.clearAfter')}
          value={draft.clearAfterSeconds ?? ''}
          onChange={(event) => onDraft({ ...draft, clearAfterSeconds: Number(event.target.value) || null })}
        >
          {CLEAR_AFTER.map((seconds) => (
            <option key={seconds ?? 'stays'} value={seconds ?? ''}>
              {seconds === null ? t('show.message.stays') : t('show.message.seconds', { seconds })}
            </option>
          ))}
        </select>
      </div>
      <div className="message-send">
        <button type="button" className="button" data-kind="ghost" disabled={empty} onClick={onSavePreset}>
          <Bookmark aria-hidden="true" /> {t('show.message.savePreset')}
        </button>
        <button type="button" className="button" data-kind="primary" data-size="live" disabled={empty} onClick={onSend}>
          <SendHorizontal aria-hidden="true" /> {t('show.message.send')}
        </button>
      </div>
    </div>
  )
}

interface ColorProps {
  readonly color: MessageColor
  readonly onColor: (color: MessageColor) => void
}

/** The six colours of a banner, each with its name. */
export function ColorChoice({ color, onColor }: ColorProps) {
  const { t } = useTranslation()
  const name = useId()
  return (
    <fieldset className="color-choice">
      <legend className="visually-hidden">{t('show.message.color')}</legend>
      {MessageColor.options.map((one) => (
        <label key={one} title={t(`show.color.${one}`)} data-color={one}>
          <input
            type="radio"
            name={name}
            checked={one === color}
            onChange={() => onColor(one)}
            aria-label={t(`show.color.${one}`)}
          />
        </label>
      ))}
    </fieldset>
  )
}
