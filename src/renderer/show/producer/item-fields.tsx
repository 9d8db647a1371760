import type { HostCard } from '#shared/live.ts'
import type { LineupItem } from '#shared/sessions.ts'
import { RotateCcw } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api.ts'
import { fieldsOf, hostSees, isOverridden, problemsOf, revertPatch, withField } from '../live/item-draft.ts'
import type { DraftField, ItemDraft } from '../live/item-draft.ts'
import './item-fields.css'

interface Props {
  readonly item: LineupItem
  /** What the host sees of it; null where it is not on air. */
  readonly card: HostCard | null
  readonly draft: ItemDraft
  readonly onDraft: (draft: ItemDraft) => void
  readonly onSave: () => void
  readonly onError: (error: unknown) => void
}

/** The fields of one item of the line-up. */
export function ItemFields({ item, card, draft, onDraft, onSave, onError }: Props) {
  const { t } = useTranslation()
  const saved = fieldsOf(item)
  const problems = problemsOf(draft)
  const typed = Object.keys(draft).length > 0
  const field = (name: DraftField, rows?: number) => (
    <Field
      key={name}
      {...{ name, item, card }}
      {...(rows !== undefined && { rows })}
      text={draft[name] ?? saved[name]}
      wrong={problems.includes(name)}
      onText={(text) => onDraft(withField(draft, { field: name, text, item }))}
      onRevert={() => {
        const { [name]: _typed, ...rest } = draft
        onDraft(rest)
        if (name !== 'notes') call('lineup.update', { itemId: item.id, patch: revertPatch(name) }).catch(onError)
      }}
    />
  )
  return (
    <div className="item-fields">
      {field('name')}
      <div className="item-fields-prices">
        {field('price')}
        {field('was')}
      </div>
      {field('points', 5)}
      {field('notes', 2)}
      {typed && (
        <p className="item-fields-draft">
          {t('show.edit.notSaved')}
          <button type="button" className="button" data-kind="ghost" disabled={problems.length > 0} onClick={onSave}>
            {t('show.edit.save')}
          </button>
          <button type="button" className="button" data-kind="ghost" onClick={() => onDraft({})}>
            {t('show.edit.discard')}
          </button>
        </p>
      )}
    </div>
  )
}

interface FieldProps {
  readonly name: DraftField
  readonly item: LineupItem
  readonly card: HostCard | null
  readonly text: string
  readonly wrong: boolean
  readonly rows?: number
  readonly onText: (text: string) => void
  readonly onRevert: () => void
}

function Field({ name, item, card, text, wrong, rows, onText, onRevert }: FieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const seen = card && hostSees(name, text, card)
  const overridden = isOverridden(name, item)
  const common = {
    id,
    value: text,
    'aria-invalid': wrong || undefined,
    'aria-describedby': `${id}-note`,
    onChange: (event: { target: { value: string } }) => onText(event.target.value),
  }
  return (
    <div className="item-field" data-staged={seen !== null || undefined}>
      <label htmlFor={id}>{t(`show.edit.${name}`)}</label>
      {overridden && (
        <button
          type="button"
          className="button"
          data-kind="ghost"
          onClick={onRevert}
          title={t('show.edit.revertTitle')}
        >
          <RotateCcw aria-hidden="true" /> {t('show.edit.revert')}
        </button>
      )}
      {rows === undefined ? (
        <input type="text" className="input" autoComplete="off" {...common} />
      ) : (
        <textarea className="textarea" rows={rows} spellCheck {...common} />
      )}
      <p id={`${id}-note`} className="item-field-note" data-wrong={wrong || undefined}>
        {wrong
          ? t('show.edit.wrongPrice')
          : seen !== null
            ? t('show.edit.hostSees', { text: short(seen) || t('show.edit.nothingShown') })
            : ''}
      </p>
    </div>
  )
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 80 ? `${line.slice(0, 80)}…` : line
}
