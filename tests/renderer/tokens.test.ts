import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const tokensFile = 'src/renderer/ui/tokens.css'
const tokens = readFileSync(tokensFile, 'utf8')

/** The variables of the first block that begins with that selector, over those of `:root`. */
function theme(selector: string): Map<string, string> {
  const values = new Map<string, string>()
  const from = tokens.indexOf(selector)
  const block = tokens.slice(from, tokens.indexOf('}', from))
  for (const [, name = '', value = ''] of block.matchAll(/(--[\w-]+):\s*([^;]+);/g)) values.set(name, value)
  return values
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string | undefined, b: string | undefined): number {
  if (!/^#[0-9a-f]{6}$/.test(a ?? '') || !/^#[0-9a-f]{6}$/.test(b ?? ''))
    throw new Error(`Not plain colours: ${a} on ${b}`)
  const [dark = 0, light = 0] = [luminance(a ?? ''), luminance(b ?? '')].toSorted((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

describe.each([
  ['dark', "[data-theme='dark']"],
  ['light', "[data-theme='light']"],
])('the %s theme', (_name, selector) => {
  const values = theme(selector)
  const grounds = ['--ground', '--surface', '--raised', '--sunken', '--hover', '--selected']

  test.each(['--ink', '--ink-2', '--ink-3', '--accent', '--ok', '--warn', '--bad', '--info'])(
    'reads %s at 4.5:1',
    (ink) => {
      for (const ground of grounds) {
        expect([ground, contrast(values.get(ink), values.get(ground))]).toEqual([
          ground,
          expect.toSatisfy((c: number) => c >= 4.5),
        ])
      }
    },
  )

  test.each([
    ['--on-accent', '--accent'],
    ['--on-bad', '--bad-fill'],
    ['--ok', '--ok-ground'],
    ['--warn', '--warn-ground'],
    ['--bad', '--bad-ground'],
    ['--info', '--info-ground'],
  ])('reads %s on %s at 4.5:1', (ink, ground) => {
    expect(contrast(values.get(ink), values.get(ground))).toBeGreaterThanOrEqual(4.5)
  })

  test('draws the edge of what can be used at 3:1', () => {
    for (const ground of ['--ground', '--surface', '--raised'])
      expect(contrast(values.get('--line-strong'), values.get(ground))).toBeGreaterThanOrEqual(3)
  })
})

test.each(['dark', 'dim', 'light'])('the host reads everything at 7:1 in the %s theme', (name) => {
  const values = theme(`[data-host-theme='${name}']`)
  for (const ink of ['--host-ink', '--host-quiet', '--host-accent'])
    for (const ground of ['--host-ground', '--host-raised'])
      expect([ink, ground, contrast(values.get(ink), values.get(ground))]).toEqual([
        ink,
        ground,
        expect.toSatisfy((c: number) => c >= 7),
      ])
})

test.each(['amber', 'blue', 'green', 'red', 'purple', 'gray'])('an %s message reads at 7:1', (color) => {
  const values = theme(':root')
  expect(
    contrast(values.get(`--message-${color}-ground`), values.get(`--message-${color}-ink`)),
  ).toBeGreaterThanOrEqual(7)
})

const sheets = globSync('src/renderer/**/*.css').filter((file) => file.replaceAll('\\', '/') !== tokensFile)

test('there are style sheets to look at', () => {
  expect(sheets.length).toBeGreaterThan(5)
})

test.each(sheets)('%s takes colours and sizes from the tokens', (file) => {
  const bare = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')
  expect(bare.match(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/gi) ?? []).toEqual([])
  // Hair lines of one to three pixels, and the widths at which a layout changes (variables do not work there).
  const sizes = bare.replaceAll(/@(?:media|container)[^{]*/g, '').match(/(?<![\w.-])\d*\.?\d+px/g) ?? []
  expect(sizes.filter((size) => Number.parseFloat(size) > 3)).toEqual([])
})

test.each(sheets)('%s names only variables that exist', (file) => {
  const css = readFileSync(file, 'utf8')
  const defined = new Set([...tokens.matchAll(/(--[\w-]+):/g), ...css.matchAll(/(--[\w-]+):/g)].map(([, name]) => name))
  const used = [...css.matchAll(/var\((--[\w-]+)(?=\))/g)].map(([, name]) => name)
  // Base UI measures the room that a popup has.
  const given = new Set(['--available-height', '--available-width', '--anchor-width'])
  expect(used.filter((name) => !defined.has(name) && !given.has(name ?? ''))).toEqual([])
})
