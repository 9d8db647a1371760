import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useProductActions, useRowMenu } from './use-product-actions.tsx'
import { ProductRow } from './product-row.tsx'
import type { ProductList as List } from './use-product-list.ts'
import './product-list.css'

interface ProductListProps {
  readonly list: List
  /** Begins anew at the top when it changes. */
  readonly filterKey: string
  /** Where the arrow up from the first row leads. */
  readonly searchRef: RefObject<HTMLInputElement | null>
}

const ROW_PX = 53
/** How many rows before the end the next page is asked for. */
const AHEAD = 30

/** The rows, as many as fit on the screen; ↑, ↓, Page Up and Down, Home and End move, Enter opens. */
export function ProductList({ list, filterKey, searchRef }: ProductListProps) {
  const { t } = useTranslation()
  const actions = useProductActions()
  const menu = useRowMenu()
  const scroller = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(0)
  const { products, hasMore, more } = list
  const rows = useVirtualizer({
    count: products.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
    getItemKey: (index) => products[index]?.id ?? index,
  })
  const visible = rows.getVirtualItems()
  const last = visible.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= products.length - AHEAD) more()
  })
  useEffect(() => {
    setCurrent(0)
    scroller.current?.scrollTo({ top: 0 })
  }, [filterKey])
  const focused = Math.min(current, Math.max(0, products.length - 1))
  const goTo = (index: number): void => {
    if (index < 0) {
      searchRef.current?.focus()
      return
    }
    const next = Math.min(index, products.length - 1)
    setCurrent(next)
    rows.scrollToIndex(next)
    // A row out of sight is drawn first.
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${String(next)}"]`)?.focus())
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const row = event.target instanceof HTMLElement && event.target.matches('.product-row')
    const product = products[focused]
    if (!row || !product || event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW_PX) / ROW_PX) - 2)
    const target = stepOf(event.key, { at: focused, page, last: products.length - 1 })
    if (event.key === 'Enter') actions.open(product)
    else if (event.key === 'Delete') void actions.remove(product)
    else if (target === null) return
    else goTo(target)
    event.preventDefault()
  }
  return (
    <div
      className="product-list"
      role="grid"
      aria-label={t('products.title')}
      aria-rowcount={(list.total ?? 0) + 1}
      aria-busy={list.stale}
      onKeyDown={onKeyDown}
    >
      <ListHead />
      <div ref={scroller} className="product-scroll" role="rowgroup">
        <div className="product-rows" role="presentation" style={{ height: rows.getTotalSize() }}>
          {visible.map(({ index, key, start }) => {
            const product = products[index]
            if (!product) return null
            const style = { transform: `translateY(${String(start)}px)` }
            return <ProductRow key={key} {...{ product, index, menu, style }} current={index === focused} />
          })}
        </div>
      </div>
    </div>
  )
}

function ListHead() {
  const { t } = useTranslation()
  return (
    <div role="rowgroup">
      <div role="row" className="product-row product-head">
        <span role="columnheader" className="product-cell-name">
          {t('products.list.name')}
        </span>
        <span role="columnheader" className="product-cell-brand">
          {t('products.list.brand')}
        </span>
        <span role="columnheader" className="product-cell-sku">
          {t('products.list.sku')}
        </span>
        <span role="columnheader" className="product-cell-variants">
          {t('products.list.variants')}
        </span>
        <span role="columnheader" className="product-cell-was">
          {t('products.list.was')}
        </span>
        <span role="columnheader" className="product-cell-price">
          {t('products.list.price')}
        </span>
        <span role="columnheader" className="product-cell-menu">
          <span className="visually-hidden">{t('products.list.actions')}</span>
        </span>
      </div>
    </div>
  )
}

function stepOf(key: string, { at, page, last }: { at: number; page: number; last: number }): number | null {
  switch (key) {
    case 'ArrowDown':
      return at + 1
    case 'ArrowUp':
      return at - 1
    case 'PageDown':
      return at + page
    case 'PageUp':
      return Math.max(0, at - page)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}
