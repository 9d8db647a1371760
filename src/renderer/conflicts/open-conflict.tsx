import type { Conflict } from '#shared/conflicts.ts'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextArea } from '../ui/text-field.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { dropDraft, keepDraft, readDraft } from './draft-store.ts'
import { emptyDraft, followed, hasTyped } from './draft.ts'
import type { Draft } from './draft.ts'
import { fieldName, valueText } from './field-words.ts'
import { alikeOf } from './group-conflicts.ts'
import { useDecide } from './use-decide.ts'

interface OpenConflictProps {
  readonly id: string
  /** The open conflicts; undefined while they are not here yet. */
  readonly open: readonly Conflict[] | undefined
  readonly onClose: () => void
  readonly focusAfter: () => HTMLElement | null
}

/** The conflict that the address names, while it is open; where somebody else decided it meanwhile, that is said. */
export function OpenConflict({ id, open, onClose, focusAfter }: OpenConflictProps) {
  const deciding = useDecide(onClose)
  const current = open?.find((one) => one.id === id)
  const [last, setLast] = useState(current)
  if (current !== undefined && current !== last) setLast(current)
  const [stored, setStored] = useState(() => readDraft(id))
  // What is seen first is what later changes are told against.
  if (current !== undefined && stored === null) setStored(emptyDraft(current))
  const conflict = current ?? last
  if (open !== undefined && current === undefined && !deciding.busy) {
    return <Settled id={id} draft={stored} onClose={onClose} focusAfter={focusAfter} />
  }
  if (conflict === undefined) return null
  const change = (draft: Draft): void => {
    keepDraft(id, draft)
    setStored(draft)
  }
  return (
    <ConflictDialog
      conflict={conflict}
      draft={followed(stored ?? emptyDraft(conflict), conflict)}
      onDraft={change}
      alike={alikeOf(conflict, open ?? [])}
      deciding={deciding}
      onLater={onClose}
      focusAfter={focusAfter}
    />
  )
}

interface SettledProps {
  readonly id: string
  readonly draft: Draft | null
  readonly onClose: () => void
  readonly focusAfter: () => HTMLElement | null
}

/** Somebody else decided. It closes by itself, unless something was typed that a person may want to keep. */
function Settled({ id, draft, onClose, focusAfter }: SettledProps) {
  const { t, i18n } = useTranslation()
  const toasts = useToasts()
  const { data } = useQuery(read('conflicts.list', { open: false }))
  const outcome = data?.items.find((one) => one.id === id)
  const typed = draft !== null && hasTyped(draft)
  const known = data !== undefined
  const by = outcome?.resolvedBy ?? null
  const title = outcome?.title ?? ''
  const resolved =
    by === null ? t('conflicts.settled.somebody', { title }) : t('conflicts.settled.by', { who: by, title })
  const text = outcome ? resolved : t('conflicts.settled.gone')
  useEffect(() => {
    if (!known || typed) return
    dropDraft(id)
    toasts.info(text)
    onClose()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- said once; the toasts and the way to close are new with each render
  }, [known, typed, text])
  if (!known || !typed) return null
  return (
    <Dialog
      open
      title={t('conflicts.settled.title')}
      description={text}
      focusAfter={focusAfter}
      onClose={() => {
        dropDraft(id)
        onClose()
      }}
      actions={
        <Button
          kind="primary"
          onClick={() => {
            dropDraft(id)
            onClose()
          }}
        >
          {t('ui.close')}
        </Button>
      }
    >
      <p>{t('conflicts.settled.typed')}</p>
      {Object.entries(draft.own).map(([name, value]) => (
        <TextArea
          key={name}
          label={fieldName(t, name)}
          value={valueText({ t, locale: i18n.language }, name, value)}
          readOnly
          onValue={() => {}}
        />
      ))}
    </Dialog>
  )
}
