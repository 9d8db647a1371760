import type { LiveState } from '#shared/live.ts'
import { basePx } from '#shared/reading-size.ts'

/** How large a host view is, and its text. */
export interface HostSize {
  readonly width: number
  readonly height: number
  readonly base: number
}

/** The host display that the producer's preview copies: the first one that watches, or a full HD screen. */
export function previewSize({ displays, host }: Pick<LiveState, 'displays' | 'host'>): HostSize {
  const [display] = displays
  if (display) return { width: display.width, height: display.height, base: display.textPx }
  const screen = { screenWidth: 1920, screenHeight: 1080 }
  return { width: 1920, height: 1080, base: basePx({ ...host, ...screen }, host.textScale) }
}
