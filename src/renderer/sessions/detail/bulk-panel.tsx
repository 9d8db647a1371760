import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenDialog } from '../builder/opened.ts'
import type { LineUp } from '../builder/use-line-up.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { Picture } from '../../ui/picture.tsx'
import { sectionsOf } from '../line-up/line-rows.ts'

interface Props {
  readonly lineUp: LineUp
  readonly open: OpenDialog
}

/** What can be done to several items at once. */
export function BulkPanel({ lineUp, open }: Props) {
  const { t } = useTranslation()
  const sections = useId()
  const { selected, selection, items } = lineUp
  const ids = selected.map(({ id }) => id)
  const common = new Set(selected.map(({ section }) => section ?? ''))
  const [text, setText] = useState<string | null>(null)
  const shown = text ?? (common.size === 1 ? ([...common][0] ?? '') : '')
  return (
    <div className="detail-fields">
      <ol className="bulk-items">
        {selected.map(({ id, number, name, images }) => (
          <li key={id}>
            <span className="tabular bulk-number">{number}</span>
            <Picture src={images[0]?.src ?? null} alt="" />
            <span className="truncate">{name}</span>
          </li>
        ))}
      </ol>
      <form
        className="bulk-section"
        onSubmit={(event) => {
          event.preventDefault()
          lineUp.setSection(ids, shown.trim() === '' ? null : shown.trim())
          setText(null)
        }}
      >
        <TextField
          label={t('sessions.bulk.section')}
          list={sections}
          value={shown}
          maxLength={120}
          autoComplete="off"
          placeholder={common.size > 1 ? t('sessions.bulk.mixed') : t('sessions.row.noSection')}
          onValue={setText}
        />
        <Button type="submit">{t('sessions.bulk.apply')}</Button>
      </form>
      <datalist id={sections}>
        {sectionsOf(items).map((title) => (
          <option key={title} value={title} />
        ))}
      </datalist>
      <div className="bulk-actions">
        <Button onClick={() => open({ dialog: 'move', ids })}>{t('sessions.bulk.move')}</Button>
        <Button onClick={() => lineUp.setSkip(ids, true)}>{t('sessions.bulk.skip')}</Button>
        <Button onClick={() => lineUp.setSkip(ids, false)}>{t('sessions.bulk.unskip')}</Button>
        <Button onClick={() => lineUp.remove(ids)}>{t('sessions.bulk.remove')}</Button>
        <Button kind="ghost" onClick={selection.clear}>
          {t('sessions.bulk.clear')}
        </Button>
      </div>
    </div>
  )
}
