import type { LiveState } from '#shared/live.ts'
import type { Preset } from '#shared/presets.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { call, read } from '../../api.ts'
import { useHere } from '../../presence.tsx'
import { useKeys } from '../../keys/use-keys.ts'
import { useNumberEntry } from '../../keys/use-number-entry.ts'
import { TeamBanner } from '../../frame/team-banner.tsx'
import { StorageNotice } from '../../trouble/storage-notice.tsx'
import { NumberOverlay } from '../host/number-overlay.tsx'
import { usePicturesAhead } from '../host/use-pictures-ahead.ts'
import { useDisplaySettings } from '../live/use-display-settings.ts'
import { useShowAnnouncer } from '../live/use-show-announcer.ts'
import { useShow } from '../live/use-show.ts'
import type { Show } from '../live/use-show.ts'
import { LostScreens } from './host-screens.tsx'
import { ItemControls } from './item-controls.tsx'
import { useItemDrafts } from './item-drafts.ts'
import { LineUpGrid } from './line-up-grid.tsx'
import { MessagePanel } from './message-panel.tsx'
import { NextThree } from './next-three.tsx'
import { NumberPad } from './number-pad.tsx'
import { Preview } from './preview.tsx'
import { producerKeys } from './producer-keys.ts'
import { usePrefetch } from '../../use-prefetch.ts'
import { createQuickEdit, QuickEdit } from './quick-edit.tsx'
import { ShowDialogs } from './show-dialogs.tsx'
import { TopBar } from './top-bar.tsx'
import './producer.css'

/** The producer's console of one session. */
export function ProducerScreen() {
  const { id = '' } = useParams()
  return <Producer key={id} sessionId={id} />
}

function Producer({ sessionId }: { readonly sessionId: string }) {
  const { t } = useTranslation()
  const show = useShow(sessionId)
  usePrefetch({ sessionId })
  const session = useQuery(read('sessions.get', { id: sessionId }))
  if (show.state) return <Console show={show} state={show.state} />
  if (!session.error) return <main className="producer" data-mode="off" aria-busy="true" />
  return (
    <main className="producer-gone">
      <p>{session.error.message}</p>
      <Link to="/sessions">{t('show.backToSessions')}</Link>
    </main>
  )
}

const noPresets: readonly Preset[] = []

function Console({ show, state }: { readonly show: Show; readonly state: LiveState }) {
  const { t } = useTranslation()
  const { since, connected, commands, notice, reportError } = show
  const { sessionId } = state
  const session = useQuery(read('sessions.get', { id: sessionId })).data
  const presets = useQuery(read('presets.list', {})).data?.items ?? noPresets
  const { numberEntry, pushAsTyped } = useDisplaySettings()
  const [dialog, setDialog] = useState<'live' | 'end' | null>(null)
  const [holding, setHolding] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const drafts = useItemDrafts(sessionId)
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: read('sessions.get', { id: sessionId }).queryKey })
  const edit = createQuickEdit({ state, drafts, refresh, onError: reportError })
  const numbers = useMemo(() => state.lineup.map(({ number }) => number), [state.lineup])
  const buffer = useNumberEntry({
    numbers,
    ms: numberEntry.ms,
    onNumber: (number) => commands.goTo({ number }),
    onNext: (number) => commands.setNext({ number }),
  })
  const sendPreset = ({ text, color, clearAfterSeconds }: Preset): void => {
    call('live.message', { sessionId, text, color, clearAfterSeconds }).catch(reportError)
  }
  const start = (mode: 'rehearsal' | 'live'): void => void call('live.start', { sessionId, mode }).catch(reportError)
  const keys = producerKeys({ state, commands, buffer, presets, sendPreset, setHolding, updateHost: edit.updateHost })
  useKeys('producer', { ...keys, focusMessage: () => field.current?.focus() })
  useHere({ entity: 'sessions', id: sessionId, sessionId })
  usePicturesAhead(state)
  useShowAnnouncer(state, { messages: false })
  const items = session?.items ?? []
  const onError = reportError
  return (
    <main className="producer" data-mode={state.mode}>
      <TopBar
        {...{ state, since, connected, commands, holding, onError }}
        onRehearse={() => start('rehearsal')}
        onGoLive={() => setDialog('live')}
        onEnd={() => setDialog('end')}
      />
      <div className="producer-notices">
        <div className="trouble" aria-live="assertive">
          <StorageNotice />
        </div>
        <TeamBanner />
        <LostScreens sessionId={sessionId} onError={onError} />
      </div>
      <section className="producer-lineup" aria-label={t('show.lineup.title')}>
        <LineUpGrid {...{ state, items, commands }} />
      </section>
      <section className="producer-stage" aria-label={t('show.preview.title')}>
        <Preview state={state} since={since}>
          <div className="preview-overlay">
            <NumberOverlay entry={buffer.entry} lineup={state.lineup} />
          </div>
          {notice && (
            <p className="producer-notice" role="status">
              {notice}
            </p>
          )}
        </Preview>
        <ItemControls state={state} commands={commands} />
        <NumberPad buffer={buffer} />
        <NextThree state={state} commands={commands} />
      </section>
      <div className="producer-side">
        <MessagePanel {...{ state, since, commands, presets, field, onError }} onSendPreset={sendPreset} />
        <QuickEdit {...{ state, items, drafts, pushAsTyped, onError }} actions={edit} />
      </div>
      <ShowDialogs
        {...{ state, session }}
        open={dialog}
        onClose={() => setDialog(null)}
        onGoLive={() => start('live')}
        onEnd={() => void call('live.end', { sessionId }).catch(onError)}
      />
    </main>
  )
}
