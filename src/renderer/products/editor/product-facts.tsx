import type { ProductDetail } from '#shared/library.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { RelativeTime } from '../../ui/relative-time.tsx'

/** Where the product is used, and where it came from. */
export function ProductFacts({ product }: { readonly product: ProductDetail }) {
  const { t } = useTranslation()
  const { usedIn, source, handle, updatedAt } = product
  return (
    <section className="product-facts">
      <h2>{t('products.editor.usedIn')}</h2>
      {usedIn.length === 0 ? (
        <p className="quiet">{t('products.editor.unused')}</p>
      ) : (
        <ul className="used-in">
          {usedIn.map(({ sessionId, name, number }) => (
            <li key={`${sessionId}-${String(number)}`}>
              <span className="tabular used-in-number">{number}</span>
              <Link to={`/sessions/${sessionId}`}>{name}</Link>
            </li>
          ))}
        </ul>
      )}
      <dl className="facts">
        <dt>{t('products.editor.source')}</dt>
        <dd>{t(`products.source.${source}`)}</dd>
        {handle !== null && <dt>{t('products.editor.handle')}</dt>}
        {handle !== null && <dd>{handle}</dd>}
        <dt>{t('products.editor.updated')}</dt>
        <dd>
          <RelativeTime at={updatedAt} />
        </dd>
      </dl>
    </section>
  )
}
