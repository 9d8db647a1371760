import type { ImportReport } from '#shared/library.ts'
import type { SourceImage, SourceProduct, SourceVariant } from '../db/source-product.ts'
import type { Column, Header } from './csv-header.ts'
import { centsOf } from '../db/money-text.ts'
import type { CsvRecord } from '../sheets/csv-records.ts'

type Remark = ImportReport['skipped'][number]

/** A product as the file has it, gathered from all of its lines. */
export interface CsvProduct extends SourceProduct {
  readonly optionNames: readonly string[]
  readonly variants: SourceVariant[]
  readonly images: SourceImage[]
  /** Whether a line of it had to be left out. */
  incomplete: boolean
}

/** What a line says, by column. */
type Line = (column: Column) => string

/** The widest columns that a line must reach; empty ones at its end may have been cut off by a spreadsheet. */
const NEEDED: readonly Column[] = ['handle', 'title', 'price']

/**
 * Gathers products from the lines of a file.
 *
 * 1. Lines with the same handle are one product, wherever they stand; its first line has the title.
 * 2. A line that cannot be used is left out with a reason; it never takes other products with it.
 */
export class CsvProducts {
  readonly products = new Map<string, CsvProduct>()
  readonly skipped: Remark[] = []
  readonly warnings: Remark[] = []
  readonly #header: Header
  readonly #needed: number
  /** The lines of products that have been left out, by handle. */
  readonly #lost = new Map<string, number>()
  readonly #variantKeys = new Map<string, Set<string>>()

  constructor(header: Header) {
    this.#header = header
    this.#needed = Math.max(...NEEDED.map((column) => header.at[column] ?? 0)) + 1
  }

  /** Takes one record behind the header. */
  add({ line, values }: CsvRecord): void {
    if (values.every((value) => value.trim() === '')) return
    const read: Line = (column) => {
      const index = this.#header.at[column]
      const value = index === undefined ? '' : (values[index] ?? '')
      return column === 'body' ? value : value.trim()
    }
    const problem = this.#countProblem(values) ?? this.#take(line, read)
    if (problem === null) return
    this.skipped.push({ line, reason: problem })
    const handle = read('handle')
    const product = this.products.get(handle)
    if (product) product.incomplete = true
    else if (!this.#lost.has(handle)) this.#lost.set(handle, line)
  }

  #countProblem(values: readonly string[]): string | null {
    const { count } = this.#header
    if (values.length < this.#needed) {
      return `This line has ${values.length} columns, the header ${count}: the line seems to be cut off.`
    }
    if (values.slice(count).some((value) => value.trim() !== '')) {
      return `This line has ${values.length} columns, the header only ${count}: a comma may stand in a field without quotes.`
    }
    return null
  }

  /** Answers why the line cannot be used, or null. */
  #take(line: number, read: Line): string | null {
    const handle = read('handle')
    if (handle === '') return 'There is no handle, so it is not clear which product this is.'
    const known = this.products.get(handle)
    if (!known && read('title') === '') return this.#noTitle(handle)
    const priceCents = centsOf(read('price'))
    if (priceCents === undefined) return notMoney('price', read('price'))
    const compareAt = centsOf(read('compareAtPrice'))
    if (compareAt === undefined) return notMoney('compare-at price', read('compareAtPrice'))
    const product = known ?? this.#begin(handle, read)
    this.#takeVariant(product, line, { read, priceCents, compareAt })
    this.#takeImage(product, line, read)
    return null
  }

  #noTitle(handle: string): string {
    const lost = this.#lost.get(handle)
    return lost === undefined
      ? 'There is no title, and no line before it has one for this handle.'
      : `It belongs to the product of line ${lost}, which was left out.`
  }

  #begin(handle: string, read: Line): CsvProduct {
    const product: CsvProduct = {
      shopifyId: null,
      handle,
      name: read('title'),
      descriptionHtml: read('body'),
      vendor: read('vendor'),
      status: statusOf(read('status'), read('published')),
      tags: tagsOf(read('tags')),
      optionNames: [read('option1Name'), read('option2Name'), read('option3Name')],
      variants: [],
      images: [],
      incomplete: this.#lost.has(handle),
    }
    this.products.set(handle, product)
    return product
  }

  #takeVariant(
    product: CsvProduct,
    line: number,
    { read, priceCents, compareAt }: { read: Line; priceCents: number | null; compareAt: number | null },
  ): void {
    const values = [read('option1Value'), read('option2Value'), read('option3Value')]
    const sku = read('sku') || null
    // Lines with a picture only say nothing about a variant.
    if (priceCents === null && sku === null && values.every((value) => value === '')) return
    if (this.#isKnown(product, [...values, sku ?? ''])) {
      this.warnings.push({ line, reason: `It repeats a variant of "${product.name}"; the first one counts.` })
      return
    }
    const isWas = compareAt !== null && priceCents !== null && compareAt > priceCents
    if (compareAt !== null && compareAt > 0 && !isWas) {
      const reason = `The compare-at price (${money(compareAt)}) is not above the price (${money(priceCents)}), so no "was" price is shown.`
      this.warnings.push({ line, reason })
    }
    product.variants.push({
      ...titleAndOptions(product.optionNames, values),
      sku,
      barcode: read('barcode').replace(/^'/, '') || null,
      priceCents,
      compareAtPriceCents: isWas ? compareAt : null,
      stock: wholeNumber(read('stock')),
    })
  }

  #isKnown({ handle }: CsvProduct, values: readonly string[]): boolean {
    const keys = this.#variantKeys.get(handle) ?? new Set()
    this.#variantKeys.set(handle, keys)
    const key = values.join('\n')
    if (keys.has(key)) return true
    keys.add(key)
    return false
  }

  #takeImage(product: CsvProduct, line: number, read: Line): void {
    const url = read('imageSrc')
    if (url === '') return
    if (!isWebAddress(url)) {
      this.warnings.push({
        line,
        reason: `The picture's address "${url.slice(0, 80)}" is not one of the web, so it was left out.`,
      })
      return
    }
    if (product.images.some((image) => image.url === url)) return
    const position = wholeNumber(read('imagePosition')) ?? product.images.length + 1
    product.images.push({ url, alt: read('imageAlt'), position })
  }
}

function titleAndOptions(
  names: readonly string[],
  values: readonly string[],
): Pick<SourceVariant, 'title' | 'options'> {
  const options = values.flatMap((value, index) =>
    value === '' ? [] : [{ name: names[index] || `Option ${index + 1}`, value }],
  )
  const [only] = options
  // What Shopify writes for a product without options.
  const isDefault =
    options.length === 0 || (options.length === 1 && only?.name === 'Title' && only.value === 'Default Title')
  return isDefault
    ? { title: 'Default Title', options: [] }
    : { title: options.map(({ value }) => value).join(' / '), options }
}

function statusOf(status: string, published: string): CsvProduct['status'] {
  const named = status.toLowerCase()
  if (named === 'archived' || named === 'draft') return named
  return /^(false|no|0)$/i.test(published) ? 'draft' : 'active'
}

function tagsOf(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '')
}

function wholeNumber(text: string): number | null {
  return /^-?\d{1,9}$/.test(text) ? Number(text) : null
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\/./i.test(url) && URL.canParse(url)
}

function notMoney(what: string, text: string): string {
  return `The ${what} "${text.slice(0, 40)}" is not an amount such as 12.50.`
}

function money(cents: number | null): string {
  return cents === null ? 'none' : (cents / 100).toFixed(2)
}
