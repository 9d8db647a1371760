import type { Job, TeamJob } from '#shared/jobs.ts'
import type { ShopifyStatus } from '#shared/shopify.ts'
import type { SyncStatus } from '#shared/sync.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call, read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { Progress } from './progress.tsx'
import { focusNext, StepFrame } from './step-frame.tsx'
import type { StepProps } from './way.ts'

const OTHERS_MS = 10_000

/** What comes from the team and from the shop for the first time. Nobody has to wait for it. */
export function SyncStep({ way }: StepProps) {
  const { t, i18n } = useTranslation()
  const { data: sync } = useQuery(read('sync.status', {}))
  const { data: shop } = useQuery(read('shopify.status', {}))
  // How far others are, nobody tells: it is asked for.
  const { data: jobs } = useQuery({ ...read('jobs.list', {}), refetchInterval: OTHERS_MS })
  const { data: products } = useQuery(read('products.list', { limit: 1 }))
  if (!sync || !shop || !jobs) return <Waiting />
  const hasTeam = sync.state !== 'unconfigured'
  const job = jobs.items.find(({ kind }) => kind === 'shopify.sync')
  const elsewhere = jobs.team.find(({ kind }) => kind === 'shopify.sync')
  const total = products?.total ?? 0
  return (
    <StepFrame way={way}>
      {!hasTeam && !shop.configured && <p>{t('wizard.sync.nothing')}</p>}
      {hasTeam && (
        <section className="wizard-source" aria-label={t('wizard.sync.team')}>
          <h2>{t('wizard.sync.team')}</h2>
          <FromTeam sync={sync} />
        </section>
      )}
      {shop.configured && (
        <section className="wizard-source" aria-label={t('wizard.sync.shop')}>
          <h2>{t('wizard.sync.shop')}</h2>
          {job ? <FromShop job={job} /> : <FromElsewhere shop={shop} work={elsewhere} />}
        </section>
      )}
      {(hasTeam || shop.configured) && (
        <p className="quiet tabular">
          {t('wizard.sync.products', { count: total, formatted: total.toLocaleString(i18n.language) })}
        </p>
      )}
    </StepFrame>
  )
}

function FromTeam({ sync }: { readonly sync: SyncStatus }) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const now = useMutation({ mutationFn: () => call('sync.now', {}), onSuccess: focusNext, onError: toasts.failed })
  if (sync.progress) return <Progress done={sync.progress.done} total={sync.progress.total} />
  if (sync.state === 'online') {
    return sync.lastPullAt === null ? (
      <p role="status">{t('wizard.sync.begins')}</p>
    ) : (
      <p role="status" className="wizard-good">
        ● {t('wizard.sync.upToDate')}
      </p>
    )
  }
  // Before the first try nothing is known.
  if (sync.state === 'offline' && sync.since === null) return <p role="status">{t('wizard.sync.begins')}</p>
  return (
    <>
      <p role="status" className="field-error">
        {sync.reason}
      </p>
      <Button className="wizard-start" aria-disabled={now.isPending} onClick={() => !now.isPending && now.mutate()}>
        {t('wizard.sync.again')}
      </Button>
    </>
  )
}

/** Where nothing was fetched here: another desktop does it or did it, or it is about to begin. */
function FromElsewhere({ shop, work }: { readonly shop: ShopifyStatus; readonly work: TeamJob | undefined }) {
  const { t } = useTranslation()
  if (work) {
    return (
      <>
        <p role="status">{t('activity.elsewhere', { device: work.device })}</p>
        <Progress done={work.done} total={work.total} />
      </>
    )
  }
  if (shop.problem !== null) return <p className="field-error">{shop.problem}</p>
  if (shop.lastSyncAt === null) return <p role="status">{t('wizard.sync.begins')}</p>
  return (
    <p role="status" className="wizard-good">
      ● {t('wizard.sync.shopDone')}
    </p>
  )
}

function FromShop({ job }: { readonly job: Job }) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const sync = useMutation({ mutationFn: () => call('shopify.sync', {}), onSuccess: focusNext, onError: toasts.failed })
  if (job.endedAt === null) {
    return (
      <>
        <Progress done={job.done + job.failed} total={job.total} />
        {(job.note ?? job.problem) !== null && <p role="status">{job.note ?? job.problem}</p>}
      </>
    )
  }
  if (job.state === 'done' || job.state === 'partial') {
    return (
      <p role="status" className={job.state === 'done' ? 'wizard-good' : 'field-error'}>
        {job.state === 'done' ? `● ${t('wizard.sync.shopDone')}` : t('wizard.sync.partly', { count: job.failed })}
      </p>
    )
  }
  return (
    <>
      <p role="status" className="field-error">
        {job.problem ?? t('activity.states.cancelled')}
      </p>
      <Button className="wizard-start" aria-disabled={sync.isPending} onClick={() => !sync.isPending && sync.mutate()}>
        {t('wizard.sync.again')}
      </Button>
    </>
  )
}
