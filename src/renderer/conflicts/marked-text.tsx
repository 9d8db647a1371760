import type { ConflictField } from '#shared/conflicts.ts'
import { useTranslation } from 'react-i18next'
import type { Side } from './draft.ts'
import { isText } from './field-kinds.ts'
import { valueText } from './field-words.ts'
import { markOwn, markText } from './mark-text.ts'
import type { Mark } from './mark-text.ts'

/** What changed in a text: by line and colour for the eye, in words for screen readers. */
function MarkedText({ marks }: { readonly marks: readonly Mark[] }) {
  const { t } = useTranslation()
  return marks.map(({ kind, text }, index) => {
    if (kind === 'same') return <span key={index}>{text}</span>
    const Tag = kind === 'added' ? 'ins' : 'del'
    return (
      <Tag key={index} className="conflict-mark">
        <span className="visually-hidden"> {t(`conflicts.${kind}`)} </span>
        {text}
      </Tag>
    )
  })
}

type Valued = Pick<ConflictField, 'name' | 'base' | 'mine' | 'theirs' | 'labels'>

/** A field's value before anybody changed it. */
export function BaseValue({ field }: { readonly field: Valued }) {
  const { t, i18n } = useTranslation()
  if (field.labels) return field.labels.base ?? t('conflicts.values.nothing')
  return valueText({ t, locale: i18n.language }, field.name, field.base)
}

/** A side's value of a field: a text with what it changed marked in it, everything else in words. */
export function SideValue({ field, side }: { readonly field: Valued; readonly side: Side }) {
  const { t, i18n } = useTranslation()
  if (field.labels) return field.labels[side] ?? t('conflicts.values.nothing')
  const words = { t, locale: i18n.language }
  const text = valueText(words, field.name, field[side])
  if (!isText(field.name) || !isFilled(field[side])) return text
  if (isFilled(field.base)) return <MarkedText marks={markText(valueText(words, field.name, field.base), text)} />
  const other = field[side === 'mine' ? 'theirs' : 'mine']
  return <MarkedText marks={isFilled(other) ? markOwn(text, valueText(words, field.name, other)) : [plain(text)]} />
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function plain(text: string): Mark {
  return { kind: 'same', text }
}
