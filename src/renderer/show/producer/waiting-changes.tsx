import type { WaitingChange } from '#shared/shopify.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Tag } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, read } from '../../api.ts'
import { changeText } from '../../change-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import './waiting-changes.css'

interface Props {
  readonly sessionId: string
  readonly onError: (error: unknown) => void
}

/** What Shopify says otherwise than the line-up shows, while the show is on: taken by hand. */
export function WaitingChanges({ sessionId, onError }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { data } = useQuery(read('shopify.waiting', { sessionId }))
  const take = useMutation({
    mutationFn: (productIds: readonly string[] | null) =>
      call('shopify.take', { sessionId, ...(productIds && { productIds: [...productIds] }) }),
    onError,
  })
  const items = data?.items ?? []
  if (items.length === 0 && !open) return null
  const prices = items.filter(({ fields }) => fields.some(({ name }) => name.endsWith('Cents'))).length
  const words = prices === items.length ? 'show.waiting.prices' : 'show.waiting.changes'
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        <Tag aria-hidden="true" /> {t(words, { count: items.length })}
      </button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('show.waiting.title')}
        description={t('show.waiting.hint')}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{t('show.waiting.later')}</Button>
            <Button
              kind="primary"
              disabled={take.isPending || items.length === 0}
              onClick={() => take.mutate(null, { onSuccess: () => setOpen(false) })}
            >
              {t('show.waiting.takeAll')}
            </Button>
          </>
        }
      >
        <ul className="waiting-changes">
          {items.map((item) => (
            <Row key={item.productId} item={item} busy={take.isPending} onTake={() => take.mutate([item.productId])} />
          ))}
        </ul>
      </Dialog>
    </>
  )
}

interface RowProps {
  readonly item: WaitingChange
  readonly busy: boolean
  readonly onTake: () => void
}

function Row({ item: { name, fields }, busy, onTake }: RowProps) {
  const { t } = useTranslation()
  return (
    <li>
      <div>
        <b>{name}</b>
        <ul>
          {fields.map((field) => (
            <li key={field.name} className="tabular">
              {t(`activity.fields.${field.name}`)}: <del>{changeText(t, field.name, field.now)}</del> →{' '}
              <ins>{changeText(t, field.name, field.shopify)}</ins>
            </li>
          ))}
        </ul>
      </div>
      <Button disabled={busy} onClick={onTake}>
        {t('show.waiting.take')}
      </Button>
    </li>
  )
}
