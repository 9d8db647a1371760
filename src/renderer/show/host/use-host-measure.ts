import { useEffect, useState } from 'react'
import { createCanvasMeasure } from '../fit/canvas-measure.ts'
import type { Measure } from '../fit/wrap.ts'

const FAMILY = '"Inter Variable"'
const FALLBACK = 'system-ui, sans-serif'
const WEIGHTS = [500, 600, 700]

interface Font {
  readonly measure: Measure
  readonly ready: Promise<unknown>
}

/** One measure for all host views of a page: its words are measured once. */
const font: { current: Font | null; isReady: boolean } = { current: null, isReady: false }

function hostFont(): Font {
  font.current ??= {
    measure: createCanvasMeasure(`${FAMILY}, ${FALLBACK}`),
    // A font that cannot be had is no reason for an empty screen: the fallback is measured and painted alike.
    ready: Promise.allSettled(WEIGHTS.map((weight) => document.fonts.load(`${weight} 20px ${FAMILY}`, 'Aa0–é'))).then(
      () => {
        font.isReady = true
      },
    ),
  }
  return font.current
}

/** The measure in the font that the host view is painted in; null until that font is here. */
export function useHostMeasure(): Measure | null {
  const { measure, ready } = hostFont()
  const [isReady, setReady] = useState(font.isReady)
  useEffect(() => {
    let mounted = true
    void ready.then(() => {
      if (mounted) setReady(true)
    })
    return () => {
      mounted = false
    }
  }, [ready])
  return isReady ? measure : null
}
