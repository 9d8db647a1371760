import type { SessionDetail } from '#shared/sessions.ts'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useDraft } from '../draft/use-draft.ts'
import type { Edits } from './use-edits.ts'

/** The session's name as the heading of the screen, edited in place. A copy opens with its name selected. */
export function NameField({ session, edits }: { readonly session: SessionDetail; readonly edits: Edits }) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const draft = useDraft(`session:${session.id}:name`, {
    saved: session.name,
    check: (text) => (text.trim() === '' ? t('sessions.field.nameMissing') : null),
    save: (name) => edits.saveSession({ name }),
  })
  useSelectedOnce(field)
  return (
    <div className="name-field">
      <h1 className="visually-hidden">{session.name}</h1>
      <input
        ref={field}
        className="input name-field-input"
        aria-label={t('sessions.name')}
        aria-invalid={draft.problem !== null || undefined}
        aria-describedby={draft.problem === null ? undefined : 'name-problem'}
        value={draft.value}
        maxLength={200}
        autoComplete="off"
        onFocus={draft.focus}
        onBlur={draft.leave}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') draft.discard()
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      {draft.problem !== null && (
        <p id="name-problem" className="name-field-problem" role="alert">
          {draft.problem}
        </p>
      )}
    </div>
  )
}

function useSelectedOnce(field: { readonly current: HTMLInputElement | null }): void {
  const { state, pathname } = useLocation() as { readonly state: unknown; readonly pathname: string }
  const navigate = useNavigate()
  const wanted = typeof state === 'object' && state !== null && 'selectName' in state
  useEffect(() => {
    if (!wanted) return
    field.current?.select()
    // A reload must not select it again.
    void navigate(pathname, { replace: true, state: null })
  }, [wanted, field, navigate, pathname])
}
