import type { LiveMessage } from '#shared/live.ts'

/** After so long a message that nobody acknowledged pulses again, and the producer is told. */
export const NUDGE_MS = 10_000
/** Three pulses, one per second. */
export const PULSE_MS = 3_000

/** What a message does on the host: pulse, or stand still. A page that opens later does not pulse for what is long there. */
export function pulseOf(message: LiveMessage, elapsedMs: number): 'first' | 'again' | null {
  if (message.acknowledgedAt !== null) return null
  if (elapsedMs < PULSE_MS) return 'first'
  return elapsedMs >= NUDGE_MS && elapsedMs < NUDGE_MS + PULSE_MS ? 'again' : null
}

/** Seconds between sending and acknowledging. */
export function acknowledgedAfter(message: LiveMessage): number | null {
  return message.acknowledgedAt === null ? null : (Date.parse(message.acknowledgedAt) - Date.parse(message.at)) / 1000
}
