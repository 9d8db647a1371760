import type { LineupItem } from '#shared/sessions.ts'
import { Ellipsis } from 'lucide-react'
import { memo, useRef } from 'react'
import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { priceText } from '../../ui/money.ts'
import { Picture } from '../../ui/picture.tsx'
import { Others, useOthers } from '../../presence.tsx'
import { SyncMarks } from '../../sync-marks.tsx'
import { MarkIcons } from './mark-icons.tsx'
import type { RowControls } from './use-row-controls.ts'
import { useRowDrag } from './use-row-drag.ts'

/** Where a line stands in the scrolled space, in CSS pixels. */
export interface LinePlace {
  readonly top: number
  readonly height: number
  readonly index: number
}

interface Props extends LinePlace {
  readonly item: LineupItem
  readonly selected: boolean
  readonly active: boolean
  readonly controls: RowControls
}

/** One item of the line-up; drawn again only when something of it changes. */
export const ItemRow = memo(function ItemRow({ item, top, height, index, selected, active, controls }: Props) {
  const { t } = useTranslation()
  const row = useRef<HTMLDivElement>(null)
  const { edge, dragging } = useRowDrag({ row, id: item.id, idsOf: controls.dragged, labelOf: controls.labelOf })
  const { id, number, name } = item
  return (
    <div
      ref={row}
      id={`line-${id}`}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected}
      tabIndex={-1}
      className="line"
      data-active={active || undefined}
      data-skip={item.skip || undefined}
      data-dragging={dragging || undefined}
      data-edge={edge ?? undefined}
      style={{ top, height }}
      onClick={(event) => controls.click(id, { shift: event.shiftKey, mod: event.ctrlKey || event.metaKey })}
      onContextMenu={() => controls.point(id)}
    >
      <ItemCells item={item} />
      <span role="gridcell" className="line-menu">
        <button
          type="button"
          className="button"
          data-kind="ghost"
          data-icon=""
          // The menu key opens it in the list; one stop per row would be too many.
          tabIndex={-1}
          aria-haspopup="menu"
          aria-label={t('sessions.row.menu', { number, name })}
          onClick={openMenu}
        >
          <Ellipsis aria-hidden />
        </button>
      </span>
    </div>
  )
})

/** Opens the menu of the list at the button, as a right click there would. */
function openMenu(event: MouseEvent<HTMLElement>): void {
  event.stopPropagation()
  const { left: clientX, bottom: clientY } = event.currentTarget.getBoundingClientRect()
  event.currentTarget.dispatchEvent(
    new window.MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX, clientY }),
  )
}

/** What the row shows; drawn again only when the item changes. */
const ItemCells = memo(function ItemCells({ item }: { readonly item: LineupItem }) {
  const { t } = useTranslation()
  const { number, name, images, skip, catalogue } = item
  return (
    <>
      <span role="gridcell" className="line-number tabular">
        {number}
      </span>
      <span role="gridcell" className="line-picture">
        <Picture src={images[0]?.src ?? null} alt="" />
      </span>
      <span role="gridcell" className="line-name">
        <span className="truncate" title={name}>
          {name}
        </span>
        <span className="line-sub quiet truncate">
          {[catalogue.sku, catalogue.brandName].filter((text) => text !== null && text !== '').join(' · ')}
        </span>
      </span>
      <span role="gridcell" className="line-marks">
        <Others others={useOthers({ id: item.id })} />
        {skip && <span className="line-skipped">{t('sessions.skipped')}</span>}
        <SyncMarks pending={item.pending} conflict={item.conflict} />
        <MarkIcons item={item} />
      </span>
      <span role="gridcell" className="line-price tabular">
        <Price item={item} />
      </span>
    </>
  )
})

function Price({ item: { priceCents, compareAtPriceCents } }: { readonly item: LineupItem }) {
  const { t } = useTranslation()
  const was = compareAtPriceCents !== null && compareAtPriceCents > 0 ? priceText(compareAtPriceCents) : null
  return (
    <>
      <span>{priceCents === null ? '–' : priceText(priceCents)}</span>
      {was !== null && (
        <s className="quiet" aria-label={t('sessions.was', { price: was })}>
          {was}
        </s>
      )}
    </>
  )
}
