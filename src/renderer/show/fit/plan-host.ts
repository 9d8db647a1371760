import type { HostCard } from '#shared/live.ts'
import type { HostSettings } from '#shared/settings.ts'
import { formatCents } from '#shared/money.ts'
import { fitPoints, POINTS } from './fit-points.ts'
import type { FittedPoints, SizeSteps } from './fit-points.ts'
import { hostAreas } from './host-areas.ts'
import type { HostAreas, Rect } from './host-areas.ts'
import { ARC, SCALE } from '#shared/reading-size.ts'
import { parsePoints } from './runs.ts'
import { clampLines, measureWords, wrapWords } from './wrap.ts'
import type { Line, Measure, Word } from './wrap.ts'

export interface HostPlanInput {
  readonly card: HostCard
  readonly width: number
  readonly height: number
  /** The size of the points that the reading distance asks for. */
  readonly base: number
  readonly layout: HostSettings['layout']
  readonly strip: boolean
  readonly notes: boolean
  /** What prices are written in. */
  readonly language?: string
}

/** Everything of an item with its place, size and lines: painting it needs no measuring and no second thought. */
export interface HostPlan {
  readonly areas: HostAreas
  /** The size that the parts are multiples of; smaller than `base` only where the screen is too small for it. */
  readonly unit: number
  /** Whether everything can be read from where the host stands. */
  readonly fits: boolean
  readonly head: {
    readonly rect: Rect
    readonly scale: number
    readonly price: string | null
    readonly was: string | null
  }
  readonly name: { readonly rect: Rect; readonly size: number; readonly lines: readonly Line[] }
  readonly points: { readonly rect: Rect } & FittedPoints
  readonly notes: ({ readonly rect: Rect } & FittedPoints) | null
  readonly pages: number
}

export const HEAD_HEIGHT = 3.18
export const NAME_LINE = 1.22
export const STRIP_HEIGHT = 1.5
/** How far the text may shrink where even the least size does not fit: a phone used as a host display, say. */
const UNITS = [1, 0.95, 0.91, 0.86, 0.8, 0.727, 0.65, 0.57, 0.5, 0.43, 0.36, 0.3, 0.25]

interface Words {
  readonly name: readonly Word[]
  readonly points: readonly (readonly Word[])[]
  readonly notes: readonly (readonly Word[])[]
}

/** Lays an item out: the largest sizes at which nothing is cut off. The same input always gives the same plan. */
export function planHost(input: HostPlanInput, measure: Measure): HostPlan {
  const weights = { regular: 500, bold: 700 } as const
  const words = {
    name: measureWords([{ text: input.card.name, bold: false }], measure, { regular: 600, bold: 600 }),
    points: parsePoints(input.card.talkingPointsMd).map((runs) => measureWords(runs, measure, weights)),
    notes: input.notes ? parsePoints(input.card.notes).map((runs) => measureWords(runs, measure, weights)) : [],
  }
  const head = measureHead(input, measure)
  let last: HostPlan | null = null
  for (const share of UNITS) {
    const plan = planAt(input, words, { unit: input.base * share, headEm: head })
    last = plan.plan
    if (plan.roomy) break
  }
  if (!last) throw new Error('There is always a smallest size')
  return last
}

function planAt(
  input: HostPlanInput,
  words: Words,
  { unit, headEm }: { readonly unit: number; readonly headEm: number },
): { plan: HostPlan; roomy: boolean } {
  const { width, height, layout, base } = input
  const narrow = width < unit * 26
  const stripHeight = input.strip ? Math.ceil(unit * SCALE.small * STRIP_HEIGHT * (narrow ? 2 : 1)) : 0
  const areas = hostAreas({ width, height, layout, stripHeight })
  const steps: SizeSteps = {
    wished: unit,
    comfortable: Math.min(unit, (base * ARC.comfortable) / ARC.wished),
    least: Math.min(unit, (base * ARC.least) / ARC.wished),
  }
  const { text } = areas
  const headRect = { ...text, height: Math.round(unit * HEAD_HEIGHT) }
  const headScale = Math.min(1, text.width / (headEm * unit))
  const name = fitName(words.name, text.width, unit)
  const nameRect = { ...text, top: headRect.top + headRect.height, height: name.height }
  const top = nameRect.top + nameRect.height + Math.round(unit * 0.5)
  const pointsRect = { ...text, top, height: text.top + text.height - top }
  const points = fitPoints(words.points, pointsRect, steps)
  const notes = words.notes.length > 0 ? planNotes(words.notes, areas.picture, steps) : null
  const fits = unit >= (base * ARC.least) / ARC.wished - 0.01 && smallest(points, notes) >= steps.least - 0.01
  const plan: HostPlan = {
    areas: notes ? { ...areas, picture: { ...areas.picture, height: areas.picture.height - notes.space } } : areas,
    unit,
    fits,
    head: { rect: headRect, scale: headScale, ...prices(input) },
    name: { rect: nameRect, size: name.size, lines: name.lines },
    points: { rect: pointsRect, ...points },
    notes: notes && { rect: notes.rect, size: notes.size, pages: notes.pages },
    pages: Math.max(1, points.pages.length, notes?.pages.length ?? 1),
  }
  return { plan, roomy: headScale === 1 && isRoomy(plan, words.points.length, steps) }
}

/** Four lines of points must have room (or all there are), else everything is made smaller. */
function isRoomy({ points, name, areas }: HostPlan, count: number, steps: SizeSteps): boolean {
  if (points.rect.height < 0 || name.rect.height > areas.text.height * 0.45) return false
  if (count === 0 || points.pages.length <= 1) return points.rect.height >= 0
  return points.rect.height >= steps.comfortable * (4 * POINTS.line + POINTS.gap + POINTS.dots)
}

function smallest(...fitted: readonly (FittedPoints | null)[]): number {
  return Math.min(...fitted.map((one) => one?.size ?? Number.POSITIVE_INFINITY))
}

/** Two lines, shrinking to the points' size; a longer name takes a third and a fourth; beyond that, an ellipsis. */
function fitName(
  words: readonly Word[],
  width: number,
  unit: number,
): { size: number; lines: readonly Line[]; height: number } {
  const sizes = [SCALE.name, 1.3, 1.2, 1.1, 1].map((scale) => scale * unit)
  const at = (size: number) => wrapWords(words, (width * 0.985) / size)
  const size = sizes.find((one) => at(one).length <= 2) ?? unit
  const lines = clampLines(at(size), 4)
  return { size, lines, height: Math.ceil(lines.length * NAME_LINE * size) }
}

/** Notes take the lower part of the picture's place, as much as they need, at most half. */
function planNotes(words: readonly (readonly Word[])[], picture: Rect, steps: SizeSteps) {
  const pad = Math.round(steps.wished * 0.5)
  // The word "Notes" stands above them.
  const heading = Math.round(steps.wished * SCALE.small * 1.4)
  const most = Math.round(picture.height * 0.5)
  const fitted = fitPoints(words, { width: picture.width - 2 * pad, height: most - 2 * pad - heading }, steps)
  const space = most + pad
  const rect = { ...picture, top: picture.top + picture.height - most, height: most }
  return { ...fitted, rect, space }
}

function prices({ card, language }: HostPlanInput): { price: string | null; was: string | null } {
  const { priceCents, compareAtPriceCents } = card
  const isWas = compareAtPriceCents !== null && priceCents !== null && compareAtPriceCents > priceCents
  return {
    price: priceCents === null ? null : formatCents(priceCents, language),
    was: isWas ? formatCents(compareAtPriceCents, language) : null,
  }
}

/** The width of the row with number, sizes and price, in em of the unit. */
function measureHead(input: HostPlanInput, measure: Measure): number {
  const { card } = input
  const { price, was } = prices(input)
  const number = measure(String(card.number), 700) * SCALE.number
  const now = price === null ? 0 : measure(price, 700) * SCALE.price
  const under =
    (was === null ? 0 : measure(was, 600) * SCALE.small) +
    (card.sizes === null ? 0 : measure(card.sizes, 600) * SCALE.small + 0.9) +
    (was !== null && card.sizes !== null ? 0.6 : 0)
  const right = Math.max(now, under)
  return (number + right + (right > 0 ? 0.8 : 0)) * 1.02
}

/** Wraps a message for its banner. */
export function planMessage(
  text: string,
  { areas, unit, base, measure }: { areas: HostAreas; unit: number; base: number; measure: Measure },
): { readonly rect: Rect; readonly size: number; readonly lines: readonly Line[] } {
  const weights = { regular: 600, bold: 600 } as const
  const paragraphs = text.split('\n').map((part) => measureWords([{ text: part, bold: false }], measure, weights))
  const wholeWidth = { left: areas.strip.left, width: areas.strip.width }
  const tries = [areas.picture, wholeWidth].flatMap((place, index) =>
    [SCALE.message, 1.1, 1, ...(index === 1 ? [0.91, 0.8, 0.727, 0.6, 0.5, 0.4] : [])].map((scale) => ({
      place,
      scale,
    })),
  )
  const bottom = areas.strip.top + areas.strip.height
  const most = bottom * 0.62
  let fitted = { rect: { ...areas.strip }, size: unit, lines: [] as readonly Line[] }
  for (const { place, scale } of tries) {
    const size = Math.min(base, unit) * scale
    const max = (place.width * 0.985) / size - MESSAGE.sides
    const lines = paragraphs.flatMap((words) => wrapWords(words, max))
    const height = Math.ceil((lines.length * MESSAGE.line + MESSAGE.ends) * size)
    fitted = { rect: { left: place.left, width: place.width, top: bottom - height, height }, size, lines }
    if (height <= most && (place !== areas.picture || lines.length <= 4)) break
  }
  return fitted
}

/** The banner's inner measures in em: line height, what stands beside the text, what stands above and below it. */
export const MESSAGE = { line: 1.25, sides: 2.2, ends: 2.3 } as const
