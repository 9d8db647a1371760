import { useEffect, useMemo } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { call } from '../../api.ts'
import { useKeys } from '../../keys/use-keys.ts'
import { useNumberEntry } from '../../keys/use-number-entry.ts'
import { basePx } from '#shared/reading-size.ts'
import { showKeys } from '../live/show-keys.ts'
import { useDisplaySettings } from '../live/use-display-settings.ts'
import { useShowAnnouncer } from '../live/use-show-announcer.ts'
import { useShow } from '../live/use-show.ts'
import type { Show } from '../live/use-show.ts'
import { useWindowSize } from '../live/use-window-size.ts'
import { useLanguage } from '../../words/use-language.ts'
import { HostView } from './host-view.tsx'
import { NumberOverlay } from './number-overlay.tsx'
import { useIdleCursor } from './use-idle-cursor.ts'
import { usePicturesAhead } from './use-pictures-ahead.ts'
import { useStaleSeconds } from './use-stale-seconds.ts'
import { useTextScale } from './use-text-scale.ts'

const REPORT_MS = 5000

/** A host display: nothing but content. */
export function HostScreen() {
  const { id = '' } = useParams()
  const [search] = useSearchParams()
  const show = useShow(id)
  useLanguage(show.state?.language)
  return <HostDisplay key={id} sessionId={id} display={search.get('display')?.slice(0, 60) || 'host'} show={show} />
}

interface Props {
  readonly sessionId: string
  readonly display: string
  readonly show: Show
}

function HostDisplay({ sessionId, display, show }: Props) {
  const { state, since, connected, commands, notice } = show
  const { width, height } = useWindowSize()
  const text = useTextScale(display)
  const { numberEntry } = useDisplaySettings()
  const numbers = useMemo(() => state?.lineup.map(({ number }) => number) ?? [], [state?.lineup])
  const buffer = useNumberEntry({
    numbers,
    ms: numberEntry.ms,
    onNumber: (number) => commands.goTo({ number }),
    onNext: (number) => commands.setNext({ number }),
  })
  const message = state?.message?.acknowledgedAt === null ? state.message : null
  const acknowledge = () => message !== null && (commands.acknowledge(message.id), true)
  const keys = showKeys({ state, commands, buffer })
  useKeys('host', {
    ...keys,
    enterNumber: () => buffer.enter() || acknowledge(),
    acknowledge,
    textLarger: text.larger,
    textSmaller: text.smaller,
    textNormal: text.normal,
  })
  usePicturesAhead(state)
  useShowAnnouncer(state, { messages: true })
  const stale = useStaleSeconds(connected, state?.apartSince ?? null)
  const idle = useIdleCursor()
  const screen = {
    screenWidth: Math.max(width, window.screen.width),
    screenHeight: Math.max(height, window.screen.height),
  }
  const base = state ? basePx({ ...state.host, ...screen }, state.host.textScale * text.scale) : 0
  useReport({ sessionId, display, width, height, base, ready: state !== null })

  return (
    <main
      className="host-screen"
      data-host-theme={state?.host.theme ?? 'dark'}
      data-idle={idle || undefined}
      onContextMenu={(event) => event.preventDefault()}
    >
      {state && (
        <HostView {...{ state, since, width, height, base }} staleSeconds={stale} onAcknowledge={commands.acknowledge}>
          <NumberOverlay entry={buffer.entry} lineup={state.lineup} />
          {notice && <p className="host-notice">{notice}</p>}
        </HostView>
      )}
    </main>
  )
}

interface Report {
  readonly sessionId: string
  readonly display: string
  readonly width: number
  readonly height: number
  readonly base: number
  readonly ready: boolean
}

/** Tells the producer how large this display is; the core forgets it 15 s after the last time. */
function useReport({ sessionId, display, width, height, base, ready }: Report): void {
  useEffect(() => {
    if (!ready || width < 1 || height < 1) return undefined
    const report = (): void => {
      const fits = document.querySelector('.host')?.getAttribute('data-fits') !== 'no'
      // A report that is lost is followed by the next one.
      call('live.reportDisplay', { sessionId, key: display, width, height, textPx: base, fits }).catch(() => undefined)
    }
    const first = setTimeout(report, 50)
    const timer = setInterval(report, REPORT_MS)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
    }
  }, [sessionId, display, width, height, base, ready])
}
