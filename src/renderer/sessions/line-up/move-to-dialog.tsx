import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LineUp } from '../builder/use-line-up.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { placeOfNumber } from './place-of-number.ts'

interface Props {
  /** What moves; null while closed. */
  readonly ids: readonly string[] | null
  readonly onClose: () => void
  readonly lineUp: LineUp
}

const FORM = 'move-to'

/** Asks for a number and moves the items there. */
export function MoveToDialog({ ids, onClose, lineUp }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      open={ids !== null}
      onClose={onClose}
      title={t('sessions.moveTo.title')}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" form={FORM}>
            {t('sessions.moveTo.submit')}
          </Button>
        </>
      }
    >
      {ids !== null && <MoveTo {...{ ids, onClose, lineUp }} />}
    </Dialog>
  )
}

function MoveTo({ ids, onClose, lineUp }: Props & { readonly ids: readonly string[] }) {
  const { t } = useTranslation()
  const { items, session } = lineUp
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const name = items.find(({ id }) => id === ids[0])?.name ?? ''
  const submit = (): void => {
    const number = /^\s*#?(\d{1,6})\s*$/.exec(text)?.[1]
    if (number === undefined || Number(number) < 1) {
      setProblem(t('sessions.moveTo.wrong', { count: items.length }))
      return
    }
    const place = placeOfNumber(items, Number(number), session.numbersFrozen)
    if (place === null) {
      setProblem(t('sessions.moveTo.unknown', { number }))
      return
    }
    lineUp.place(ids, place)
    onClose()
  }
  return (
    <form
      id={FORM}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <TextField
        label={ids.length === 1 ? t('sessions.moveTo.one', { name }) : t('sessions.moveTo.many', { count: ids.length })}
        hint={t('sessions.moveTo.hint', { count: items.length })}
        inputMode="numeric"
        // The dialog asks for nothing else.
        autoFocus
        autoComplete="off"
        value={text}
        error={problem}
        onValue={(next) => {
          setText(next)
          setProblem(undefined)
        }}
      />
    </form>
  )
}
