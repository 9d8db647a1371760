import type { HostSettings } from '#shared/settings.ts'

export interface Rect {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Where the parts of a host view stand. They depend on the screen and the layout alone, never on the item. */
export interface HostAreas {
  readonly portrait: boolean
  readonly picture: Rect
  /** Number, price, name and points, from top to bottom. */
  readonly text: Rect
  /** Next-up and the clocks; of no height where neither is shown. */
  readonly strip: Rect
}

interface AreaInput {
  readonly width: number
  readonly height: number
  readonly layout: HostSettings['layout']
  readonly stripHeight: number
}

/** The picture's share of the width, and of the height where the screen is upright. */
const SHARE = {
  picture: { wide: 0.6, tall: 0.5 },
  split: { wide: 0.44, tall: 0.36 },
  points: { wide: 0.26, tall: 0.2 },
} as const

/** Divides the screen. */
export function hostAreas({ width, height, layout, stripHeight }: AreaInput): HostAreas {
  const portrait = height > width * 1.05
  const margin = Math.round(Math.min(width, height) * 0.035)
  const gap = Math.round(margin * 1.2)
  const stripTop = height - stripHeight - (stripHeight > 0 ? Math.round(margin * 0.6) : 0)
  const bottom = stripHeight > 0 ? stripTop - Math.round(margin * 0.6) : height - margin
  const inner = { left: margin, top: margin, width: width - 2 * margin, height: bottom - margin }
  const strip = { left: margin, top: stripTop, width: inner.width, height: stripHeight }
  if (portrait) {
    const tall = Math.round(height * SHARE[layout].tall)
    return {
      portrait,
      picture: { ...inner, height: tall },
      text: { ...inner, top: inner.top + tall + gap, height: inner.height - tall - gap },
      strip,
    }
  }
  const wide = Math.round(width * SHARE[layout].wide) - margin
  const rest = inner.width - wide - gap
  // Points first: what is read stands left, where reading begins.
  if (layout === 'points') {
    return {
      portrait,
      // No higher than an upright picture needs, so that its dots stand right under it.
      picture: {
        ...inner,
        left: inner.left + rest + gap,
        width: wide,
        height: Math.min(inner.height, Math.round(wide * 1.36)),
      },
      text: { ...inner, width: rest },
      strip,
    }
  }
  return {
    portrait,
    picture: { ...inner, width: wide },
    text: { ...inner, left: inner.left + wide + gap, width: rest },
    strip,
  }
}
