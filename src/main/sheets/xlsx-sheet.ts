import { AppError } from '#shared/app-error.ts'
import { readFile, stat } from 'node:fs/promises'
import { asWritten } from './harmless.ts'
import type { Sheet, SheetRow } from './sheet.ts'

const MIB = 1024 * 1024
/** A line-up of thousands of items has less than one. */
const MAX_PACKED_MIB = 20
/** A small file may unpack to gigabytes. */
const MAX_UNPACKED_MIB = 200
/** Excel keeps so many digits of a number, and no more. */
const EXCEL_DIGITS = 15

/** The rows of a workbook's first sheet, as text. Meant for a worker thread: it takes seconds for a large file. */
export async function readXlsx(path: string): Promise<Sheet> {
  const { size } = await stat(path)
  if (size > MAX_PACKED_MIB * MIB) throw tooLarge()
  const bytes = await readFile(path)
  const [{ default: readWorkbook }, { unzipSync }] = await Promise.all([
    import('read-excel-file/universal'),
    import('fflate'),
  ])
  try {
    checkUnpacked(bytes, unzipSync)
    const [first] = await readWorkbook(new Blob([bytes]), { trim: false, parseNumber: (text) => new Digits(text) })
    return { rows: rowsOf(first?.data as unknown as Values), broken: [], name: first?.sheet ?? null, warning: null }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(
      'bad-call',
      'This workbook cannot be read. Open it in your spreadsheet program, save it as .xlsx or CSV, and choose that file.',
      { cause: error },
    )
  }
}

/** By what the file says of its parts; nothing is unpacked beyond that. */
function checkUnpacked(bytes: Uint8Array, unzip: typeof import('fflate').unzipSync): void {
  let sum = 0
  unzip(bytes, {
    filter: ({ originalSize }) => {
      sum += originalSize
      return false
    },
  })
  if (sum > MAX_UNPACKED_MIB * MIB) throw tooLarge()
}

function tooLarge(): AppError {
  return new AppError(
    'bad-call',
    `This workbook is too large: at most ${MAX_PACKED_MIB} MB can be read. Save the sheet that you need as CSV, and choose that file.`,
  )
}

/** What cells hold; the library's own type says `DateConstructor` where it means `Date`. */
type Value = string | Digits | boolean | Date | null
type Values = readonly (readonly Value[])[] | undefined

function rowsOf(data: Values = []): SheetRow[] {
  return data
    .map((values, index) => ({ line: index + 1, cells: values.map(textOf) }))
    .filter(({ cells }) => cells.some((text) => text.trim() !== ''))
}

/** As the sheet shows it, but for the form of dates. */
function textOf(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'string') return asWritten(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '')
  return value.text
}

/** A number as the file writes it. JavaScript would round a long id. */
class Digits {
  readonly text: string

  constructor(written: string) {
    const number = Number(written)
    const isLong = Math.abs(number) >= 10 ** EXCEL_DIGITS
    // Programs that keep all digits of an id write them. Excel keeps fifteen and writes an exponent; others round to what a
    // number of JavaScript holds, and write that. Written with an exponent, it is seen that digits are missing.
    const isExact = /^-?\d+$/.test(written) && !(isLong && String(number) === written)
    this.text = isExact ? written : isLong ? number.toExponential().replace('e', 'E') : shortest(number)
  }
}

/** Without the dust that calculating leaves behind: 0.3, not 0.30000000000000004. */
function shortest(number: number): string {
  return String(Number(number.toPrecision(EXCEL_DIGITS)))
}
