const FIRST_MS = 5_000
const LONGEST_MS = 10 * 60 * 1000
/** After so many failures in a row the picture shows as failed; it is still tried from time to time. */
const SHOWN_AFTER = 5

/** What a passing failure leads to: `attempts` counts it already. */
export interface BackOff {
  readonly state: 'waiting' | 'failed'
  readonly delayMs: number
}

/** Doubles from 5 s to 10 min, anywhere in the upper half of it, so that many pictures do not come back at one moment. */
export function backOff(attempts: number, random: () => number): BackOff {
  const ceiling = Math.min(FIRST_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_MS)
  return {
    state: attempts >= SHOWN_AFTER ? 'failed' : 'waiting',
    delayMs: Math.round(ceiling / 2 + (random() * ceiling) / 2),
  }
}
