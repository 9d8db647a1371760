import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api.ts'
import type { LineUp } from '../builder/use-line-up.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { useToasts } from '../../ui/toasts.tsx'
import { PasteReport } from './paste-report.tsx'
import { LONGEST_PASTE, usePasteReport } from './use-paste-report.ts'
import './paste.css'

interface Props {
  readonly open: boolean
  /** What was pasted onto the line-up. */
  readonly text: string
  readonly onClose: () => void
  readonly lineUp: LineUp
}

/** Takes a list of SKUs, ids or names, says at once what of it is found, and adds that. */
export function PasteDialog({ open, ...props }: Props) {
  return open ? <Paste {...props} /> : null
}

function Paste({ text: given, onClose, lineUp }: Omit<Props, 'open'>) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const [text, setText] = useState(given)
  useEffect(() => setText(given), [given])
  const sessionId = lineUp.session.id
  const report = usePasteReport(sessionId, text)
  const count = report?.found.length ?? 0
  const submit = (): void => {
    if (count === 0) return
    call('lineup.paste', { sessionId, text }).then(
      ({ added }) => {
        lineUp.selection.whenThere(added)
        toasts.done(t('sessions.added', { count: added.length }))
      },
      (error: unknown) => toasts.failed(error),
    )
    onClose()
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('sessions.pasting.title')}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" disabled={count === 0} onClick={submit}>
            {t('sessions.pasting.submit', { count })}
          </Button>
        </>
      }
    >
      <div className="paste">
        <TextArea
          label={t('sessions.pasting.label')}
          hint={t('sessions.pasting.hint')}
          placeholder={t('sessions.pasting.placeholder')}
          value={text}
          rows={14}
          spellCheck={false}
          error={text.length > LONGEST_PASTE ? t('sessions.pasting.tooLong') : undefined}
          // The dialog is opened to paste into it.
          autoFocus
          onValue={setText}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
          }}
        />
        <PasteReport report={report} />
      </div>
    </Dialog>
  )
}
