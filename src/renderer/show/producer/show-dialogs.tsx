import type { LiveState } from '#shared/live.ts'
import type { SessionDetail } from '#shared/sessions.ts'
import { AlertDialog } from '@base-ui/react/alert-dialog'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { numberList, preflight } from '../live/preflight.ts'

interface Props {
  readonly open: 'live' | 'end' | null
  readonly state: LiveState
  readonly session: SessionDetail | undefined
  readonly onClose: () => void
  readonly onGoLive: () => void
  readonly onEnd: () => void
}

/** The two questions that must stop the producer: going live, and ending. Both begin at the safe answer. */
export function ShowDialogs({ open, state, session, onClose, onGoLive, onEnd }: Props) {
  const { t } = useTranslation()
  const live = state.mode === 'live'
  return (
    <>
      <Question
        open={open === 'live'}
        title={t('show.start.title', { name: state.sessionName })}
        yes={t('show.start.goLive')}
        no={t('show.start.notYet')}
        onYes={onGoLive}
        onClose={onClose}
      >
        <p>{t('show.start.meaning')}</p>
        {session && <Findings session={session} displaySeen={state.displays.length > 0} />}
      </Question>
      <Question
        open={open === 'end'}
        title={t(live ? 'show.end.titleLive' : 'show.end.titleRehearsal')}
        yes={t(live ? 'show.end.show' : 'show.end.rehearsal')}
        no={t('show.end.stay')}
        onYes={onEnd}
        onClose={onClose}
      >
        <p>{t(live ? 'show.end.meaningLive' : 'show.end.meaningRehearsal')}</p>
      </Question>
    </>
  )
}

interface QuestionProps {
  readonly open: boolean
  readonly title: string
  readonly yes: string
  readonly no: string
  readonly onYes: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

function Question({ open, title, yes, no, onYes, onClose, children }: QuestionProps) {
  const safe = useRef<HTMLButtonElement>(null)
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="show-backdrop" />
        <AlertDialog.Popup className="show-dialog" initialFocus={safe}>
          <AlertDialog.Title>{title}</AlertDialog.Title>
          <div className="show-dialog-body">{children}</div>
          <div className="show-dialog-actions">
            <AlertDialog.Close className="button" ref={safe}>
              {no}
            </AlertDialog.Close>
            <button
              type="button"
              className="button"
              data-kind="primary"
              onClick={() => {
                onYes()
                onClose()
              }}
            >
              {yes}
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

function Findings({ session, displaySeen }: { readonly session: SessionDetail; readonly displaySeen: boolean }) {
  const { t } = useTranslation()
  const findings = preflight(session, { displaySeen })
  if (findings.length === 0) {
    return (
      <p className="finding" data-good>
        <CircleCheck aria-hidden="true" /> {t('show.preflight.good', { count: session.items.length })}
      </p>
    )
  }
  return (
    <ul className="findings">
      {findings.map(({ kind, numbers }) => (
        <li key={kind} className="finding">
          <TriangleAlert aria-hidden="true" />
          <span>
            {t(`show.preflight.${kind}`, { count: numbers.length })}{' '}
            {numbers.length > 0 && <b>{numberList(numbers)}</b>}
          </span>
        </li>
      ))}
    </ul>
  )
}
