import type { LiveState } from '#shared/live.ts'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { planHost } from '../fit/plan-host.ts'
import type { HostPlan } from '../fit/plan-host.ts'
import { HostItem } from './host-item.tsx'
import { HostMessage } from './host-message.tsx'
import { HostPicture } from './host-picture.tsx'
import { HostStrip } from './host-strip.tsx'
import { useHostMeasure } from './use-host-measure.ts'
import './host.css'

export interface HostViewProps {
  readonly state: LiveState
  /** When the state came, by `performance.now()`: what its clocks count on from. */
  readonly since: number
  /** CSS pixels of the display. */
  readonly width: number
  readonly height: number
  /** The size of the points in CSS pixels that the reading distance asks for. */
  readonly base: number
  /** Seconds since the connection was lost; null while it stands. */
  readonly staleSeconds?: number | null
  readonly onAcknowledge?: (messageId: string) => void
  /** What floats above: the number buffer. */
  readonly children?: ReactNode
}

/** The host view, exactly as large as its display. The producer's preview is this very component, scaled down. */
export function HostView(props: HostViewProps) {
  const { state, width, height, base } = props
  const { host } = state
  const plan = useHostPlan(props)
  const full = state.imageFull && state.card !== null && state.card.images.length > 0
  return (
    <div
      className="host"
      data-host-theme={host.theme}
      data-mode={state.mode}
      data-fits={plan?.fits === false ? 'no' : 'yes'}
      data-mirror={host.mirror || undefined}
      style={{ width, height, fontSize: plan?.unit ?? base }}
    >
      {!state.blank && plan && state.card && !full && (
        <HostItem
          key={state.card.itemId}
          card={state.card}
          plan={plan}
          imageIndex={state.imageIndex}
          page={pageOf(state.page, plan.pages)}
        />
      )}
      {!state.blank && state.card && full && (
        <HostPicture
          rect={{ left: 0, top: 0, width, height }}
          images={state.card.images}
          index={state.imageIndex}
          name={state.card.name}
        />
      )}
      {!state.blank && !state.card && <Waiting state={state} />}
      {!state.blank && !full && plan && <HostStrip {...props} rect={plan.areas.strip} />}
      {state.message && plan && <HostMessage {...props} key={state.message.id} message={state.message} plan={plan} />}
      {props.staleSeconds != null && <Stale seconds={props.staleSeconds} />}
      {props.children}
    </div>
  )
}

/** The page to show; turning back from the first leads to the last. */
function pageOf(turns: number, pages: number): number {
  return ((turns % pages) + pages) % pages
}

const NO_CARD = {
  itemId: '',
  productId: '',
  number: 0,
  name: '',
  priceCents: null,
  compareAtPriceCents: null,
  talkingPointsMd: '',
  section: null,
  notes: '',
  sku: null,
  sizes: null,
  variants: [],
  images: [],
}

/** Null until the font is here: sizes measured in another one would be wrong. */
function useHostPlan({ state, width, height, base }: HostViewProps): HostPlan | null {
  const measure = useHostMeasure()
  const card = state.card ?? NO_CARD
  const { layout, showClock, showNextUp } = state.host
  const { notesShown: notes, language } = state
  const strip = showClock || showNextUp
  return useMemo(
    () => measure && planHost({ card, width, height, base, layout, notes, strip, language }, measure),
    [measure, card, width, height, base, layout, notes, strip, language],
  )
}

function Waiting({ state }: { readonly state: LiveState }) {
  const { t } = useTranslation()
  return (
    <div className="host-waiting">
      <p className="host-waiting-name">{state.sessionName}</p>
      <p>{t(state.mode === 'off' ? 'show.host.notStarted' : 'show.host.nothingOnAir')}</p>
    </div>
  )
}

function Stale({ seconds }: { readonly seconds: number }) {
  const { t } = useTranslation()
  return (
    <p className="host-stale">
      <span aria-hidden="true">⚠</span> {t('show.host.stale', { seconds })}
    </p>
  )
}
