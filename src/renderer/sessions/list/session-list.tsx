import type { SessionSummary } from '#shared/sessions.ts'
import { useCallback, useEffect, useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../keys/use-keys.ts'
import { useSessionActions } from '../use-session-actions.ts'
import { SessionRow } from './session-row.tsx'
import { useStableRows } from './use-stable-rows.ts'

interface Props {
  readonly sessions: readonly SessionSummary[]
  readonly question: string
}

/** The rows, with the keys that act on the one that has the focus. */
export function SessionList({ sessions, question }: Props) {
  const { t } = useTranslation()
  const list = useRef<HTMLUListElement>(null)
  const { rows, release } = useStableRows(sessions, { list, question })
  const actionsOf = useSessionActions()
  const latest = useRef({ rows, actionsOf })
  const focusNext = useRef<string | null>(null)
  useEffect(() => {
    latest.current = { rows, actionsOf }
    // A row that had the focus and went hands it to its neighbour.
    const id = focusNext.current
    if (id === null || document.activeElement !== document.body) return
    focusNext.current = null
    linkOf(list.current, id)?.focus()
  })
  const remove = useCallback((session: SessionSummary): void => {
    const { rows: shown, actionsOf: actions } = latest.current
    const at = shown.findIndex(({ id }) => id === session.id)
    // It goes before the core has answered.
    focusNext.current = (shown[at + 1] ?? shown[at - 1])?.id ?? null
    void actions(session)
      .remove()
      .then((gone) => {
        if (!gone) focusNext.current = null
      })
  }, [])
  const focused = (): SessionSummary | undefined => {
    const id = focusedId(list.current)
    return rows.find((one) => one.id === id)
  }
  useKeys('builder', {
    remove: () => act(focused(), remove),
    duplicate: () => act(focused(), (session) => actionsOf(session).duplicate()),
  })
  return (
    <ul
      ref={list}
      className="sessions-list"
      aria-label={t('sessions.list')}
      onPointerLeave={release}
      onKeyDown={(event) => moveFocus(event, list.current)}
    >
      {rows.map((session) => (
        <SessionRow key={session.id} session={session} onRemove={remove} onMenu={release} />
      ))}
    </ul>
  )
}

/** Answers false where there is no row, so that the key stays the browser's. */
function act(session: SessionSummary | undefined, what: (session: SessionSummary) => void): boolean {
  if (session) what(session)
  return session !== undefined
}

function linkOf(list: HTMLElement | null, id: string): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-session="${id}"]`) ?? null
}

function focusedId(list: HTMLElement | null): string | undefined {
  const row = document.activeElement?.closest('.session-row')
  return row && list?.contains(row) ? row.querySelector<HTMLElement>('[data-session]')?.dataset['session'] : undefined
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }

function moveFocus(event: KeyboardEvent, list: HTMLElement | null): void {
  const step = steps[event.key]
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || !list?.contains(event.target as Node))
    return
  const links = [...list.querySelectorAll<HTMLElement>('[data-session]')]
  const at = links.findIndex((link) => link.dataset['session'] === focusedId(list))
  links[Math.max(0, Math.min(at + step, links.length - 1))]?.focus()
  event.preventDefault()
}
