import type { RunSheetSize } from '#shared/run-sheet.ts'
import type { LineupItem } from '#shared/sessions.ts'
import { useTranslation } from 'react-i18next'
import { priceText } from '../../ui/money.ts'
import { Markdown } from '../../ui/markdown.tsx'

interface Props {
  readonly item: LineupItem
  /** Where it is large, the points stand below the name, so that they have the width. */
  readonly size: RunSheetSize
  /** Where the picture for paper is. */
  readonly pictureAt: (src: string) => string
}

/** One item on paper. It is never split between two pages. */
export function RunSheetRow({ item, size, pictureAt }: Props) {
  const { t } = useTranslation()
  const { number, name, images, skip, sizes, catalogue } = item
  const [picture] = images
  return (
    <tr className="run-sheet-item" data-skip={skip || undefined}>
      <td className="run-sheet-number">{number}</td>
      <td className="run-sheet-picture">
        {picture ? (
          // At once, not when it is scrolled to: paper does not scroll.
          <img src={pictureAt(picture.src)} alt="" width={picture.width} height={picture.height} loading="eager" />
        ) : (
          <span className="run-sheet-blank">{t('files.runSheet.noPicture')}</span>
        )}
      </td>
      <td>
        <p className="run-sheet-product" dir="auto">
          {name}
        </p>
        <Price item={item} />
        {sizes !== null && <p>{t('files.runSheet.sizes', { sizes })}</p>}
        {catalogue.sku !== null && catalogue.sku !== '' && (
          <p className="run-sheet-sku">{t('files.runSheet.sku', { sku: catalogue.sku })}</p>
        )}
        {skip && <p className="run-sheet-skipped">{t('files.runSheet.skipped')}</p>}
        {size === 'large' && <Points item={item} />}
      </td>
      {size === 'compact' && (
        <td className="run-sheet-points">
          <Points item={item} />
        </td>
      )}
      <td className="run-sheet-tick">
        <span className="run-sheet-box" aria-hidden />
      </td>
      <td className="run-sheet-tick">
        <span className="run-sheet-box" aria-hidden />
      </td>
    </tr>
  )
}

function Points({ item: { talkingPointsMd, notes } }: Pick<Props, 'item'>) {
  const { t } = useTranslation()
  return (
    <div dir="auto">
      {talkingPointsMd.trim() !== '' && <Markdown text={talkingPointsMd} />}
      {notes.trim() !== '' && (
        <p className="run-sheet-notes">
          <b>{t('files.runSheet.notes')}</b> {notes}
        </p>
      )}
    </div>
  )
}

function Price({ item: { priceCents, compareAtPriceCents } }: Pick<Props, 'item'>) {
  const { t } = useTranslation()
  if (priceCents === null) return <p className="run-sheet-skipped">{t('files.runSheet.noPrice')}</p>
  const isWas = compareAtPriceCents !== null && compareAtPriceCents > priceCents
  return (
    <p className="run-sheet-price">
      <b>{priceText(priceCents)}</b>
      {isWas && <s>{t('sessions.was', { price: priceText(compareAtPriceCents) })}</s>}
    </p>
  )
}
