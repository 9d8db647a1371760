import type { Row } from 'write-excel-file/node'
import { markedAsText } from './harmless.ts'

export interface XlsxColumn {
  readonly title: string
  /** In characters. */
  readonly width: number
}

/** Excel takes no more in one cell. */
const LONGEST = 32_767
/** What XML cannot hold. */
// eslint-disable-next-line no-control-regex -- these are the very characters
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/**
 * A workbook with one sheet. Every cell is text, prices and ids too: a spreadsheet would round a long id, and what is text is
 * never calculated.
 */
export async function xlsxFile(
  name: string,
  columns: readonly XlsxColumn[],
  rows: readonly (readonly string[])[],
): Promise<Buffer> {
  // Loaded with the first export.
  const { default: write } = await import('write-excel-file/node')
  const header: Row = columns.map(({ title }) => ({ value: title, type: String, fontWeight: 'bold' }))
  const body = rows.map((row): Row => row.map(cell))
  return await write([header, ...body], {
    sheet: sheetName(name),
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer()
}

function cell(text: string): Row[number] {
  const value = markedAsText(text)
    .replaceAll(unwritable, '')
    // Workbooks write characters like this; what only looks like it must not become one.
    .replaceAll(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .slice(0, LONGEST)
  return value === '' ? null : { value, type: String, format: '@', alignVertical: 'top', wrap: value.includes('\n') }
}

/** As Excel allows it: short, and without these signs. */
function sheetName(name: string): string {
  return (
    name
      .replaceAll(/[\\/?*[\]:']/g, ' ')
      .slice(0, 31)
      .trim() || 'Line-up'
  )
}
