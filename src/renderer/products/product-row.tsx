import type { Product } from '#shared/library.ts'
import { memo } from 'react'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { priceText } from '../ui/money.ts'
import { ActionContextMenu, ActionMenu } from '../ui/action-menu.tsx'
import type { MenuAction } from '../ui/action-menu.tsx'
import { Picture } from '../ui/picture.tsx'
import { ProductMarks } from './product-marks.tsx'

interface ProductRowProps {
  readonly product: Product
  /** Its place in the whole list, from 0. */
  readonly index: number
  /** The one row that Tab reaches. */
  readonly current: boolean
  readonly style: CSSProperties
  readonly menu: (product: Product) => readonly MenuAction[]
}

/** One product in the list. */
export const ProductRow = memo(function ProductRow({ product, index, current, style, menu }: ProductRowProps) {
  const { t } = useTranslation()
  const actions = menu(product)
  return (
    <ActionContextMenu actions={actions}>
      <div
        role="row"
        className="product-row"
        aria-rowindex={index + 2}
        data-index={index}
        data-archived={product.status === 'archived' || undefined}
        tabIndex={current ? 0 : -1}
        style={style}
      >
        <span role="gridcell" className="product-cell-name">
          <Picture src={primarySrc(product)} alt="" />
          <span className="product-name-lines">
            <Link
              className="product-name truncate"
              to={`/products/${product.id}`}
              state={{ list: window.location.search }}
              tabIndex={-1}
              draggable={false}
            >
              {product.name}
            </Link>
            <ProductMarks product={product} />
          </span>
        </span>
        <span role="gridcell" className="product-cell-brand truncate quiet">
          {product.brand.name}
        </span>
        <span role="gridcell" className="product-cell-sku truncate quiet tabular">
          {product.sku ?? ''}
        </span>
        <span role="gridcell" className="product-cell-variants quiet tabular">
          {product.variants.length > 1 ? product.variants.length : ''}
        </span>
        <span role="gridcell" className="product-cell-was tabular">
          {product.compareAtPriceCents !== null && <s>{priceText(product.compareAtPriceCents)}</s>}
        </span>
        <span role="gridcell" className="product-cell-price tabular">
          {product.priceCents === null ? (
            <span className="quiet">{t('products.list.noPrice')}</span>
          ) : (
            priceText(product.priceCents)
          )}
        </span>
        <span role="gridcell" className="product-cell-menu">
          <ActionMenu label={t('products.list.menu', { name: product.name })} actions={actions} />
        </span>
      </div>
    </ActionContextMenu>
  )
})

function primarySrc({ images }: Product): string | null {
  return (images.find(({ primary }) => primary) ?? images[0])?.src ?? null
}
