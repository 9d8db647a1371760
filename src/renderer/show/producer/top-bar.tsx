import type { LiveState } from '#shared/live.ts'
import { CirclePlay, ExternalLink, Pause, Play, Radio, RotateCcw, Square, WifiOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { durationText } from '../live/duration.ts'
import { itemSeconds } from '../live/item-seconds.ts'
import type { ShowCommands } from '../live/show-commands.ts'
import { useNow } from '../live/use-now.ts'
import { Others, useOthers } from '../../presence.tsx'
import { HealthIndicator } from '../../frame/health-indicator.tsx'
import { ConflictLink } from './conflict-link.tsx'
import { DisplayMenu } from './display-menu.tsx'
import { GuardSwitch } from './guard-switch.tsx'
import { WaitingChanges } from './waiting-changes.tsx'
import './top-bar.css'

interface Props {
  readonly state: LiveState
  readonly since: number
  readonly connected: boolean
  readonly commands: ShowCommands
  /** `L` is being held. */
  readonly holding: boolean
  readonly onRehearse: () => void
  readonly onGoLive: () => void
  readonly onEnd: () => void
  readonly onError: (error: unknown) => void
}

/** Whether it is a rehearsal or live, how long, and what starts and ends it. */
export function TopBar(props: Props) {
  const { state, connected, commands, holding, onRehearse, onGoLive, onEnd, onError } = props
  const { t } = useTranslation()
  return (
    <header className="top-bar">
      <p className="mode-badge" data-mode={state.mode}>
        {state.mode === 'live' ? <Radio aria-hidden="true" /> : <CirclePlay aria-hidden="true" />}
        {t(`show.mode.${state.mode}`)}
      </p>
      <h1 title={state.sessionName}>
        <Link to={`/sessions/${state.sessionId}`}>{state.sessionName}</Link>
      </h1>
      {!connected && (
        <p className="top-bar-lost" role="alert">
          <WifiOff aria-hidden="true" /> {t('show.lost')}
        </p>
      )}
      {state.mode !== 'off' && <Clocks {...props} />}
      <div className="top-bar-actions">
        <ConflictLink />
        {state.mode === 'live' && <WaitingChanges sessionId={state.sessionId} onError={onError} />}
        {state.mode !== 'off' && <GuardSwitch on={state.guard} holding={holding} onToggle={() => commands.guard()} />}
        <a className="button" href={`/host/${state.sessionId}`} target="_blank" rel="noopener">
          <ExternalLink aria-hidden="true" /> {t('show.openHost')}
        </a>
        <DisplayMenu state={state} onError={onError} />
        {state.mode === 'off' && (
          <button type="button" className="button" onClick={onRehearse}>
            {t('show.start.rehearse')}
          </button>
        )}
        {state.mode !== 'live' && (
          <button type="button" className="button" data-kind="primary" onClick={onGoLive}>
            <Radio aria-hidden="true" /> {t('show.start.goLive')}
          </button>
        )}
        {state.mode !== 'off' && (
          <button type="button" className="button" onClick={onEnd}>
            <Square aria-hidden="true" /> {t(state.mode === 'live' ? 'show.end.show' : 'show.end.rehearsal')}
          </button>
        )}
        <Others others={useOthers({ sessionId: state.sessionId })} />
        <HealthIndicator />
      </div>
    </header>
  )
}

function Clocks({ state, since, commands }: Props) {
  const { t } = useTranslation()
  const { monotonic } = useNow()
  const passed = Math.max(0, monotonic - since)
  const item = itemSeconds(state.timer, passed)
  const { running } = state.timer
  return (
    <div className="top-bar-clocks">
      <p>
        <span>{t('show.clock.show')}</span> <b>{durationText((state.showElapsedMs + passed) / 1000)}</b>
      </p>
      <p data-over={item.seconds <= -1 || undefined}>
        <span>{t(item.target === null ? 'show.clock.item' : 'show.clock.left')}</span>{' '}
        <b>{durationText(item.seconds)}</b>
      </p>
      <div role="group" aria-label={t('show.clock.item')}>
        <button
          type="button"
          className="button"
          data-icon
          aria-label={t(running ? 'show.clock.pause' : 'show.clock.go')}
          title="T"
          onClick={() => commands.timer('toggle')}
        >
          {running ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
        </button>
        <button
          type="button"
          className="button"
          data-icon
          aria-label={t('show.clock.reset')}
          title="⇧T"
          onClick={() => commands.timer('reset')}
        >
          <RotateCcw aria-hidden="true" />
        </button>
        <button
          type="button"
          className="button"
          aria-label={t('show.clock.less')}
          title="Alt −"
          onClick={() => commands.adjustTimer(-30)}
        >
          −30
        </button>
        <button
          type="button"
          className="button"
          aria-label={t('show.clock.more')}
          title="Alt +"
          onClick={() => commands.adjustTimer(30)}
        >
          +30
        </button>
      </div>
    </div>
  )
}
