import type { LiveItem, LiveState } from '#shared/live.ts'
import type { LineupItem } from '#shared/sessions.ts'
import { ArrowRightToLine, Pencil } from 'lucide-react'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { priceText } from '../../ui/money.ts'
import type { ShowCommands } from '../live/show-commands.ts'
import './line-up-grid.css'

interface Props {
  readonly state: LiveState
  /** The line-up's own rows, for the marks; may come a moment later. */
  readonly items: readonly LineupItem[]
  readonly commands: ShowCommands
}

/** The line-up as tiles with the real numbers. A click goes there; Shift and click makes it the next one. */
export function LineUpGrid({ state, items, commands }: Props) {
  const { t } = useTranslation()
  const grid = useRef<HTMLUListElement>(null)
  const { itemId, lineup } = state
  useEffect(() => {
    const list = grid.current
    // Nothing may move under a pointer that is about to click.
    if (!list || list.matches(':hover')) return
    bringIntoView(list.querySelector('[data-on-air]'), list.closest('.producer-lineup'))
  }, [itemId])
  const overridden = new Set(items.filter((item) => Object.keys(item.overrides).length > 0).map(({ id }) => id))
  if (lineup.length === 0) return <p className="producer-empty">{t('show.lineup.empty')}</p>
  return (
    <ul className="lineup-grid" ref={grid}>
      {lineup.map((item, index) => (
        <Tile
          key={item.itemId}
          item={item}
          heading={item.section !== null && item.section !== lineup[index - 1]?.section ? item.section : null}
          onAir={item.itemId === itemId}
          next={item.itemId === state.next[0]?.itemId}
          setByHand={item.itemId === state.nextItemId}
          overridden={overridden.has(item.itemId)}
          tabbable={item.itemId === itemId || (itemId === null && index === 0)}
          commands={commands}
        />
      ))}
    </ul>
  )
}

/** Scrolls the column and nothing around it: on a phone, where the page scrolls, nothing moves. */
function bringIntoView(tile: Element | null, column: Element | null): void {
  if (!tile || !column) return
  const [inner, outer] = [tile.getBoundingClientRect(), column.getBoundingClientRect()]
  const room = outer.height * 0.15
  if (inner.top < outer.top + room) column.scrollTop += inner.top - outer.top - room
  else if (inner.bottom > outer.bottom - room) column.scrollTop += inner.bottom - outer.bottom + room
}

interface TileProps {
  readonly item: LiveItem
  readonly heading: string | null
  readonly onAir: boolean
  readonly next: boolean
  readonly setByHand: boolean
  readonly overridden: boolean
  /** One tile is in the tab order; the others are reached by their number. */
  readonly tabbable: boolean
  readonly commands: ShowCommands
}

const Tile = memo(function Tile({ item, heading, onAir, next, setByHand, overridden, tabbable, commands }: TileProps) {
  const { t } = useTranslation()
  const image = item.images[0]
  return (
    <>
      {heading !== null && <li className="lineup-section">{heading}</li>}
      <li
        className="lineup-tile"
        data-on-air={onAir || undefined}
        data-next={next || undefined}
        data-skip={item.skip || undefined}
      >
        <button
          type="button"
          className="lineup-tile-main"
          aria-current={onAir || undefined}
          tabIndex={tabbable ? 0 : -1}
          title={item.name}
          onClick={(event) =>
            event.shiftKey ? commands.setNext({ itemId: item.itemId }) : commands.goTo({ itemId: item.itemId })
          }
        >
          {image ? (
            <img src={image.src} alt="" loading="lazy" decoding="async" />
          ) : (
            <span className="lineup-no-image" />
          )}
          <span className="lineup-number">{item.number}</span>
          <span className="lineup-name">{item.name}</span>
          <span className="lineup-price">
            {item.priceCents === null ? t('show.lineup.noPrice') : priceText(item.priceCents)}
            {overridden && <Pencil className="lineup-mark" role="img" aria-label={t('show.lineup.overridden')} />}
          </span>
          {(onAir || next || item.skip) && (
            <span className="lineup-flag">
              {onAir
                ? t('show.lineup.onAir')
                : item.skip
                  ? t('show.lineup.skipped')
                  : t(setByHand ? 'show.lineup.nextSet' : 'show.lineup.next')}
            </span>
          )}
        </button>
        {!onAir && !next && (
          <button
            type="button"
            className="lineup-set-next"
            tabIndex={-1}
            aria-label={t('show.lineup.setNext', { number: item.number })}
            title={t('show.lineup.setNext', { number: item.number })}
            onClick={() => commands.setNext({ itemId: item.itemId })}
          >
            <ArrowRightToLine aria-hidden="true" />
          </button>
        )}
      </li>
    </>
  )
})
