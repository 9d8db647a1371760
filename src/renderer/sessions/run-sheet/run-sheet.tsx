import type { RunSheetSize } from '#shared/run-sheet.ts'
import type { LineupItem, SessionDetail } from '#shared/sessions.ts'
import { Fragment, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { longDateTime } from '../../format.ts'
import { RunSheetRow } from './run-sheet-row.tsx'
import { usePaperPictures } from './use-paper-pictures.ts'
import { useTellDrawn } from './use-tell-drawn.ts'

interface Props {
  readonly session: SessionDetail
  readonly size: RunSheetSize
  /** Who waits until everything is drawn. */
  readonly job: string | null
}

/** The paper. Its head stands above the first item, the heads of its columns on each page. */
export function RunSheet({ session, size, job }: Props) {
  const { t, i18n } = useTranslation()
  const paper = useRef<HTMLDivElement>(null)
  const pictures = usePaperPictures(session.items)
  useTellDrawn(paper, pictures.areMade ? job : null)
  const isLarge = size === 'large'
  const { name, brand, scheduledAt, code, items } = session
  const facts = [
    scheduledAt === null ? null : longDateTime(scheduledAt, i18n.language),
    brand?.name ?? null,
    t('sessions.items', { count: items.length }),
    code === '' ? null : t('files.runSheet.discount', { code }),
  ].filter((fact) => fact !== null)
  return (
    // Paper is white, whatever the theme.
    <div ref={paper} className="run-sheet" data-theme="light" data-size={size}>
      <h2 className="run-sheet-name" dir="auto">
        {name}
      </h2>
      <p className="run-sheet-facts">{facts.join(' · ')}</p>
      <table className="run-sheet-table">
        <thead>
          <tr>
            <th scope="col">{t('files.runSheet.number')}</th>
            <th scope="col">{t('files.runSheet.picture')}</th>
            <th scope="col">{t(isLarge ? 'files.runSheet.productAndPoints' : 'files.runSheet.product')}</th>
            {!isLarge && <th scope="col">{t('files.runSheet.points')}</th>}
            <th scope="col">{t('files.runSheet.ready')}</th>
            <th scope="col">{t('files.runSheet.shown')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => (
            <Fragment key={item.id}>
              {beginsSection(item, items[index - 1]) && (
                <tr className="run-sheet-section">
                  <th scope="rowgroup" colSpan={isLarge ? 5 : 6} dir="auto">
                    {item.section ?? t('sessions.noSection')}
                  </th>
                </tr>
              )}
              <RunSheetRow item={item} size={size} pictureAt={pictures.of} />
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function beginsSection(item: LineupItem, before: LineupItem | undefined): boolean {
  return item.section !== (before?.section ?? null)
}
