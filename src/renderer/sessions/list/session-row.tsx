import type { SessionSummary } from '#shared/sessions.ts'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { dateTime } from '../../format.ts'
import { ActionContextMenu, ActionMenu } from '../../ui/action-menu.tsx'
import type { MenuAction } from '../../ui/action-menu.tsx'
import { Picture } from '../../ui/picture.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Others, useOthers } from '../../presence.tsx'
import { SyncMarks } from '../../sync-marks.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { useSessionActions } from '../use-session-actions.ts'
import { chordText, useKeyText } from '../../keys/use-key-text.ts'

interface Props {
  readonly session: SessionSummary
  readonly onRemove: (session: SessionSummary) => void
  readonly onMenu: (open: boolean) => void
}

/** One session of the list. */
export const SessionRow = memo(function SessionRow({ session, onRemove, onMenu }: Props) {
  const { t, i18n } = useTranslation()
  const actions = useRowActions(session, onRemove)
  const { id, name, brand, scheduledAt, itemCount, thumbnails, updatedAt, status } = session
  return (
    <ActionContextMenu actions={actions} onOpenChange={onMenu}>
      <li className="session-row">
        <StatusBadge status={status} />
        <div className="session-row-name">
          <Link to={`/sessions/${id}`} className="session-row-link truncate" data-session={id} title={name}>
            {name}
          </Link>
          <span className="session-row-sub quiet">
            <Others others={useOthers({ sessionId: id })} />
            <SyncMarks pending={session.pending} conflict={session.conflicts > 0} />
            <span className="truncate">{brand?.name ?? t('sessions.noBrand')}</span>
          </span>
        </div>
        <span className="session-row-thumbs" aria-hidden>
          {thumbnails.map((src, index) => (
            <Picture key={`${src}-${String(index)}`} src={src} alt="" />
          ))}
        </span>
        <span className="session-row-items tabular">{t('sessions.items', { count: itemCount })}</span>
        <span className={`session-row-time tabular ${scheduledAt === null ? 'session-row-none' : ''}`}>
          {scheduledAt === null ? (
            t('sessions.noSchedule')
          ) : (
            <time dateTime={scheduledAt}>{dateTime(scheduledAt, i18n.language)}</time>
          )}
        </span>
        <span className="session-row-changed quiet tabular">
          <RelativeTime at={updatedAt} />
        </span>
        <span className="session-row-menu">
          <ActionMenu label={t('sessions.menu', { name })} actions={actions} />
        </span>
      </li>
    </ActionContextMenu>
  )
})

function useRowActions(session: SessionSummary, onRemove: (session: SessionSummary) => void): readonly MenuAction[] {
  const { t } = useTranslation()
  const actionsOf = useSessionActions()
  const actions = actionsOf(session)
  const keyOf = useKeyText()
  return [
    { label: t('sessions.open'), onSelect: actions.open, keys: chordText('Enter') },
    { label: t('sessions.producer'), onSelect: actions.producer },
    { label: t('sessions.host'), onSelect: actions.host },
    'separator',
    { label: t('sessions.duplicate'), onSelect: actions.duplicate, keys: keyOf('duplicate') },
    { label: t(session.status === 'archived' ? 'sessions.unarchive' : 'sessions.archive'), onSelect: actions.archive },
    'separator',
    { label: t('sessions.delete'), onSelect: () => onRemove(session), keys: keyOf('remove'), danger: true },
  ]
}
