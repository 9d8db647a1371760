import { useEffect, useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import type { KeyChange, KeyTask } from './use-key-change.ts'

interface Props {
  readonly task: Extract<KeyTask, { step: 'ask' }>
  readonly change: KeyChange
}

/** Another command has the key: who, and what can be done. The safe answer has the focus. */
export function KeyQuestion({ task, change }: Props) {
  const { t } = useTranslation()
  const safe = useRef<HTMLButtonElement>(null)
  useEffect(() => safe.current?.focus(), [])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    change.leave()
  }
  return (
    <div className="key-note key-question" role="group" aria-label={task.text} onKeyDown={onKeyDown}>
      <p className="field-error" role="alert">
        {task.text}
      </p>
      <span className="key-answers">
        <Button ref={safe} onClick={change.leave}>
          {t('keyboard.leave')}
        </Button>
        <Button onClick={change.takeOver}>{t('keyboard.takeOver')}</Button>
        {task.canSwap && <Button onClick={change.swap}>{t('keyboard.swap')}</Button>}
      </span>
    </div>
  )
}
