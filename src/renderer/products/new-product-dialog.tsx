import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { MoneyField } from '../ui/money-field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { BrandField } from './brand-field.tsx'
import { fieldErrorsOf } from './editor/field-errors.ts'
import type { SortedErrors } from './editor/field-errors.ts'
import './product-pair.css'

interface NewProductDialogProps {
  readonly open: boolean
  readonly onClose: () => void
}

/** Asks for what a product needs at least; everything else is written in its editor, which it leads to. */
export function NewProductDialog({ open, onClose }: NewProductDialogProps) {
  const { t } = useTranslation()
  const form = useId()
  const [busy, setBusy] = useState(false)
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('products.new.title')}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} disabled={busy}>
            {t('products.new.create')}
          </Button>
        </>
      }
    >
      <NewProductForm id={form} onBusy={setBusy} />
    </Dialog>
  )
}

const empty = { name: '', brand: '', priceCents: null, compareAtPriceCents: null, sku: '', pid: '' }
type NewProduct = Omit<typeof empty, 'priceCents' | 'compareAtPriceCents'> & {
  readonly priceCents: number | null
  readonly compareAtPriceCents: number | null
}

function NewProductForm({ id, onBusy }: { readonly id: string; readonly onBusy: (busy: boolean) => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [product, setProduct] = useState<NewProduct>(empty)
  const [nameless, setNameless] = useState(false)
  const set = (change: Partial<NewProduct>): void => setProduct((before) => ({ ...before, ...change }))
  const create = useMutation({
    mutationFn: () => {
      const { brand, ...rest } = product
      return call('products.create', { ...rest, ...(brand.trim() !== '' && { brand }) })
    },
    onMutate: () => onBusy(true),
    onSettled: () => onBusy(false),
    onSuccess: ({ id: created }) => void navigate(`/products/${created}`),
  })
  const errors = fieldErrorsOf(create.error)
  return (
    <form
      id={id}
      className="new-product"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const isNameless = product.name.trim() === ''
        setNameless(isNameless)
        if (!isNameless && !event.currentTarget.querySelector('[aria-invalid="true"]')) create.mutate()
      }}
    >
      <TextField
        autoFocus
        required
        maxLength={300}
        label={t('products.fields.name')}
        value={product.name}
        onValue={(name) => {
          set({ name })
          setNameless(false)
        }}
        error={nameless ? t('products.editor.nameMissing') : errors.fields.name}
      />
      <BrandField
        value={product.brand}
        onValue={(brand) => set({ brand })}
        error={errors.fields.brand}
        hint={t('products.new.brandHint')}
      />
      <PricesAndCodes product={product} errors={errors.fields} onChange={set} />
      {errors.other !== null && (
        <p role="alert" className="field-error">
          {errors.other}
        </p>
      )}
    </form>
  )
}

interface PricesAndCodesProps {
  readonly product: NewProduct
  readonly errors: SortedErrors['fields']
  readonly onChange: (change: Partial<NewProduct>) => void
}

function PricesAndCodes({ product, errors, onChange }: PricesAndCodesProps) {
  const { t } = useTranslation()
  const { priceCents, compareAtPriceCents } = product
  const inverted = priceCents !== null && compareAtPriceCents !== null && compareAtPriceCents <= priceCents
  return (
    <>
      <div className="product-pair">
        <MoneyField
          label={t('products.fields.price')}
          cents={priceCents}
          onCents={(cents) => onChange({ priceCents: cents })}
          error={errors.priceCents}
        />
        <MoneyField
          label={t('products.fields.was')}
          cents={compareAtPriceCents}
          onCents={(cents) => onChange({ compareAtPriceCents: cents })}
          error={errors.compareAtPriceCents}
          hint={inverted ? t('products.editor.wasTooLow') : undefined}
        />
      </div>
      <div className="product-pair">
        <TextField
          label={t('products.fields.sku')}
          maxLength={200}
          value={product.sku}
          onValue={(sku) => onChange({ sku })}
          error={errors.sku}
        />
        <TextField
          label={t('products.fields.pid')}
          maxLength={100}
          value={product.pid}
          onValue={(pid) => onChange({ pid })}
          error={errors.pid}
        />
      </div>
    </>
  )
}
