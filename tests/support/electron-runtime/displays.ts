import type { Display, Rectangle } from 'electron'

/** What a test says of a display; everything else follows. */
export interface DisplayFacts {
  readonly id: number
  readonly bounds: Rectangle
  readonly workArea?: Rectangle
  readonly scaleFactor?: number
  readonly label?: string
  readonly internal?: boolean
  readonly rotation?: number
}

/** The whole display, as Electron describes it. */
export function asDisplay(facts: DisplayFacts): Display {
  const { id, bounds, workArea = bounds, scaleFactor = 1, rotation = 0 } = facts
  return {
    id,
    bounds: { ...bounds },
    workArea: { ...workArea },
    size: { width: bounds.width, height: bounds.height },
    workAreaSize: { width: workArea.width, height: workArea.height },
    nativeOrigin: { x: Math.round(bounds.x * scaleFactor), y: Math.round(bounds.y * scaleFactor) },
    scaleFactor,
    rotation,
    label: facts.label ?? `Display ${id}`,
    internal: facts.internal ?? false,
    detected: true,
    accelerometerSupport: 'unknown',
    touchSupport: 'unknown',
    colorDepth: 24,
    depthPerComponent: 8,
    colorSpace: '{primaries:BT709, transfer:SRGB, matrix:RGB, range:FULL}',
    displayFrequency: 60,
    monochrome: false,
    maximumCursorSize: { width: 256, height: 256 },
  }
}

/** How much of one rectangle lies in the other. */
export function overlap(one: Rectangle, other: Rectangle): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return Math.max(0, width) * Math.max(0, height)
}

/** The square of the distance between a point and the nearest edge; 0 inside. */
export function distance(
  point: { readonly x: number; readonly y: number },
  { x, y, width, height }: Rectangle,
): number {
  const dx = Math.max(x - point.x, 0, point.x - (x + width))
  const dy = Math.max(y - point.y, 0, point.y - (y + height))
  return dx * dx + dy * dy
}
