import type { Conflict } from '#shared/conflicts.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { groupConflicts } from './group-conflicts.ts'
import type { ConflictGroup } from './group-conflicts.ts'
import { deviceOf } from './side-words.ts'

interface InboxProps {
  readonly items: readonly Conflict[]
  /** Of all, also those that are not listed. */
  readonly total: number
  readonly onDecide: (id: string) => void
}

/** What waits for a decision, by session. */
export function Inbox({ items, total, onDecide }: InboxProps) {
  const { t } = useTranslation()
  return (
    <>
      {groupConflicts(items).map((group) => (
        <Group key={group.sessionId ?? ''} group={group} onDecide={onDecide} />
      ))}
      {total > items.length && <p className="quiet">{t('conflicts.more', { count: items.length })}</p>}
    </>
  )
}

function Group({ group, onDecide }: { readonly group: ConflictGroup; readonly onDecide: (id: string) => void }) {
  const { t } = useTranslation()
  const id = useId()
  const { sessionId, name, conflicts } = group
  const named = name ?? t(sessionId === null ? 'conflicts.catalogue' : 'conflicts.deletedSession')
  const isThere = conflicts.some(({ sessionName }) => sessionName !== null)
  return (
    <section className="conflict-group" aria-labelledby={id}>
      <h2 id={id}>
        {sessionId !== null && isThere ? (
          <Link to={`/sessions/${sessionId}`} title={t('conflicts.openSession')}>
            {named}
          </Link>
        ) : (
          named
        )}
      </h2>
      <ul className="conflict-rows">
        {conflicts.map((conflict) => (
          <ConflictRow key={conflict.id} conflict={conflict} onDecide={onDecide} />
        ))}
      </ul>
    </section>
  )
}

const shapes = { field: '≠', delete: '✕', order: '↕', live: '●' } as const

function ConflictRow({ conflict, onDecide }: { readonly conflict: Conflict; readonly onDecide: (id: string) => void }) {
  const { t } = useTranslation()
  const { id, kind, title, text, openedAt } = conflict
  return (
    <li className="conflict-row">
      <Badge kind="warn" shape={shapes[kind]}>
        {t(`conflicts.kinds.${kind}`)}
      </Badge>
      <div className="conflict-row-text">
        <h3>{title}</h3>
        <p>{text}</p>
        <p className="quiet">
          {deviceOf(t, conflict, 'theirs')}, <RelativeTime at={openedAt} />
        </p>
      </div>
      <Button data-conflict={id} aria-label={t('conflicts.decideAbout', { title })} onClick={() => onDecide(id)}>
        {t('conflicts.decide')}
      </Button>
    </li>
  )
}
