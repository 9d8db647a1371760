import type { ComponentProps, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { DraftMark } from './draft-mark.tsx'
import { useDraft } from './use-draft.ts'
import type { Draft } from './use-draft.ts'
import type { DraftSource } from './field-draft.ts'

interface Common {
  /** Unique in the app; the draft is kept under it. */
  readonly name: string
  readonly label: string
  readonly source: DraftSource
  readonly hint?: ReactNode
  /** Beside the label, behind the mark of the draft. */
  readonly beside?: (draft: Draft) => ReactNode
  /** Under the field. */
  readonly under?: (draft: Draft) => ReactNode
}

type InputProps = Pick<ComponentProps<'input'>, 'inputMode' | 'type' | 'list' | 'maxLength' | 'placeholder'>
type OneLine = Common & { readonly multiline?: false } & InputProps
type Longer = Common & { readonly multiline: true; readonly rows: number; readonly maxLength?: number }

/** A field that saves itself, with its label, its state, and what is wrong with it. */
export function DraftField({ name, label, source, hint, beside, under, multiline, ...input }: OneLine | Longer) {
  const { t } = useTranslation()
  const draft = useDraft(name, source)
  const error = draft.status === 'failed' ? t('sessions.notSaved', { problem: draft.problem ?? '' }) : draft.problem
  const frame = {
    label,
    value: draft.value,
    mark: (
      <span className="draft-beside">
        {/* The mark comes and goes while something beside it is pressed: that must not move. */}
        <DraftMark draft={draft} />
        {beside?.(draft)}
      </span>
    ),
    error: error ?? undefined,
    ...(hint !== undefined && { hint }),
    onValue: draft.type,
    onFocus: draft.focus,
    onBlur: draft.leave,
  }
  return (
    <div className="draft-field">
      {multiline ? (
        <TextArea {...frame} {...(input as Pick<ComponentProps<'textarea'>, 'rows' | 'maxLength'>)} />
      ) : (
        <TextField
          autoComplete="off"
          {...frame}
          {...(input as InputProps)}
          onKeyDown={(event) => saveOnEnter(event.key, draft)}
        />
      )}
      {under?.(draft)}
    </div>
  )
}

function saveOnEnter(key: string, draft: Draft): void {
  if (key === 'Enter') draft.flush()
}
