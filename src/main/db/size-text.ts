/** One variant's options, such as `[{name: 'Size', value: 'M'}, {name: 'Colour', value: 'Red'}]`. */
export type Options = readonly { readonly name: string; readonly value: string }[]

const letterScale = ['XXXS', 'XXS', 'XS', 'S', 'M', 'L', 'XL', 'XXL', '3XL', '4XL', '5XL', '6XL', '7XL', '8XL']
const letterWords: ReadonlyMap<string, string> = new Map([
  ['EXTRA SMALL', 'XS'],
  ['X-SMALL', 'XS'],
  ['SMALL', 'S'],
  ['MEDIUM', 'M'],
  ['LARGE', 'L'],
  ['X-LARGE', 'XL'],
  ['EXTRA LARGE', 'XL'],
  ['XX-LARGE', 'XXL'],
  ['2XL', 'XXL'],
  ['XXXL', '3XL'],
  ['XXXXL', '4XL'],
  ['2XS', 'XXS'],
  ['3XS', 'XXXS'],
])
const sizeName =
  /(^|[^\p{L}])(size|sizes|gr(ö|oe|o)(ß|ss)e(n)?|taille|tailles|talla|tallas|taglia|maat|tamanho|tamaño|storlek|rozmiar)($|[^\p{L}])/iu
const oneSize =
  /^(one[ -]?size( fits (all|most))?|o\/?s|einheitsgr(ö|o)(ß|ss)e|taille unique|t\.?u\.?|talla única|taglia unica|free size)$/iu
/** More values than this, without an order that can be told, are only counted. */
const LISTED = 4

/**
 * Short text for the sizes that a product comes in: `S–XL`, `36–41`, `40–50 cm`, `One size`, `S, L`. A range is only
 * said of letters where none is missing in it. Null where the options name no size.
 */
export function sizeText(variants: readonly Options[]): string | null {
  const values = sizesOf(variants)
  if (values.length === 0) return null
  if (values.every((value) => oneSize.test(value))) return 'One size'
  return lettersText(values) ?? numbersText(values) ?? plainText(values)
}

/** The values of the option that holds sizes, each once, in the variants' order. */
function sizesOf(variants: readonly Options[]): string[] {
  const byName = new Map<string, Set<string>>()
  for (const { name, value } of variants.flat()) {
    const text = value.trim()
    if (text === '') continue
    const values = byName.get(name) ?? new Set()
    byName.set(name, values.add(text))
  }
  const named = [...byName].find(([name]) => sizeName.test(name.normalize('NFC')))
  const known =
    named ?? [...byName].find(([, values]) => [...values].every((value) => oneSize.test(value) || letterOf(value)))
  return [...(known?.[1] ?? [])]
}

function letterOf(value: string): string | undefined {
  const upper = value.toUpperCase()
  const letter = letterWords.get(upper) ?? upper
  return letterScale.includes(letter) ? letter : undefined
}

function lettersText(values: readonly string[]): string | undefined {
  const ranks = new Set<number>()
  for (const value of values) {
    const letter = letterOf(value)
    if (!letter) return undefined
    ranks.add(letterScale.indexOf(letter))
  }
  const sorted = [...ranks].toSorted((a, b) => a - b)
  const letters = sorted.map((rank) => letterScale[rank] ?? '')
  const unbroken = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0) === sorted.length - 1
  return unbroken ? range(letters) : letters.join(', ')
}

/** Numbers that share what stands before and behind them, such as `EU 36` or `40 cm`. */
function numbersText(values: readonly string[]): string | undefined {
  const parts = values.map((value) => /^(\D{0,8}?)\s*(\d{1,5}(?:[.,]\d{1,2})?)\s*(\D{0,8})$/u.exec(value))
  const before = parts[0]?.[1] ?? ''
  const behind = parts[0]?.[3] ?? ''
  if (!parts.every((part) => part && part[1] === before && part[3] === behind)) return undefined
  const numbers = new Map(parts.map((part) => [Number((part?.[2] ?? '').replace(',', '.')), part?.[2] ?? '']))
  const sorted = [...numbers].toSorted(([a], [b]) => a - b)
  const texts = sorted.map(([, text]) => text)
  const [low, high] = [sorted[0]?.[0] ?? 0, sorted.at(-1)?.[0] ?? 0]
  const text = texts.length > 2 || high - low <= 1 ? range(texts) : texts.join(', ')
  const unit = /^\p{L}/u.test(behind) ? ` ${behind}` : behind
  return `${before === '' ? '' : `${before.trim()} `}${text}${unit}`
}

function plainText(values: readonly string[]): string {
  return values.length <= LISTED ? values.join(', ') : `${values.length} sizes`
}

function range(sorted: readonly string[]): string {
  return sorted.length < 2 ? (sorted[0] ?? '') : `${sorted[0]}–${sorted.at(-1)}`
}
