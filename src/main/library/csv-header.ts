import { AppError } from '#shared/app-error.ts'

/** The columns that are read, each with the names that Shopify has given it over the years, newest last. */
const names = {
  handle: ['handle', 'url handle'],
  title: ['title'],
  body: ['body (html)', 'body html', 'body', 'description'],
  vendor: ['vendor'],
  tags: ['tags'],
  published: ['published', 'published on online store'],
  status: ['status'],
  option1Name: ['option1 name'],
  option1Value: ['option1 value'],
  option2Name: ['option2 name'],
  option2Value: ['option2 value'],
  option3Name: ['option3 name'],
  option3Value: ['option3 value'],
  sku: ['variant sku', 'sku'],
  barcode: ['variant barcode', 'barcode'],
  price: ['variant price', 'price'],
  compareAtPrice: ['variant compare at price', 'compare at price', 'compare-at price'],
  stock: ['variant inventory qty', 'inventory quantity'],
  imageSrc: ['image src', 'product image url'],
  imagePosition: ['image position'],
  imageAlt: ['image alt text'],
} as const

export type Column = keyof typeof names

/** Where each column stands; undefined where the file does not have it. */
export interface Header {
  readonly delimiter: string
  readonly count: number
  readonly at: Readonly<Partial<Record<Column, number>>>
}

const DELIMITERS = [',', ';', '\t']
/** A header is never longer; a longer first line is no header. */
const LONGEST = 64 * 1024

/**
 * Reads the file's first line: Shopify's columns by name, whatever their order, with what separates them found out.
 * Throws where a column is missing that nothing can be done without.
 */
export function readHeader(bytes: Buffer): Header {
  const line = firstLine(bytes)
  if (line === '')
    throw new AppError('bad-call', 'This file is empty. Export the products from Shopify as CSV and choose that file.')
  const tried = DELIMITERS.map((delimiter) => headerWith(delimiter, line))
  const fitting = tried.find(({ at }) => at.handle !== undefined && at.title !== undefined)
  if (fitting) return fitting
  const best = tried.toSorted((a, b) => b.count - a.count)[0] ?? headerWith(',', line)
  throw notShopify(best, line)
}

function headerWith(delimiter: string, line: string): Header {
  const found = columnsOf(delimiter, line).map((name) => name.toLowerCase())
  const at: Partial<Record<Column, number>> = {}
  for (const [column, spellings] of Object.entries(names) as [Column, readonly string[]][]) {
    const index = spellings.map((spelling) => found.indexOf(spelling)).find((place) => place >= 0)
    if (index !== undefined) at[column] = index
  }
  return { delimiter, count: found.length, at }
}

function columnsOf(delimiter: string, line: string): string[] {
  return line.split(delimiter).map((name) => name.trim().replaceAll(/^"|"$/g, '').trim())
}

function firstLine(bytes: Buffer): string {
  const start = bytes.subarray(0, LONGEST).toString()
  return start.split(/[\r\n]+/).find((line) => line.trim() !== '') ?? ''
}

function notShopify({ delimiter, count, at }: Header, line: string): AppError {
  const missing = [at.handle === undefined && '"Handle"', at.title === undefined && '"Title"'].filter(
    (name) => name !== false,
  )
  const found = columnsOf(delimiter, line)
    .slice(0, 8)
    .map((name) => `"${name.slice(0, 40)}"`)
    .join(', ')
  const hint =
    count === 1
      ? ' If the columns are separated by something else than a comma, a semicolon or a tab, save the file with commas.'
      : ''
  return new AppError(
    'bad-call',
    `This is not a product export of Shopify: its first line has no column ${missing.join(' and no column ')}. ` +
      `Found: ${found}${count > 8 ? ` and ${count - 8} more` : ''}.${hint}`,
  )
}
