import type { LiveMessage } from '#shared/live.ts'
import { Check, Megaphone } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { planMessage } from '../fit/plan-host.ts'
import type { HostPlan } from '../fit/plan-host.ts'
import { pulseOf } from '../live/message-phase.ts'
import { useNow } from '../live/use-now.ts'
import type { HostViewProps } from './host-view.tsx'
import { Lines } from './lines.tsx'
import { useHostMeasure } from './use-host-measure.ts'

interface Props extends HostViewProps {
  readonly message: LiveMessage
  readonly plan: HostPlan
}

/** The producer's message: a banner that is one large button until the host has acknowledged it. */
export function HostMessage({ state, since, base, message, plan, onAcknowledge }: Props) {
  const { t } = useTranslation()
  const measure = useHostMeasure()
  const { monotonic } = useNow()
  const { areas, unit } = plan
  const text = message.text
  const banner = useMemo(
    () => measure && planMessage(text, { areas, unit, base, measure }),
    [text, areas, unit, base, measure],
  )
  if (!banner) return null
  const pulse = pulseOf(message, state.messageElapsedMs + Math.max(0, monotonic - since))
  const seen = message.acknowledgedAt !== null
  return (
    <button
      type="button"
      className="host-message"
      data-color={message.color}
      data-pulse={pulse ?? undefined}
      data-seen={seen || undefined}
      disabled={seen || !onAcknowledge}
      style={{ ...banner.rect, position: 'absolute', fontSize: banner.size }}
      onClick={() => onAcknowledge?.(message.id)}
    >
      <span className="host-message-head">
        <span className="host-message-label">
          <Megaphone aria-hidden="true" /> {t('show.host.message')}
        </span>
        <span className="host-message-action">
          {seen ? (
            <>
              <Check aria-hidden="true" /> {t('show.host.acknowledged')}
            </>
          ) : (
            <>
              <kbd>A</kbd> {t('show.host.acknowledge')}
            </>
          )}
        </span>
      </span>
      <span className="host-message-text" dir="auto">
        <Lines lines={banner.lines} />
      </span>
    </button>
  )
}
