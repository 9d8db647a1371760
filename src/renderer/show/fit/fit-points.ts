import { wrapWords } from './wrap.ts'
import type { Line, Word } from './wrap.ts'

export interface Box {
  readonly width: number
  readonly height: number
}

/** One point, or the part of a long one that stands on this page. */
export interface PointBlock {
  readonly lines: readonly Line[]
  /** It goes on from the page before, so it has no bullet. */
  readonly continued: boolean
}

export interface FittedPoints {
  readonly size: number
  readonly pages: readonly (readonly PointBlock[])[]
}

/** Font sizes in px: wished for, comfortable, least. */
export interface SizeSteps {
  readonly wished: number
  readonly comfortable: number
  readonly least: number
}

/** Line height, the space between points and the bullet's indent, in em. */
export const POINTS = { line: 1.32, gap: 0.42, indent: 0.85, dots: 1.1 } as const
/** Browsers round glyph positions; a hair of the width stays free. */
const SPARE = 0.985

/**
 * All points on one page, as large as they fit between wished and comfortable. Where they do not, as few pages as the
 * comfortable size needs. Only a point that no page of that size holds makes the text smaller, down to the least; a longer
 * one is split between lines. Nothing is ever cut off.
 */
export function fitPoints(points: readonly (readonly Word[])[], box: Box, steps: SizeSteps): FittedPoints {
  if (points.length === 0 || box.height <= 0 || box.width <= 0) return { size: steps.wished, pages: [] }
  const sizes = between(steps.wished, Math.min(steps.wished, steps.comfortable), 6)
  const packed = sizes.map((size) => pack(points, box, size))
  const fewest = Math.min(...packed.map(({ pages }) => pages.length))
  const best = packed.find(({ pages }) => pages.length === fewest) ?? { size: steps.wished, pages: [] }
  if (!isSplit(best)) return best
  const smaller = between(best.size, Math.min(best.size, steps.least), 4).map((size) => pack(points, box, size))
  return smaller.find((one) => !isSplit(one)) ?? smaller.at(-1) ?? best
}

/** How high the points stand on one page, in px. */
export function pointsHeight(blocks: readonly PointBlock[], size: number): number {
  const lines = blocks.reduce((sum, { lines: { length } }) => sum + length, 0)
  return (lines * POINTS.line + Math.max(0, blocks.length - 1) * POINTS.gap) * size
}

function pack(points: readonly (readonly Word[])[], box: Box, size: number): FittedPoints {
  const max = (box.width * SPARE) / size - POINTS.indent
  const blocks = points.map((words) => wrapWords(words, max))
  const whole = paginate(blocks, box.height / size)
  if (whole.length <= 1) return { size, pages: whole }
  // The dots that tell the page take a line of their own.
  return { size, pages: paginate(blocks, box.height / size - POINTS.dots) }
}

function paginate(blocks: readonly (readonly Line[])[], height: number): PointBlock[][] {
  const pages: PointBlock[][] = []
  const perPage = Math.max(1, Math.floor(height / POINTS.line))
  let left = 0
  for (const lines of blocks) {
    const need = lines.length * POINTS.line
    const gap = (pages.at(-1)?.length ?? 0) > 0 ? POINTS.gap : 0
    if (pages.length > 0 && need + gap <= left + 1e-6) {
      pages.at(-1)?.push({ lines, continued: false })
      left -= need + gap
      continue
    }
    for (let at = 0; at < lines.length; at += perPage) {
      const part = lines.slice(at, at + perPage)
      pages.push([{ lines: part, continued: at > 0 }])
      left = height - part.length * POINTS.line
    }
  }
  return pages
}

function isSplit({ pages }: FittedPoints): boolean {
  return pages.some((page) => page.some(({ continued }) => continued))
}

function between(from: number, to: number, count: number): number[] {
  if (to >= from) return [from]
  return Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1))
}
