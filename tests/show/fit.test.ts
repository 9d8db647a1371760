import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitPoints, pointsHeight, POINTS } from '../../src/renderer/show/fit/fit-points.ts'
import { MESSAGE, planHost, planMessage } from '../../src/renderer/show/fit/plan-host.ts'
import { basePx, readingPx } from '#shared/reading-size.ts'
import { parsePoints } from '../../src/renderer/show/fit/runs.ts'
import { clampLines, measureWords, wrapWords } from '../../src/renderer/show/fit/wrap.ts'
import type { Line, Measure } from '../../src/renderer/show/fit/wrap.ts'
import type { HostCard } from '../../src/shared/live.ts'

/** A made-up font: every character is 0.55 em wide, bold ones 0.6. */
const measure: Measure = (text, weight) => Array.from(text).length * (weight === 700 ? 0.6 : 0.55)
const weights = { regular: 500, bold: 700 } as const
const words = (text: string) => parsePoints(text).map((runs) => measureWords(runs, measure, weights))
const textOf = (lines: readonly Line[]) => lines.map((line) => line.map(({ text }) => text).join(''))
const widthOf = (line: Line) => line.reduce((sum, { text, bold }) => sum + measure(text, bold ? 700 : 500), 0)
const steps = { wished: 48, comfortable: 43.6, least: 34.9 }

const card = (patch: Partial<HostCard> = {}): HostCard => ({
  itemId: 'a',
  productId: 'b',
  number: 12,
  name: 'Silk scarf in three colours',
  priceCents: 4800,
  compareAtPriceCents: 6000,
  talkingPointsMd: '- Light\n- Warm',
  section: null,
  notes: '',
  sku: null,
  sizes: 'S–XL',
  variants: [],
  images: [],
  ...patch,
})
const screens = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 800 },
  { width: 1080, height: 1920 },
  { width: 390, height: 844 },
  { width: 844, height: 390 },
]
const layouts = ['picture', 'points', 'split'] as const
const place = ({ width, height }: { width: number; height: number }) => ({
  distanceM: 1.5,
  diagonalIn: 24,
  screenWidth: width,
  screenHeight: height,
})

describe('reading size', () => {
  test('follows from the distance and the screen (ISO 9241-3)', () => {
    // 24" full HD: 22 minutes of arc at 0.9 m are about 30 px for a cap height of 0.70; Inter's is 0.727.
    const near = { distanceM: 0.9, diagonalIn: 24, screenWidth: 1920, screenHeight: 1080 }
    expect(readingPx(near, 22)).toBeCloseTo(28.6, 1)
    expect(readingPx({ ...near, distanceM: 1.8 }, 22)).toBeCloseTo(57.3, 1)
    expect(basePx(near, 2)).toBeCloseTo(57.3, 1)
  })
})

describe('talking points', () => {
  test('are one per line; bold is kept, links and pictures lose their address, HTML is text', () => {
    expect(
      parsePoints(
        '# Why\n- **Gold**-plated\n* see [the page](https://x.y)![p](z)\n2. <b>not bold</b> and \\*this\\*\n\n---\n  goes on',
      ),
    ).toEqual([
      [{ text: 'Why', bold: false }],
      [
        { text: 'Gold', bold: true },
        { text: '-plated', bold: false },
      ],
      [{ text: 'see the page', bold: false }],
      [{ text: '<b>not bold</b> and *this* goes on', bold: false }],
    ])
  })
  test('a word in two weights is not broken between them', () => {
    const [gold] = words('**Gold**plated thing')
    expect(textOf(wrapWords(gold ?? [], 7))).toEqual(['Goldplated', 'thing'])
  })
})

describe('wrapping', () => {
  test('keeps every character and no line is wider than the box', () => {
    const text = fc.array(
      fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom('a', 'B', 'ß', '-', '–', '漢') }),
      {
        minLength: 1,
        maxLength: 30,
      },
    )
    fc.assert(
      fc.property(text, fc.integer({ min: 3, max: 40 }), (pieces, max) => {
        const lines = wrapWords(measureWords([{ text: pieces.join(' '), bold: false }], measure, weights), max)
        expect(textOf(lines).join('').replaceAll(' ', '')).toBe(pieces.join(''))
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(max + 1e-9)
      }),
    )
  })
  test('marks what an ellipsis leaves out', () => {
    const lines = wrapWords(measureWords([{ text: 'one two three four', bold: false }], measure, weights), 5)
    expect(textOf(clampLines(lines, 2))).toEqual(['one two', 'thr …'])
    expect(clampLines(lines, 9)).toBe(lines)
  })
})

describe('fitting points', () => {
  const long = Array.from(
    { length: 6 },
    () => '- A point of exactly eighty characters, as the house style allows at most, or so it is',
  )
  test('stay at the wished size where they fit', () => {
    expect(fitPoints(words('- one\n- two'), { width: 900, height: 600 }, steps)).toMatchObject({
      size: 48,
      pages: [{ length: 2 }],
    })
  })
  test('shrink to the comfortable size before they take a second page', () => {
    const fitted = fitPoints(words(long.join('\n')), { width: 1300, height: 830 }, steps)
    expect(fitted.pages).toHaveLength(1)
    expect(fitted.size).toBeLessThan(48)
    expect(fitted.size).toBeGreaterThanOrEqual(43.6)
  })
  test('take pages rather than become too small', () => {
    const fitted = fitPoints(words(long.join('\n')), { width: 900, height: 600 }, steps)
    expect(fitted.pages.length).toBeGreaterThan(1)
    expect(fitted.size).toBeGreaterThanOrEqual(43.6)
  })
  test('split one that no page holds, and lose no word of it', () => {
    const text = Array.from({ length: 300 }, (_, index) => `word${index}`).join(' ')
    const fitted = fitPoints(words(text), { width: 700, height: 400 }, steps)
    expect(fitted.size).toBeCloseTo(34.9)
    expect(fitted.pages[1]?.[0]?.continued).toBe(true)
    expect(
      fitted.pages
        .flat()
        .flatMap(({ lines }) => textOf(lines))
        .join(' ')
        .replaceAll('  ', ' '),
    ).toBe(text)
  })
  test('never stand higher than their box, whatever they say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.lorem({ maxCount: 40 }), { maxLength: 14 }),
        fc.record({ width: fc.integer({ min: 300, max: 1800 }), height: fc.integer({ min: 120, max: 1200 }) }),
        (points, box) => {
          const fitted = fitPoints(words(points.map((point) => `- ${point}`).join('\n')), box, steps)
          const room = box.height - (fitted.pages.length > 1 ? POINTS.dots * fitted.size : 0)
          for (const page of fitted.pages) expect(pointsHeight(page, fitted.size)).toBeLessThanOrEqual(room + 0.5)
        },
      ),
    )
  })
})

describe('a host plan', () => {
  const six = Array.from({ length: 6 }, (_, index) => `- ${`${index} lovely words `.repeat(8).slice(0, 80)}`).join('\n')
  test('reads from the distance at six points of eighty characters, in every layout', () => {
    for (const layout of layouts) {
      for (const screen of screens.slice(0, 3)) {
        const base = basePx(place(screen), 1)
        const plan = planHost(
          { card: card({ talkingPointsMd: six }), ...screen, base, layout, strip: true, notes: false },
          measure,
        )
        const comfortable = readingPx(place(screen), 20) - 0.1
        expect(plan.points.size, `${layout} ${screen.width}`).toBeGreaterThanOrEqual(comfortable)
        expect(plan.name.size).toBeGreaterThanOrEqual(comfortable)
        expect(plan.fits).toBe(true)
        expect(plan.points.pages.flat()).toHaveLength(6)
      }
    }
  })
  test('keeps its parts inside the screen and apart, for any text', () => {
    fc.assert(
      fc.property(
        fc.record({
          name: fc.lorem({ maxCount: 40 }),
          talkingPointsMd: fc.array(fc.lorem({ maxCount: 25 }), { maxLength: 12 }).map((points) => points.join('\n')),
          notes: fc.lorem({ maxCount: 60 }),
          priceCents: fc.option(fc.integer({ min: 0, max: 99_999_900 })),
          sizes: fc.option(fc.constant('XXS–5XL')),
          number: fc.integer({ min: 1, max: 999 }),
        }),
        fc.constantFrom(...layouts),
        fc.constantFrom(...screens),
        (patch, layout, screen) => {
          const base = basePx(place(screen), 1)
          const plan = planHost({ card: card(patch), ...screen, base, layout, strip: true, notes: true }, measure)
          const { areas, head, name, points } = plan
          expect(head.rect.top + head.rect.height).toBeLessThanOrEqual(name.rect.top)
          expect(name.rect.top + name.rect.height).toBeLessThanOrEqual(points.rect.top + 0.5)
          expect(points.rect.height).toBeGreaterThanOrEqual(0)
          expect(points.rect.top + points.rect.height).toBeLessThanOrEqual(areas.strip.top)
          for (const page of points.pages)
            expect(pointsHeight(page, points.size)).toBeLessThanOrEqual(points.rect.height + 0.5)
          if (plan.notes) {
            expect(areas.picture.top + areas.picture.height).toBeLessThanOrEqual(plan.notes.rect.top)
            for (const page of plan.notes.pages)
              expect(pointsHeight(page, plan.notes.size)).toBeLessThanOrEqual(plan.notes.rect.height)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
  test('puts the picture where the item has no say in it', () => {
    for (const layout of layouts) {
      const at = (patch: Partial<HostCard>) =>
        planHost(
          { card: card(patch), width: 1920, height: 1080, base: 47.8, layout, strip: true, notes: false },
          measure,
        ).areas
      expect(at({ name: 'x'.repeat(90), talkingPointsMd: six })).toEqual(at({ talkingPointsMd: '' }))
    }
  })
  test('shows a was price only above the price', () => {
    const head = (patch: Partial<HostCard>) =>
      planHost(
        { card: card(patch), width: 1920, height: 1080, base: 47.8, layout: 'split', strip: true, notes: false },
        measure,
      ).head
    expect(head({})).toMatchObject({ price: '48.00', was: '60.00' })
    expect(head({ compareAtPriceCents: 4800 })).toMatchObject({ was: null })
    expect(head({ priceCents: null })).toMatchObject({ price: null, was: null })
  })
})

describe('a message', () => {
  const plan = planHost(
    { card: card(), width: 1920, height: 1080, base: 47.8, layout: 'split', strip: true, notes: false },
    measure,
  )
  const message = (text: string) => planMessage(text, { areas: plan.areas, unit: plan.unit, base: 47.8, measure })
  test('stands over the picture while it is short', () => {
    expect(message('Two minutes left').rect).toMatchObject({
      left: plan.areas.picture.left,
      width: plan.areas.picture.width,
    })
    expect(message('Two minutes left').size).toBeCloseTo(47.8 * 1.2)
  })
  test('takes the whole width when it is long, and is never cut off', () => {
    const { rect, size, lines } = message('A long message of many words. '.repeat(13).trim())
    expect(rect.width).toBe(plan.areas.strip.width)
    expect(lines.length * MESSAGE.line * size).toBeLessThan(rect.height)
    expect(rect.top).toBeGreaterThan(0)
  })
  test('is plain text: its stars are stars, its lines are lines', () => {
    expect(textOf(message('2 * 3 **now**\n[x](y)').lines)).toEqual(['2 * 3 **now**', '[x](y)'])
  })
})
