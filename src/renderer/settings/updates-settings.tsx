import { AppError } from '#shared/app-error.ts'
import type { UpdatesState } from '#shared/updates.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { SegmentedControl } from '../ui/choice.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { LinkedSection } from './linked-section.tsx'
import { UpdateOffer } from './update-offer.tsx'

/** Which versions come, what is there, and the way back. */
export function UpdatesSettings() {
  const { t } = useTranslation()
  const { data: state } = useQuery(read('updates.state', {}))
  if (!state) return null
  return (
    <LinkedSection id="updates" title={t('settings.updates.title')} hint={t('settings.updates.hint')}>
      <dl className="settings-facts tabular">
        <dt>{t('settings.updates.current')}</dt>
        <dd>{state.current}</dd>
        {state.checkedAt !== null && (
          <>
            <dt>{t('settings.updates.checked')}</dt>
            <dd>
              <RelativeTime at={state.checkedAt} />
            </dd>
          </>
        )}
      </dl>
      {state.supported ? (
        <Supported state={state} />
      ) : (
        state.reason !== undefined && <p className="field-hint">{state.reason}</p>
      )}
    </LinkedSection>
  )
}

const busyPhases: ReadonlySet<UpdatesState['phase']> = new Set(['checking', 'downloading', 'installing'])

function Supported({ state }: { readonly state: UpdatesState }) {
  const { t } = useTranslation()
  const toasts = useToasts()
  // What the place of updates says of itself stands in the section; a toast is for what does not.
  const channel = useMutation({
    mutationFn: (next: 'stable' | 'beta') => call('updates.setChannel', { channel: next }),
    onError: (error) => error instanceof AppError && error.code === 'busy' && toasts.failed(error),
  })
  const check = useMutation({ mutationFn: (down: boolean) => call('updates.check', { down }) })
  const busy = busyPhases.has(state.phase) || channel.isPending || check.isPending
  const isStaying = state.channel === 'stable' && state.current.includes('-') && state.available === null
  return (
    <>
      <SegmentedControl
        label={t('settings.updates.channel')}
        value={channel.isPending ? channel.variables : state.channel}
        options={(['stable', 'beta'] as const).map((value) => ({
          value,
          label: t(`settings.updates.channels.${value}`),
        }))}
        onValue={(next) => channel.mutate(next)}
      />
      <p className="field-hint">{t(`settings.updates.about.${state.channel}`)}</p>
      <div role="status" className="settings-join">
        {state.reason !== undefined && <p className={state.phase === 'failed' ? 'field-error' : ''}>{state.reason}</p>}
        {state.isNewest && <p>{t('settings.updates.newest')}</p>}
      </div>
      {state.available && <UpdateOffer state={state} offer={state.available} onError={toasts.failed} />}
      <div className="settings-actions">
        <Button disabled={busy} onClick={() => check.mutate(false)}>
          {t(state.phase === 'checking' ? 'settings.updates.checking' : 'settings.updates.check')}
        </Button>
        {isStaying && (
          <Button kind="ghost" disabled={busy} onClick={() => check.mutate(true)}>
            {t('settings.updates.lookDown')}
          </Button>
        )}
      </div>
      {state.previous && <GoBack previous={state.previous} busy={busy} />}
    </>
  )
}

interface GoBackProps {
  readonly previous: NonNullable<UpdatesState['previous']>
  readonly busy: boolean
}

/** Back to the version before this one, after saying what that means. */
function GoBack({ previous, busy }: GoBackProps) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const [asking, setAsking] = useState(false)
  const back = useMutation({ mutationFn: () => call('updates.rollback', {}), onError: toasts.failed })
  const { version, reason, failedBoots } = previous
  if (reason !== undefined) return <p className="field-hint">{reason}</p>
  return (
    <>
      {failedBoots > 0 && <p className="field-error">{t('settings.updates.failedBoots', { count: failedBoots })}</p>}
      <Button kind="ghost" className="settings-button" disabled={busy} onClick={() => setAsking(true)}>
        {t('settings.updates.back', { version })}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('settings.updates.backTitle', { version })}
        confirm={t('settings.updates.backConfirm')}
        onConfirm={() => back.mutate()}
        cancel={t('settings.updates.stay')}
      >
        <p>{t('settings.updates.backText')}</p>
      </ConfirmDialog>
    </>
  )
}
