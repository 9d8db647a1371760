import type { Product } from '#shared/library.ts'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { priceText } from '../../ui/money.ts'
import { Picture } from '../../ui/picture.tsx'
import { pickRowHeight } from '../line-up/row-sizes.ts'
import { usePickKeys } from './use-pick-keys.ts'
import { primaryOf } from './use-picks.ts'
import type { Picks } from './use-picks.ts'

interface Props {
  readonly products: readonly Product[]
  readonly picks: Picks
  /** Product to its number, for those that are in the line-up. */
  readonly numbers: ReadonlyMap<string, number>
  readonly submit: () => void
  /** The end of the list is near. */
  readonly onMore: () => void
}

/** The products that were found. The list keeps the focus and says which row is active. */
export function PickList({ products, picks, numbers, submit, onMore }: Props) {
  const { t } = useTranslation()
  const list = useRef<HTMLDivElement>(null)
  const base = useId()
  const [active, setActive] = useState(0)
  const virtualizer = useVirtualizer({
    count: products.length,
    getScrollElement: () => list.current,
    estimateSize: () => pickRowHeight,
    overscan: 6,
  })
  const shown = virtualizer.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  const near = last >= products.length - 20
  const more = useRef(onMore)
  useEffect(() => {
    more.current = onMore
  })
  useEffect(() => {
    // Once for each list that grew; `onMore` itself knows whether there is more.
    if (near) more.current()
  }, [near, products.length])
  const keys = usePickKeys({ products, picks, submit, active, list })
  const onKey = (event: KeyboardEvent): void => {
    const index = keys(event)
    if (index === null) return
    setActive(index)
    virtualizer.scrollToIndex(index)
  }
  return (
    <>
      <p id={`${base}-help`} className="visually-hidden">
        {t('sessions.picker.help')}
      </p>
      <div
        ref={list}
        className="pick-list"
        role="listbox"
        aria-multiselectable
        aria-label={t('sessions.picker.results')}
        aria-describedby={`${base}-help`}
        aria-activedescendant={`${base}-${String(active)}`}
        tabIndex={0}
        onKeyDown={onKey}
      >
        <div role="presentation" className="pick-rows" style={{ height: virtualizer.getTotalSize() }}>
          {shown.map(({ index, start, size }) => {
            const product = products[index]
            if (!product) return null
            return (
              <PickRow
                key={product.id}
                id={`${base}-${String(index)}`}
                {...{ product, picks }}
                number={numbers.get(product.id)}
                active={index === active}
                setting={{ place: index + 1, count: products.length, style: { top: start, height: size } }}
                onClick={(shift) => {
                  setActive(index)
                  list.current?.focus({ preventScroll: true })
                  if (shift) picks.extend(product, products)
                  else picks.toggle(product)
                }}
              />
            )
          })}
        </div>
      </div>
    </>
  )
}

interface RowProps {
  readonly id: string
  readonly product: Product
  readonly picks: Picks
  readonly number: number | undefined
  readonly active: boolean
  readonly setting: {
    readonly place: number
    readonly count: number
    readonly style: { readonly top: number; readonly height: number }
  }
  readonly onClick: (shift: boolean) => void
}

function PickRow({ id, product, picks, number, active, setting, onClick }: RowProps) {
  const { t } = useTranslation()
  const place = picks.placeOf(product.id)
  const { name, brand, sku, priceCents, compareAtPriceCents, images } = product
  return (
    // The list has the keys of its rows.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      className="pick"
      aria-selected={place !== undefined}
      aria-disabled={number !== undefined || undefined}
      aria-posinset={setting.place}
      aria-setsize={setting.count}
      data-active={active || undefined}
      style={setting.style}
      onClick={(event) => onClick(event.shiftKey)}
    >
      <span
        className="pick-tick tabular"
        aria-label={place === undefined ? undefined : t('sessions.picker.order', { place })}
      >
        {place}
      </span>
      <Picture src={primaryOf(images)} alt="" />
      <span className="pick-name">
        <span className="truncate" title={name}>
          {name}
        </span>
        <span className="quiet truncate">
          {[sku, brand.name].filter((text) => text !== null && text !== '').join(' · ')}
        </span>
      </span>
      {number !== undefined && <span className="pick-there tabular">{t('sessions.picker.there', { number })}</span>}
      <span className="pick-price tabular">
        <span>{priceCents === null ? '–' : priceText(priceCents)}</span>
        {compareAtPriceCents !== null && compareAtPriceCents > 0 && (
          <s className="quiet">{priceText(compareAtPriceCents)}</s>
        )}
      </span>
    </div>
  )
}
