import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LineUp } from '../builder/use-line-up.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'

interface Props {
  /** What goes into the section; null while closed. */
  readonly ids: readonly string[] | null
  readonly onClose: () => void
  readonly lineUp: LineUp
}

const FORM = 'new-section'

/** Asks for the name of a section and puts the items into it. */
export function NewSectionDialog({ ids, onClose, lineUp }: Props) {
  const { t } = useTranslation()
  const put = (text: string): void => {
    if (ids === null || text.trim() === '') return
    lineUp.setSection(ids, text.trim())
    onClose()
  }
  return (
    <Dialog
      open={ids !== null}
      onClose={onClose}
      title={t('sessions.newSection.title')}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" form={FORM}>
            {t('sessions.newSection.submit')}
          </Button>
        </>
      }
    >
      <SectionName onSubmit={put} />
    </Dialog>
  )
}

function SectionName({ onSubmit }: { readonly onSubmit: (text: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  return (
    <form
      id={FORM}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit(text)
      }}
    >
      <TextField
        label={t('sessions.newSection.label')}
        value={text}
        maxLength={120}
        autoComplete="off"
        // The dialog asks for nothing else.
        autoFocus
        onValue={setText}
      />
    </form>
  )
}
