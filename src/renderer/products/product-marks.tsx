import type { Product } from '#shared/library.ts'
import { useTranslation } from 'react-i18next'
import { SyncMarks } from '../sync-marks.tsx'
import { Badge } from '../ui/badge.tsx'

/** What a product still lacks for a show, and its status where it is not the usual one. */
export function ProductMarks({ product }: { readonly product: Product }) {
  const { t } = useTranslation()
  const { images, talkingPointsMd, status } = product
  const failed = images.some(({ state }) => state === 'failed')
  return (
    <span className="product-marks">
      <SyncMarks pending={product.pending} />
      {status === 'archived' && <Badge shape="▣">{t('products.status.archived')}</Badge>}
      {status === 'draft' && <Badge shape="◇">{t('products.status.draft')}</Badge>}
      {images.length === 0 && (
        <Badge kind="warn" shape="▲">
          {t('products.marks.noPicture')}
        </Badge>
      )}
      {failed && (
        <Badge kind="bad" shape="▲">
          {t('products.marks.pictureFailed')}
        </Badge>
      )}
      {talkingPointsMd.trim() === '' && (
        <Badge kind="warn" shape="▲">
          {t('products.marks.noPoints')}
        </Badge>
      )}
    </span>
  )
}
