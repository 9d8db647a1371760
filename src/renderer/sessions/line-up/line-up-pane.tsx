import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { ClipboardPaste, PanelRight, Plus } from 'lucide-react'
import type { OpenDialog } from '../builder/opened.ts'
import type { LineUp } from '../builder/use-line-up.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { marksOf } from './item-marks.ts'
import type { ItemMark } from './item-marks.ts'
import { LineUpList } from './line-up-list.tsx'
import './line-up.css'

interface Props {
  readonly lineUp: LineUp
  readonly open: OpenDialog
  /** The list on the page, which takes the focus. */
  readonly list: RefObject<HTMLDivElement | null>
  readonly onEdit: () => void
  readonly onOpenDetail: () => void
}

/** The line-up with what can be added to it. */
export function LineUpPane({ lineUp, open, list, onEdit, onOpenDetail }: Props) {
  const { t } = useTranslation()
  const { items, selection } = lineUp
  const add = (): void => open({ dialog: 'picker', after: selection.active })
  const paste = (): void => open({ dialog: 'paste', text: '' })
  return (
    <>
      <div className="line-up-bar">
        <p className="line-up-count">
          <strong className="tabular">{t('sessions.items', { count: items.length })}</strong>
          <Summary lineUp={lineUp} />
        </p>
        <Button
          kind="ghost"
          className="line-up-to-detail"
          onClick={() => {
            selection.clear()
            onOpenDetail()
          }}
        >
          <PanelRight aria-hidden />
          {t('sessions.details')}
        </Button>
        {items.length > 0 && (
          <>
            <Button onClick={paste}>
              <ClipboardPaste aria-hidden />
              {t('sessions.paste')}
            </Button>
            <Button onClick={add}>
              <Plus aria-hidden />
              {t('sessions.add')}
            </Button>
          </>
        )}
      </div>
      {items.length > 0 ? (
        <LineUpList {...{ lineUp, open, list, onEdit, onOpenDetail }} />
      ) : (
        <EmptyState
          title={t('sessions.empty.title')}
          actions={
            <>
              <Button kind="primary" onClick={add}>
                <Plus aria-hidden />
                {t('sessions.add')}
              </Button>
              <Button onClick={paste}>
                <ClipboardPaste aria-hidden />
                {t('sessions.paste')}
              </Button>
            </>
          }
        >
          {t('sessions.empty.text')}
        </EmptyState>
      )}
    </>
  )
}

const counted = ['noPrice', 'noPoints', 'noPicture', 'archived'] as const satisfies readonly ItemMark[]

/** What the line-up lacks, counted. */
function Summary({ lineUp: { items } }: { readonly lineUp: LineUp }) {
  const { t } = useTranslation()
  const marks = items.flatMap(marksOf)
  const lacks = counted
    .map((mark) => ({ mark, count: marks.filter((one) => one === mark).length }))
    .filter(({ count }) => count > 0)
  if (lacks.length === 0) return null
  const text = lacks.map(({ mark, count }) => t(`sessions.summary.${mark}`, { count })).join(' · ')
  return (
    <span className="quiet truncate" title={text}>
      {text}
    </span>
  )
}
