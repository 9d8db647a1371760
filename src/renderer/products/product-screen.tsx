import type { ProductDetail } from '#shared/library.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { must } from '#shared/must.ts'
import { read } from '../api.ts'
import { ScreenHeader } from '../frame/screen-header.tsx'
import { useKeys } from '../keys/use-keys.ts'
import { OthersNote, useHere, useOthers } from '../presence.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { DescriptionField } from './editor/description-field.tsx'
import { DetailsForm } from './editor/details-form.tsx'
import { LeaveGuard } from './editor/leave-guard.tsx'
import { PicturesPanel } from './editor/pictures-panel.tsx'
import { PointsPanel } from './editor/points-panel.tsx'
import { ProductFacts } from './editor/product-facts.tsx'
import { ProductHeader } from './editor/product-header.tsx'
import { SaveBar } from './editor/save-bar.tsx'
import { usePrefetch } from '../use-prefetch.ts'
import { useEditor } from './editor/use-editor.ts'
import { VariantsTable } from './editor/variants-table.tsx'
import { useProductActions } from './use-product-actions.tsx'
import './product-screen.css'

/** Everything about one product. */
export function ProductScreen() {
  const { t } = useTranslation()
  const id = must(useParams()['id'], 'the address of a product has its id')
  const { data, error } = useQuery({ ...read('products.get', { id }) })
  usePrefetch({ productId: id })
  if (data) return <ProductEditor key={data.id} product={data} problem={error?.message ?? null} />
  return (
    <>
      <ScreenHeader title={t('products.title')} />
      {error ? (
        <EmptyState
          title={t('products.editor.gone')}
          actions={
            <Link className="button" to="/products">
              {t('products.editor.back')}
            </Link>
          }
        >
          {error.message}
        </EmptyState>
      ) : (
        <Waiting />
      )}
    </>
  )
}

interface ProductEditorProps {
  readonly product: ProductDetail
  /** Why the product could not be read again, where it could not. */
  readonly problem: string | null
}

function ProductEditor({ product, problem }: ProductEditorProps) {
  const { t } = useTranslation()
  const editor = useEditor(product)
  const actions = useProductActions()
  useHere({ entity: 'products', id: product.id, sessionId: null })
  useKeys('global', { save: () => void (editor.changes > 0 && editor.save()) })
  return (
    <>
      <ProductHeader editor={editor} />
      <LeaveGuard editor={editor} />
      <OthersNote others={useOthers({ id: product.id })} />
      {problem !== null && (
        <p role="alert" className="product-banner" data-kind="bad">
          {problem}
        </p>
      )}
      {product.status === 'archived' && (
        <div className="product-banner">
          <p>{t('products.editor.archived')}</p>
          <Button onClick={() => void actions.unarchive(product)}>{t('products.actions.unarchive')}</Button>
        </div>
      )}
      <div className="product-screen">
        <div className="product-main">
          <DetailsForm editor={editor} />
          <PointsPanel editor={editor} />
          <DescriptionField editor={editor} />
          <VariantsTable variants={product.variants} fromShopify={product.source === 'shopify'} />
        </div>
        <div className="product-side">
          <PicturesPanel product={product} />
          <ProductFacts product={product} />
        </div>
      </div>
      <SaveBar editor={editor} />
    </>
  )
}
