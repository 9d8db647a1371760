import { Ban, Plus, RotateCcw } from 'lucide-react'
import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Binding } from '#shared/key-table.ts'
import { freedomOf } from '#shared/reserved-keys.ts'
import { Chord } from '../../keys/help-overlay.tsx'
import { Badge } from '../../ui/badge.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { KeyCapture } from './key-capture.tsx'
import { KeyQuestion } from './key-question.tsx'
import type { KeyChange, KeyTask } from './use-key-change.ts'

interface Props {
  readonly binding: Binding
  /** As the preset has it: whether it takes digits is told by that. */
  readonly preset: Binding
  readonly changed: boolean
  readonly change: KeyChange
}

/** One command: its keys, and the ways to change them. */
export function KeyRow({ binding, preset, changed, change }: Props) {
  const { t } = useTranslation()
  const name = t(`show.keys.${binding.id}`)
  const task = change.task?.id === binding.id ? change.task : null
  const freedom = freedomOf(preset)
  return (
    <li className="key-row" data-busy={task !== null || undefined}>
      <span className="key-name">
        {name}
        {changed && <Badge kind="info">{t('keyboard.changed')}</Badge>}
      </span>
      <span className="key-chords">
        {binding.keys.map((chord) => (
          <Chord key={chord} chord={chord} />
        ))}
        {binding.keys.length === 0 && <span className="quiet">{t('keyboard.off')}</span>}
      </span>
      {freedom === 'free' && <FreeControls {...{ binding, name, changed, change, task }} />}
      {freedom === 'offOnly' && <OffControls {...{ binding, name, change }} />}
      {freedom === 'fixed' && <span className="key-controls quiet">{t('keyboard.fixed')}</span>}
    </li>
  )
}

interface FreeProps extends Omit<Props, 'preset'> {
  readonly name: string
  readonly task: KeyTask | null
}

function FreeControls({ binding: { id, keys }, name, changed, change, task }: FreeProps) {
  const { t } = useTranslation()
  const hint = useId()
  const button = useRef<HTMLButtonElement>(null)
  const step = useRef(task?.step)
  useEffect(() => {
    // The key that was asked for goes to this button, and so does the focus of a question that was answered.
    const isDone = step.current === 'ask' && task === null
    if (isDone || (step.current !== 'press' && task?.step === 'press')) button.current?.focus()
    step.current = task?.step
  }, [task])
  const listening = task?.step === 'press'
  return (
    <>
      <span className="key-controls">
        {changed && (
          <IconButton label={t('keyboard.resetOf', { name })} onClick={() => change.reset(id)}>
            <RotateCcw aria-hidden />
          </IconButton>
        )}
        {keys.length > 0 && (
          <>
            <IconButton label={t('keyboard.offOf', { name })} onClick={() => change.switchOff(id)}>
              <Ban aria-hidden />
            </IconButton>
            <IconButton label={t('keyboard.addOf', { name })} onClick={() => change.listen(id, true)}>
              <Plus aria-hidden />
            </IconButton>
          </>
        )}
        <KeyCapture
          {...{ button, listening }}
          label={t('keyboard.changeOf', { name })}
          describedBy={listening ? hint : undefined}
          onListen={() => change.listen(id, false)}
          onPress={change.press}
          onOff={() => change.switchOff(id)}
          onLeave={change.leave}
        />
      </span>
      {listening && (
        <p id={hint} className={task.refusal === null ? 'key-note field-hint' : 'key-note field-error'}>
          {task.refusal ?? t('keyboard.pressHint')}
        </p>
      )}
      {task?.step === 'ask' && <KeyQuestion task={task} change={change} />}
    </>
  )
}

function OffControls({ binding: { id, keys }, name, change }: Omit<FreeProps, 'changed' | 'task'>) {
  const { t } = useTranslation()
  const isOff = keys.length === 0
  return (
    <span className="key-controls">
      <IconButton
        label={t(isOff ? 'keyboard.onOf' : 'keyboard.offOf', { name })}
        onClick={() => (isOff ? change.reset(id) : change.switchOff(id))}
      >
        {isOff ? <RotateCcw aria-hidden /> : <Ban aria-hidden />}
      </IconButton>
    </span>
  )
}
