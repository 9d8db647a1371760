import type { Conflict, ConflictField } from '#shared/conflicts.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { MoneyField } from '../ui/money-field.tsx'
import { TextArea, TextField } from '../ui/text-field.tsx'
import { ChoiceCard } from './choice-card.tsx'
import { chosen, togetherOf, withOwn, written } from './draft.ts'
import type { Draft } from './draft.ts'
import { writableAs } from './field-kinds.ts'
import { fieldName } from './field-words.ts'
import { BaseValue, SideValue } from './marked-text.tsx'
import { sideTitle } from './side-words.ts'

interface FieldChoiceProps {
  readonly conflict: Conflict
  readonly field: ConflictField
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
}

/** One disputed field: what it was, what each side wants, and a third value where one can be written. */
export function FieldChoice(props: FieldChoiceProps) {
  const { conflict, field, draft, onDraft } = props
  const { t } = useTranslation()
  const group = useId()
  const choice = draft.choices[field.name]
  return (
    <fieldset className="conflict-field" disabled={draft.both}>
      <legend>{fieldName(t, field.name)}</legend>
      <div className="conflict-field-sides">
        <div className="conflict-was">
          <span className="conflict-was-head">{t('conflicts.was')}</span>
          <div className="conflict-card-body">
            <BaseValue field={field} />
          </div>
        </div>
        {(['mine', 'theirs'] as const).map((side) => (
          <ChoiceCard
            key={side}
            group={group}
            title={sideTitle(t, conflict, side)}
            checked={choice === side}
            onChoose={() => onDraft(chosen(draft, field.name, side))}
          >
            <SideValue field={field} side={side} />
          </ChoiceCard>
        ))}
        {writableAs(field.name) !== null && <OwnValue {...props} group={group} />}
      </div>
    </fieldset>
  )
}

function OwnValue({ field, draft, onDraft, group }: FieldChoiceProps & { readonly group: string }) {
  const { t } = useTranslation()
  const { name } = field
  const own = draft.own[name] ?? null
  const isChosen = draft.choices[name] === 'own'
  const label = t('conflicts.ownLabel', { field: fieldName(t, name) })
  const kind = writableAs(name)
  const isTogether = own !== null && own === togetherOf(field)
  return (
    <div className="conflict-own">
      <label className="conflict-card-head">
        <input type="radio" name={group} checked={isChosen} onChange={() => onDraft(withOwn(draft, field))} />
        <span>{t('conflicts.own')}</span>
      </label>
      {isChosen && isTogether && <p className="quiet">{t('conflicts.together')}</p>}
      {isChosen && kind === 'price' && (
        <MoneyField
          label={label}
          hideLabel
          cents={typeof own === 'number' ? own : null}
          onCents={(cents) => onDraft(written(draft, name, cents))}
        />
      )}
      {isChosen && kind === 'line' && (
        <TextField
          label={label}
          hideLabel
          value={String(own ?? '')}
          onValue={(text) => onDraft(written(draft, name, text))}
        />
      )}
      {isChosen && kind === 'text' && (
        <TextArea
          label={label}
          hideLabel
          rows={6}
          value={String(own ?? '')}
          onValue={(text) => onDraft(written(draft, name, text))}
        />
      )}
    </div>
  )
}
