import type { LiveState } from '#shared/live.ts'
import type { SessionDetail } from '#shared/sessions.ts'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { numberList, preflight } from '../live/preflight.ts'
import './show-dialogs.css'

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
      <ConfirmDialog
        open={open === 'live'}
        title={t('show.start.title', { name: state.sessionName })}
        confirm={t('show.start.goLive')}
        cancel={t('show.start.notYet')}
        onConfirm={onGoLive}
        onClose={onClose}
      >
        <p>{t('show.start.meaning')}</p>
        {session && <Findings session={session} displaySeen={state.displays.length > 0} />}
      </ConfirmDialog>
      <ConfirmDialog
        open={open === 'end'}
        title={t(live ? 'show.end.titleLive' : 'show.end.titleRehearsal')}
        confirm={t(live ? 'show.end.show' : 'show.end.rehearsal')}
        cancel={t('show.end.stay')}
        onConfirm={onEnd}
        onClose={onClose}
      >
        <p>{t(live ? 'show.end.meaningLive' : 'show.end.meaningRehearsal')}</p>
      </ConfirmDialog>
    </>
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
