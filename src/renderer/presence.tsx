import type { Place, Presence } from '#shared/presence.ts'
import { useQuery } from '@tanstack/react-query'
import { Eye, Pencil } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, read } from './api.ts'
import { fieldHasFocus } from './keys/key-press.ts'
import './presence.css'

/** Tells pages of this desktop apart. */
const page = crypto.randomUUID()
/** The core forgets a page that does not tell again, in ms. */
const AGAIN_MS = 20_000

type Shown = Omit<Place, 'editing'>

/** Tells the team what this page has before its person, as long as it is shown and the page has the focus. */
export function useHere({ entity, id, sessionId }: Shown): void {
  const editing = useEditing()
  useEffect(() => {
    const tell = (): void => {
      // Nobody waits for it, and nothing depends on it.
      if (document.hasFocus())
        call('presence.note', { page, places: [{ entity, id, sessionId, editing }] }).catch(() => undefined)
    }
    tell()
    const timer = setInterval(tell, AGAIN_MS)
    window.addEventListener('focus', tell)
    return () => {
      clearInterval(timer)
      window.removeEventListener('focus', tell)
    }
  }, [entity, id, sessionId, editing])
  useEffect(() => {
    const leave = (): void => void call('presence.note', { page, places: [] }).catch(() => undefined)
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
}

/** Whether a text field of the page has the focus. */
function useEditing(): boolean {
  const [editing, setEditing] = useState(false)
  useEffect(() => {
    const look = (): void => setEditing(fieldHasFocus())
    // When one field loses the focus the next one has it only after that.
    const soon = (): void => void setTimeout(look)
    document.addEventListener('focusin', look)
    document.addEventListener('focusout', soon)
    return () => {
      document.removeEventListener('focusin', look)
      document.removeEventListener('focusout', soon)
    }
  }, [])
  return editing
}

/** Others who have a thing before them, or something of that session. */
export function useOthers(where: { readonly id: string } | { readonly sessionId: string }): readonly Presence[] {
  const { data } = useQuery({
    ...read('presence.list', {}),
    select: ({ items }) =>
      items.filter((one) =>
        'id' in where ? one.id === where.id : one.sessionId === where.sessionId || one.id === where.sessionId,
      ),
  })
  return data ?? nobody
}

const nobody: readonly Presence[] = []

/** Who else is there, by the name of the desktop: a pencil for who edits, an eye for who looks. */
export function Others({ others }: { readonly others: readonly Presence[] }) {
  const { t } = useTranslation()
  const byDevice = new Map<string, boolean>()
  for (const { device, editing } of others) byDevice.set(device, editing || byDevice.get(device) === true)
  return [...byDevice].map(([device, editing]) => {
    const label = t(editing ? 'presence.editing' : 'presence.looking', { device })
    return (
      <span key={device} className="presence" role="img" aria-label={label} title={label}>
        {editing ? <Pencil aria-hidden /> : <Eye aria-hidden />}
        <span className="truncate" aria-hidden>
          {device}
        </span>
      </span>
    )
  })
}

/** A sentence before fields that somebody else has before them too. */
export function OthersNote({ others }: { readonly others: readonly Presence[] }) {
  const { t } = useTranslation()
  const editors = [...new Set(others.filter(({ editing }) => editing).map(({ device }) => device))]
  return (
    // Always there, so that what comes into it is read out.
    <p className="presence-note" role="status">
      {editors.length > 0 && t('presence.note', { device: editors.join(', '), count: editors.length })}
    </p>
  )
}
