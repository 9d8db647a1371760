import { AppError } from '#shared/app-error.ts'
import { assertNever } from '#shared/must.ts'
import type { StampedTimer } from './show.ts'
import type { View } from './view.ts'

/** Longer than any item is shown. */
const longestTargetSeconds = 6 * 3_600

export type TimerAction = 'toggle' | 'reset' | 'adjust'

/** The item clock after a command. It keeps counting through `adjust` and `reset`, if it did. */
export function changeTimer(
  { show, timerMs, now }: View,
  action: TimerAction,
  seconds: number | undefined,
): StampedTimer {
  const { timer } = show
  switch (action) {
    case 'toggle':
      return { ...timer, running: !timer.running, elapsedMs: timerMs, at: now }
    case 'reset':
      return { ...timer, elapsedMs: 0, at: now }
    case 'adjust': {
      if (seconds === undefined) {
        throw new AppError('bad-call', 'Say by how many seconds.', { fields: { seconds: 'Needed for adjust' } })
      }
      const target = Math.min((timer.targetSeconds ?? 0) + seconds, longestTargetSeconds)
      return { ...timer, targetSeconds: target > 0 ? target : null }
    }
    default:
      return assertNever(action)
  }
}
