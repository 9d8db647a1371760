import type { OfferedVersion, UpdatesState } from '#shared/updates.ts'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../api.ts'
import { dateTime } from '../format.ts'
import { Button } from '../ui/button.tsx'
import { Markdown } from '../ui/markdown.tsx'

interface Props {
  readonly state: UpdatesState
  readonly offer: OfferedVersion
  readonly onError: (error: unknown) => void
}

/** A version that can be installed: what is new in it, and when it is put in place. */
export function UpdateOffer({ state, offer, onError }: Props) {
  const { t, i18n } = useTranslation()
  const install = useMutation({ mutationFn: (when: 'now' | 'quit') => call('updates.install', { when }), onError })
  const cancel = useMutation({ mutationFn: () => call('updates.cancel', {}), onError })
  const { phase, progress, heldBack } = state
  const { version, direction, notes, bytes } = offer
  const megabytes = Math.max(1, Math.round(bytes / 1_000_000))
  const busy = install.isPending || phase === 'downloading' || phase === 'installing' || phase === 'checking'
  return (
    <article className="update-offer" aria-label={t('settings.updates.offer', { version })}>
      <h3>{t(direction === 'up' ? 'settings.updates.offer' : 'settings.updates.offerDown', { version })}</h3>
      <p className="quiet">{t('settings.updates.size', { megabytes })}</p>
      {notes !== '' && <Markdown text={notes} />}
      {progress && (
        <p className="update-progress">
          <progress max={progress.total} value={progress.done} aria-label={t('settings.updates.downloading')} />
          <span>{t('settings.updates.percent', { percent: Math.floor((progress.done / progress.total) * 100) })}</span>
        </p>
      )}
      {phase === 'installing' && <p role="status">{t('settings.updates.installing')}</p>}
      {heldBack && (
        <p className="field-hint">
          {heldBack.until === null
            ? heldBack.reason
            : t('settings.updates.heldUntil', {
                reason: heldBack.reason,
                time: dateTime(heldBack.until, i18n.language),
              })}
        </p>
      )}
      {phase === 'waiting' ? (
        <div className="settings-actions">
          <p>{t('settings.updates.waiting')}</p>
          <Button kind="ghost" onClick={() => cancel.mutate()}>
            {t('settings.updates.cancel')}
          </Button>
        </div>
      ) : (
        <div className="settings-actions">
          <Button kind="primary" disabled={busy || heldBack !== null} onClick={() => install.mutate('now')}>
            {t('settings.updates.now')}
          </Button>
          <Button disabled={busy} onClick={() => install.mutate('quit')}>
            {t('settings.updates.onQuit')}
          </Button>
        </div>
      )}
    </article>
  )
}
