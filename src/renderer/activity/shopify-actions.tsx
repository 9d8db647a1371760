import { useMutation, useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call, read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { useToasts } from '../ui/toasts.tsx'

/** When the catalogue was last brought, and the ways to bring it now. */
export function ShopifyActions() {
  const { t } = useTranslation()
  const toasts = useToasts()
  const { data: status } = useQuery(read('shopify.status', {}))
  const sync = useMutation({
    mutationFn: (full: boolean) => call('shopify.sync', { full }),
    onError: toasts.failed,
  })
  if (!status) return null
  if (!status.configured) {
    return (
      <Link className="button" to="/settings#shopify">
        {t('activity.setUp')}
      </Link>
    )
  }
  const busy = status.jobId !== null || sync.isPending
  return (
    <>
      {status.lastSyncAt !== null && (
        <span className="quiet activity-last">
          {t('activity.lastSync')} <RelativeTime at={status.lastSyncAt} />
        </span>
      )}
      <Button kind="ghost" disabled={busy} onClick={() => sync.mutate(true)}>
        {t('activity.fullSync')}
      </Button>
      <Button kind="primary" disabled={busy} onClick={() => sync.mutate(false)}>
        <RefreshCw aria-hidden />
        {t('activity.syncNow')}
      </Button>
    </>
  )
}
