import type { LineupItem } from '#shared/sessions.ts'
import { RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { parseMoney } from '../../ui/money.ts'
import type { Edits } from '../builder/use-edits.ts'
import { DraftField } from '../draft/draft-field.tsx'
import type { Draft } from '../draft/use-draft.ts'
import { catalogueText, overridePatch, overrideText } from './override-text.ts'
import type { OverrideField as Field } from './override-text.ts'

interface Props {
  readonly item: LineupItem
  readonly field: Field
  readonly label: string
  readonly edits: Edits
  readonly rows?: number
  readonly beside?: ReactNode
  readonly under?: (draft: Draft) => ReactNode
}

/** A field of the catalogue that this line-up may say otherwise. Where it does, it says so and can be reverted. */
export function OverrideField({ item, field, label, edits, rows, beside, under }: Props) {
  const { t } = useTranslation()
  const money = field === 'priceCents' || field === 'compareAtPriceCents'
  const source = {
    saved: overrideText(item, field),
    check: (text: string) => (money ? moneyProblem(text) : null),
    save: (text: string) => edits.saveItem(item.id, overridePatch(item, field, text)),
  }
  const problems = { 'not-a-price': t('sessions.field.notAPrice'), 'too-large': t('sessions.field.tooLarge') }
  const moneyProblem = (text: string): string | null => {
    const parsed = parseMoney(text)
    return 'problem' in parsed ? problems[parsed.problem] : null
  }
  const common = {
    name: `item:${item.id}:${field}`,
    label,
    source,
    beside: () => beside,
  }
  const below = (draft: Draft): ReactNode => (
    <>
      {/* Always there: leaving a field by a press on what is below it must not move that away. */}
      <div className="override-slot">
        {item.overrides[field] !== undefined && <Difference {...{ item, field, label, edits, draft }} />}
      </div>
      {under?.(draft)}
    </>
  )
  if (rows !== undefined) return <DraftField {...common} under={below} multiline rows={rows} maxLength={20_000} />
  return <DraftField {...common} under={below} {...(money ? { inputMode: 'decimal' as const } : { maxLength: 300 })} />
}

interface DifferenceProps extends Pick<Props, 'item' | 'field' | 'label' | 'edits'> {
  readonly draft: Draft
}

function Difference({ item, field, label, edits, draft }: DifferenceProps) {
  const { t } = useTranslation()
  const value = catalogueText(item, field).replaceAll(/\s+/g, ' ').trim()
  const full = value === '' ? t('sessions.differsFromNothing') : t('sessions.differs', { value })
  // Two prices stand side by side, with half the room.
  const short = field === 'priceCents' || field === 'compareAtPriceCents'
  const revert = (): void => {
    draft.discard()
    void edits.update([item.id], { overrides: { [field]: null } })
  }
  return (
    <p className="override">
      <span className="truncate" title={full}>
        {short ? t('sessions.inCatalogue', { value: value === '' ? '–' : value }) : full}
      </span>
      <button
        type="button"
        className="button override-revert"
        data-kind="ghost"
        aria-label={t('sessions.revertOf', { field: label })}
        onClick={revert}
      >
        <RotateCcw aria-hidden />
        {t('sessions.revert')}
      </button>
    </p>
  )
}
