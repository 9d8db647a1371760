import type { SessionDetail } from '#shared/sessions.ts'
import { ArrowLeft, Redo2, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { ScreenHeader } from '../../frame/screen-header.tsx'
import { ActionMenu } from '../../ui/action-menu.tsx'
import type { MenuAction } from '../../ui/action-menu.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { useToasts } from '../../ui/toasts.tsx'
import { useExport } from '../file/use-export.ts'
import { useKeyText } from '../../keys/use-key-text.ts'
import { Others, useOthers } from '../../presence.tsx'
import { SyncMarks } from '../../sync-marks.tsx'
import { StatusBadge } from '../status-badge.tsx'
import type { SessionActions } from '../use-session-actions.ts'
import { NameField } from './name-field.tsx'
import type { OpenDialog } from './opened.ts'
import { useCopyPids } from './use-copy-pids.ts'
import type { SessionHistory } from './use-history.ts'
import type { LineUp } from './use-line-up.ts'

interface Props {
  readonly session: SessionDetail
  readonly history: SessionHistory
  readonly actions: SessionActions
  readonly lineUp: LineUp
  readonly open: OpenDialog
}

/** The way back, the name, undo and redo with what they would do, and the way to the show. */
export function BuilderHeader({ session, history, actions, lineUp, open }: Props) {
  const { t } = useTranslation()
  const { undoes, redoes } = history
  const keyOf = useKeyText()
  return (
    <ScreenHeader
      title={session.name}
      actions={
        <>
          <IconButton
            label={undoes === null ? t('sessions.undo') : t('sessions.undoOf', { label: undoes })}
            keys={keyOf('undo')}
            aria-disabled={undoes === null}
            onClick={() => undoes !== null && history.undo()}
          >
            <Undo2 aria-hidden />
          </IconButton>
          <IconButton
            label={redoes === null ? t('sessions.redo') : t('sessions.redoOf', { label: redoes })}
            keys={keyOf('redo')}
            aria-disabled={redoes === null}
            onClick={() => redoes !== null && history.redo()}
          >
            <Redo2 aria-hidden />
          </IconButton>
          <ActionMenu label={t('sessions.more')} actions={useMenu({ session, actions, lineUp, open })} />
          <Link className="button" data-kind="primary" to={`/sessions/${session.id}/producer`}>
            {t('sessions.producer')}
          </Link>
        </>
      }
    >
      <Link
        className="button"
        data-kind="ghost"
        data-icon=""
        to="/sessions"
        aria-label={t('sessions.back')}
        title={t('sessions.back')}
      >
        <ArrowLeft aria-hidden />
      </Link>
      <NameField session={session} edits={lineUp.edits} />
      <StatusBadge status={session.status} />
      <Others others={useOthers({ sessionId: session.id })} />
      <SyncMarks pending={session.pending} conflict={session.conflicts > 0} />
    </ScreenHeader>
  )
}

function useMenu({ session, actions, lineUp, open }: Omit<Props, 'history'>): readonly MenuAction[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const toasts = useToasts()
  const copyPids = useCopyPids()
  const exportAs = useExport(session.id)
  const keyOf = useKeyText()
  const { status, items, numbersFrozen } = session
  const failed = (error: unknown): void => toasts.failed(error)
  const next = status === 'draft' ? 'ready' : 'draft'
  const remove = async (): Promise<void> => {
    if (await actions.remove()) void navigate('/sessions')
  }
  return [
    ...(status === 'draft' || status === 'ready'
      ? [
          {
            label: t(next === 'ready' ? 'sessions.markReady' : 'sessions.markDraft'),
            onSelect: () => void lineUp.edits.saveSession({ status: next }).catch(failed),
          },
        ]
      : []),
    { label: t('sessions.host'), onSelect: actions.host },
    { label: t('sessions.writePoints'), onSelect: () => void navigate(`/points?session=${session.id}&write`) },
    { label: t('sessions.copyPids'), onSelect: () => copyPids(items), disabled: items.length === 0 },
    ...(numbersFrozen
      ? [
          {
            label: t('sessions.renumber', { count: items.length }),
            onSelect: () => void lineUp.edits.renumber().catch(failed),
            disabled: status === 'live' || items.length === 0,
          },
        ]
      : []),
    'separator',
    {
      label: t('files.runSheet.menu'),
      onSelect: () => void navigate(`/sessions/${session.id}/run-sheet`),
      keys: keyOf('print'),
    },
    { label: t('files.importFile'), onSelect: () => open({ dialog: 'import', file: null }) },
    {
      label: t('files.export.menu'),
      items: (['csv', 'xlsx'] as const).map((format) => ({
        label: t(`files.export.${format}`),
        onSelect: () => exportAs(format),
        disabled: items.length === 0,
      })),
    },
    'separator',
    { label: t('sessions.duplicate'), onSelect: actions.duplicate, keys: keyOf('duplicate') },
    { label: t(status === 'archived' ? 'sessions.unarchive' : 'sessions.archive'), onSelect: actions.archive },
    'separator',
    { label: t('sessions.delete'), onSelect: () => void remove(), danger: true },
  ]
}
