import type { ShopifyChange } from '#shared/shopify.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call, read } from '../api.ts'
import { changeText } from '../change-text.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { Waiting } from '../ui/waiting.tsx'

interface Props {
  readonly jobId: string
  readonly open: boolean
  readonly onClose: () => void
}

/** What a sync changed, product by product, with the way back. */
export function ReportDialog({ jobId, open, onClose }: Props) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const { data } = useQuery({ ...read('shopify.report', { jobId }), enabled: open })
  const undo = useMutation({
    mutationFn: () => call('shopify.undo', { jobId }),
    onSuccess: ({ undone }) => toasts.done(t('activity.undone', { count: undone })),
    onError: toasts.failed,
  })
  const actions = (
    <>
      {data?.undoable && (
        <Button onClick={() => undo.mutate()} disabled={undo.isPending}>
          {t('activity.undo')}
        </Button>
      )}
      <Button kind="primary" onClick={onClose}>
        {t('ui.close')}
      </Button>
    </>
  )
  return (
    <Dialog wide open={open} onClose={onClose} title={t('activity.reportTitle')} actions={actions}>
      {data === undefined && <Waiting />}
      {data?.items.length === 0 && <p>{t('activity.reportEmpty')}</p>}
      {data !== undefined && data.total > data.items.length && (
        <p className="quiet">{t('activity.reportMore', { shown: data.items.length, total: data.total })}</p>
      )}
      <ul className="report">
        {data?.items.map((change) => (
          <li key={change.productId}>
            <div className="job-head">
              <Link to={`/products/${change.productId}`}>{change.name}</Link>
              <Badge>{t(`activity.actions.${change.action}`)}</Badge>
            </div>
            <Changes change={change} />
          </li>
        ))}
      </ul>
      {data?.undoable && <p className="field-hint">{t('activity.undoHint')}</p>}
    </Dialog>
  )
}

function Changes({ change: { action, changes } }: { readonly change: ShopifyChange }) {
  const { t } = useTranslation()
  if (action === 'created') return null
  return (
    <dl className="report-changes tabular">
      {changes.map(({ name, before, after }) => (
        <div key={name}>
          <dt>{fieldName(t, name)}</dt>
          <dd>
            {before === after ? (
              t('activity.partsChanged')
            ) : (
              <>
                <del>{changeText(t, name, before)}</del> → <ins>{changeText(t, name, after)}</ins>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function fieldName(t: TFunction, name: string): string {
  return t(`activity.fields.${name as 'name'}`, { defaultValue: name })
}
