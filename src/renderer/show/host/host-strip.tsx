import { useTranslation } from 'react-i18next'
import type { Rect } from '../fit/host-areas.ts'
import { SCALE } from '#shared/reading-size.ts'
import { clockText, durationText } from '../live/duration.ts'
import { itemSeconds } from '../live/item-seconds.ts'
import { useNow } from '../live/use-now.ts'
import type { HostViewProps } from './host-view.tsx'

/** The bottom line: what comes next, and the clocks. */
export function HostStrip({ state, since, rect }: HostViewProps & { readonly rect: Rect }) {
  const { t } = useTranslation()
  const [next] = state.next
  return (
    <footer className="host-strip" style={{ ...rect, position: 'absolute', fontSize: `${SCALE.small}em` }}>
      {state.host.showNextUp && (
        <p className="host-next">
          {next ? (
            // Keyed, so that a wider number moves no text that stays.
            <span key={next.itemId}>
              <span className="host-next-word">{t('show.host.next')}</span> <b>{next.number}</b> {next.name}
            </span>
          ) : (
            <span className="host-next-word">{state.card ? t('show.host.lastItem') : ''}</span>
          )}
        </p>
      )}
      <p className="host-clocks">
        {state.mode === 'rehearsal' && <span className="host-rehearsal">{t('show.mode.rehearsal')}</span>}
        {state.host.showClock && <Clocks state={state} since={since} />}
      </p>
    </footer>
  )
}

function Clocks({ state, since }: Pick<HostViewProps, 'state' | 'since'>) {
  const { t } = useTranslation()
  const { monotonic, wall } = useNow()
  const passed = Math.max(0, monotonic - since)
  const left = itemSeconds(state.timer, passed)
  return (
    <>
      {state.mode !== 'off' && left.target !== null && (
        <span
          className="host-time"
          role="timer"
          data-over={left.seconds < 0 || undefined}
          aria-label={t('show.host.itemTime')}
        >
          {durationText(left.seconds)}
        </span>
      )}
      {state.mode !== 'off' && (
        <span className="host-time" role="timer" aria-label={t('show.host.showTime')}>
          {durationText((state.showElapsedMs + passed) / 1000)}
        </span>
      )}
      <span className="host-time" role="timer" aria-label={t('show.host.timeOfDay')}>
        {clockText(wall)}
      </span>
    </>
  )
}
