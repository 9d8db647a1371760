import { AppError } from '#shared/app-error.ts'
import { isRounded, roundedId } from '../sheets/rounded-id.ts'
import { cellOf } from '../sheets/sheet.ts'
import type { Sheet, SheetRow } from '../sheets/sheet.ts'

/** A line of a product list from TikTok Shop: one SKU of a product. */
export interface TiktokRow {
  readonly line: number
  readonly pid: string
  readonly sku: string
  /** What TikTok calls the product; empty where the file does not say. */
  readonly name: string
}

interface TiktokRows {
  readonly rows: readonly TiktokRow[]
  readonly problems: readonly { readonly line: number; readonly reason: string }[]
}

const pidTitles = ['productid', 'tiktokproductid', 'tiktokid', 'itemid', 'pid']
const skuTitles = ['sellersku', 'skusellersku', 'sellerskuid', 'merchantsku', 'sku']
const nameTitles = ['productname', 'producttitle', 'title', 'name']
/** How far down the titles may stand: TikTok's own workbooks explain themselves above and below them. */
const TITLES_WITHIN = 10

/** Reads what TikTok Shop exports: the columns by their titles, in whatever row those stand. */
export function readTiktok({ rows, broken }: Sheet): TiktokRows {
  const { at, columns } = findTitles(rows)
  const body = rows.slice(at + 1)
  // Below the titles TikTok explains the columns; the products begin where there is an id.
  const begin = body.findIndex((row) => isId(cellOf(row, columns.pid).trim()))
  const read: TiktokRow[] = []
  const problems = [...broken]
  for (const row of begin < 0 ? body : body.slice(begin)) {
    const pid = cellOf(row, columns.pid).trim()
    const sku = cellOf(row, columns.sku).trim()
    const problem = problemOf(pid, sku)
    if (problem === null) read.push({ line: row.line, pid, sku, name: cellOf(row, columns.name).trim() })
    else problems.push({ line: row.line, reason: problem })
  }
  return { rows: read, problems: problems.toSorted((a, b) => a.line - b.line) }
}

function problemOf(pid: string, sku: string): string | null {
  if (isRounded(pid)) return roundedId
  if (pid === '') return 'There is no product id.'
  if (!isId(pid)) return `"${pid.slice(0, 40)}" is not a product id of TikTok: those have digits only.`
  return sku === '' ? 'There is no seller SKU, so it is not clear which product this is.' : null
}

function isId(text: string): boolean {
  return /^\d{6,25}$/.test(text)
}

interface Columns {
  readonly pid: number
  readonly sku: number
  readonly name: number | undefined
}

function findTitles(rows: readonly SheetRow[]): { at: number; columns: Columns } {
  for (const [at, { cells }] of rows.slice(0, TITLES_WITHIN).entries()) {
    const plain = cells.map((title) => title.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
    const find = (titles: readonly string[]): number | undefined =>
      titles.map((title) => plain.indexOf(title)).find((index) => index >= 0)
    const [pid, sku] = [find(pidTitles), find(skuTitles)]
    if (pid !== undefined && sku !== undefined) return { at, columns: { pid, sku, name: find(nameTitles) } }
  }
  throw new AppError(
    'bad-call',
    'This is not a product list of TikTok Shop: it has no columns "Product ID" and "Seller SKU". ' +
      'In Seller Center, export the products and choose that file.',
  )
}
