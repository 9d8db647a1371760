import type { ConflictField } from '#shared/conflicts.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Side } from './draft.ts'
import { isText } from './field-kinds.ts'
import { valueText } from './field-words.ts'
import { markOwn, markText } from './mark-text.ts'
import type { Mark } from './mark-text.ts'

interface MarkedTextProps {
  readonly text: string
  /** What it was, if it was anything. */
  readonly base: string | null
  /** The other side's; told apart from where there was nothing before. */
  readonly other: string | null
}

/** What changed in a text: by line and colour for the eye, in words for screen readers. */
function MarkedText({ text: whole, base, other }: MarkedTextProps) {
  const { t } = useTranslation()
  const marks = useMemo((): readonly Mark[] => {
    if (base !== null) return markText(base, whole)
    return other === null ? [{ kind: 'same', text: whole }] : markOwn(whole, other)
  }, [whole, base, other])
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
  const textOf = (value: unknown): string | null => (isFilled(value) ? valueText(words, field.name, value) : null)
  const text = textOf(field[side])
  if (!isText(field.name) || text === null) return valueText(words, field.name, field[side])
  return <MarkedText text={text} base={textOf(field.base)} other={textOf(field[side === 'mine' ? 'theirs' : 'mine'])} />
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
