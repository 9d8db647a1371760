import { useTranslation } from 'react-i18next'
import { MoneyField } from '../../ui/money-field.tsx'
import { Select } from '../../ui/choice.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { BrandField } from '../brand-field.tsx'
import { useFrames } from './field-frame.tsx'
import { TagsField } from './tags-field.tsx'
import type { Editor } from './use-editor.ts'
import '../product-pair.css'

/** The short fields of a product. */
export function DetailsForm({ editor }: { readonly editor: Editor }) {
  const { t } = useTranslation()
  const frame = useFrames(editor)
  const { shown, type, round } = editor
  const { readOnly: statusLocked, ...statusFrame } = frame('status')
  const inverted =
    shown.priceCents !== null && shown.compareAtPriceCents !== null && shown.compareAtPriceCents <= shown.priceCents
  const wasHint = inverted ? (
    <span key="was" className="field-warn">
      {t('products.editor.wasTooLow')}
    </span>
  ) : undefined
  return (
    <section className="product-form" aria-label={t('products.editor.details')}>
      <TextField
        {...frame('name')}
        label={t('products.fields.name')}
        maxLength={300}
        value={shown.name}
        onValue={(name) => type('name', name)}
      />
      <div className="product-pair" data-money="" key={round}>
        <MoneyField
          {...frame('priceCents')}
          label={t('products.fields.price')}
          cents={shown.priceCents}
          onCents={(cents) => type('priceCents', cents)}
        />
        <MoneyField
          {...frame('compareAtPriceCents', wasHint)}
          label={t('products.fields.was')}
          cents={shown.compareAtPriceCents}
          onCents={(cents) => type('compareAtPriceCents', cents)}
        />
      </div>
      <div className="product-pair">
        <BrandField {...frame('brand')} value={shown.brand} onValue={(brand) => type('brand', brand)} />
        {shown.status === 'archived' ? (
          <TextField
            label={t('products.fields.status')}
            value={t('products.status.archived')}
            readOnly
            onValue={() => {}}
          />
        ) : (
          <Select
            {...statusFrame}
            label={t('products.fields.status')}
            disabled={statusLocked}
            value={shown.status}
            options={[
              { value: 'active', label: t('products.status.active') },
              { value: 'draft', label: t('products.status.draft') },
            ]}
            onValue={(status) => type('status', status)}
          />
        )}
      </div>
      <div className="product-pair">
        <TextField
          {...frame('sku')}
          label={t('products.fields.sku')}
          maxLength={200}
          value={shown.sku}
          onValue={(sku) => type('sku', sku)}
        />
        <TextField
          {...frame('pid', t('files.tiktok'))}
          label={t('products.fields.pid')}
          maxLength={100}
          inputMode="numeric"
          value={shown.pid}
          onValue={(pid) => type('pid', pid)}
        />
      </div>
      <TagsField {...frame('tags')} tags={shown.tags} onTags={(tags) => type('tags', tags)} />
    </section>
  )
}
