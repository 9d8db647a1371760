import type { Variant } from '#shared/library.ts'
import { useTranslation } from 'react-i18next'
import { priceText } from '../../ui/money.ts'
import { Badge } from '../../ui/badge.tsx'
import '../product-table.css'

interface VariantsTableProps {
  readonly variants: readonly Variant[]
  readonly fromShopify: boolean
}

/** The variants, as the shop has them. */
export function VariantsTable({ variants, fromShopify }: VariantsTableProps) {
  const { t } = useTranslation()
  if (variants.length === 0) return null
  const price = (cents: number | null): string => (cents === null ? '' : priceText(cents))
  return (
    <section className="product-variants">
      <div className="field-head">
        <h2>{t('products.editor.variants', { count: variants.length })}</h2>
        {fromShopify && <Badge>{t('products.owner.shopify')}</Badge>}
      </div>
      <div
        className="product-table-scroll"
        tabIndex={0}
        role="group"
        aria-label={t('products.editor.variants', { count: variants.length })}
      >
        <table className="product-table">
          <thead>
            <tr>
              <th scope="col">{t('products.editor.variant')}</th>
              <th scope="col">{t('products.list.sku')}</th>
              <th scope="col" className="number">
                {t('products.list.was')}
              </th>
              <th scope="col" className="number">
                {t('products.list.price')}
              </th>
              <th scope="col" className="number">
                {t('products.editor.stock')}
              </th>
            </tr>
          </thead>
          <tbody>
            {variants.map((variant) => (
              <tr key={variant.id}>
                <td>{variant.title}</td>
                <td className="quiet">{variant.sku ?? ''}</td>
                <td className="number">
                  {variant.compareAtPriceCents !== null && <s>{price(variant.compareAtPriceCents)}</s>}
                </td>
                <td className="number">{price(variant.priceCents)}</td>
                <td className="number">{variant.stock ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
