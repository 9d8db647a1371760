import type { Measure, Weight } from './wrap.ts'

const SIZE = 200
const KEPT = 8_000

/** Measures with a canvas, in the font of the host view; every word once. */
export function createCanvasMeasure(family: string): Measure {
  const context = document.createElement('canvas').getContext('2d')
  const known = new Map<string, number>()
  return (text: string, weight: Weight) => {
    const key = `${weight} ${text}`
    const before = known.get(key)
    if (before !== undefined) return before
    if (!context) return text.length * 0.6
    context.font = `${weight} ${SIZE}px ${family}`
    const width = context.measureText(text).width / SIZE
    if (known.size >= KEPT) known.clear()
    known.set(key, width)
    return width
  }
}
