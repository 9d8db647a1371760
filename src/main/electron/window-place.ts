import type { Rectangle } from 'electron'
import * as z from 'zod'
import type { KnownScreen } from './screen-identity.ts'

/** Where a window stood on a screen, from the corner of its work area. */
const Place = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
})

/** Where windows of one kind stood: on each screen that they were on, and on which one last. */
export const Places = z.object({ last: z.string(), on: z.record(z.string(), Place) })
export type Places = z.infer<typeof Places>

export interface WindowSize {
  readonly width: number
  readonly height: number
}

/** Where a window opens. */
export interface Placement {
  readonly bounds: Rectangle
  readonly maximized: boolean
}

/**
 * Where to open a window: as it stood on the screen where it was last, or, where that one is gone, as it stood on the primary
 * one. Whatever was remembered, it opens within what is connected now.
 */
export function planPlacement(
  places: Places | undefined,
  screens: readonly KnownScreen[],
  usual: WindowSize,
): Placement | null {
  const screen = screens.find(({ id }) => id === places?.last) ?? screens.find(({ primary }) => primary) ?? screens[0]
  if (!screen) return null
  const area = screen.display.workArea
  const place = places?.on[screen.id]
  const width = Math.min(place?.width ?? usual.width, area.width)
  const height = Math.min(place?.height ?? usual.height, area.height)
  const within = (at: number | undefined, room: number): number =>
    Math.max(0, Math.min(at ?? Math.round(room / 2), room))
  const bounds = {
    x: area.x + within(place?.x, area.width - width),
    y: area.y + within(place?.y, area.height - height),
    width,
    height,
  }
  return { bounds, maximized: place?.maximized ?? false }
}

/** Remembers where a window stands now; `bounds` are those it has when it is not maximized. */
export function rememberPlace(
  places: Places | undefined,
  screen: KnownScreen,
  { bounds, maximized }: Placement,
): Places {
  const { x, y } = screen.display.workArea
  const place = { x: bounds.x - x, y: bounds.y - y, width: bounds.width, height: bounds.height, maximized }
  return { last: screen.id, on: { ...places?.on, [screen.id]: place } }
}
