// When an instance is awake, and how often it asks. Pure.

export type Wakefulness = 'awake' | 'resting' | 'asleep'

export interface Activity {
  /** Whether a session is in rehearsal or live. */
  readonly showRunning: boolean
  /** Whether edits wait: they are tried until the team has them. */
  readonly waiting: boolean
  /** Ms since a client last called; a page with the focus does so once a minute. */
  readonly idleMs: number
}

/** After a call, so long in ms. */
export const AWAKE_MS = 2 * 60_000
/** After that, so long in ms. */
const RESTING_MS = 10 * 60_000

export function wakefulness({ showRunning, waiting, idleMs }: Activity): Wakefulness {
  if (showRunning || idleMs < AWAKE_MS) return 'awake'
  return waiting || idleMs < AWAKE_MS + RESTING_MS ? 'resting' : 'asleep'
}

/** Ms between two questions whether there is news; asleep, there are none. [F1] */
export function pollEvery(wake: Exclude<Wakefulness, 'asleep'>): number {
  return wake === 'awake' ? 2_000 : 30_000
}

/**
 * Ms until the next try after `failures` in a row: exponential, with full jitter, to at most 5 s awake and 60 s resting [F3].
 * Awake it stays below, so that within 5 s of the network's return a try has not only begun.
 */
export function backOff(failures: number, { wake, random }: { wake: Wakefulness; random: number }): number {
  const most = wake === 'awake' ? 3_000 : 60_000
  return Math.round(Math.min(most, 250 * 2 ** Math.min(failures, 16)) * random)
}
