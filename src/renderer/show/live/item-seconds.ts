import type { ItemTimer } from '#shared/live.ts'

/** The item clock, `passed` ms after its state was made: up from zero, or down to and past its target. */
export function itemSeconds(
  { running, elapsedMs, targetSeconds }: ItemTimer,
  passed: number,
): { readonly seconds: number; readonly target: number | null } {
  const elapsed = (elapsedMs + (running ? passed : 0)) / 1000
  return { seconds: targetSeconds === null ? elapsed : targetSeconds - elapsed, target: targetSeconds }
}
