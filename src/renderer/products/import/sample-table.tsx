import type { ImportReport } from '#shared/library.ts'
import { useTranslation } from 'react-i18next'
import { priceText } from '../../ui/money.ts'
import { Badge } from '../../ui/badge.tsx'
import { changeKeys } from './report-text.ts'
import '../product-table.css'

/** The first products of the file and what happens to each. */
export function SampleTable({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation()
  const price = (cents: number | null): string => (cents === null ? '' : priceText(cents))
  const title = t('products.import.sampleTitle', { count: report.sample.length, total: report.found.products })
  return (
    <section className="import-sample">
      <h3>{title}</h3>
      <div className="product-table-scroll" tabIndex={0} role="group" aria-label={title}>
        <table className="product-table">
          <thead>
            <tr>
              <th scope="col">{t('products.list.name')}</th>
              <th scope="col">{t('products.import.action')}</th>
              <th scope="col" className="number">
                {t('products.list.was')}
              </th>
              <th scope="col" className="number">
                {t('products.list.price')}
              </th>
              <th scope="col" className="number">
                {t('products.list.variants')}
              </th>
              <th scope="col" className="number">
                {t('products.import.pictures')}
              </th>
            </tr>
          </thead>
          <tbody>
            {report.sample.map((one) => (
              <tr key={one.handle}>
                <td>{one.name}</td>
                <td>
                  <Badge kind={one.action === 'create' ? 'ok' : one.action === 'update' ? 'info' : 'plain'}>
                    {t(`products.import.actions.${one.action}`)}
                  </Badge>
                  {one.action === 'update' && (
                    <span className="quiet"> {one.changes.map((name) => t(changeKeys(name))).join(', ')}</span>
                  )}
                </td>
                <td className="number">
                  {one.compareAtPriceCents !== null && <s>{price(one.compareAtPriceCents)}</s>}
                </td>
                <td className="number">{price(one.priceCents)}</td>
                <td className="number">{one.variants}</td>
                <td className="number">{one.images}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
