import { AppError } from '#shared/app-error.ts'
import { asWritten } from './harmless.ts'
import type { CsvText } from './csv-file.ts'
import type { Sheet, SheetRow } from './sheet.ts'

const DELIMITERS = [',', ';', '\t'] as const
/** So much of a file is looked at to find out what separates its columns. */
const LOOKED_AT = 64 * 1024

/** The rows of a CSV file, with what separates its columns found out. Rows without any text are left out. */
export async function csvSheet({ bytes, warning }: CsvText): Promise<Sheet> {
  const { delimiter, skipped } = separatorOf(bytes)
  const rows: SheetRow[] = []
  const broken: Sheet['broken'][number][] = []
  // The parser is loaded with the first file.
  const { readRecords } = await import('./csv-records.ts')
  await readRecords(bytes.subarray(skipped), delimiter, {
    record: ({ line, values }) => {
      if (values.some((value) => value.trim() !== ''))
        rows.push({ line: line + Number(skipped > 0), cells: values.map(asWritten) })
    },
    broken: (line, reason) => broken.push({ line: line + Number(skipped > 0), reason }),
  })
  if (rows.length === 0 && broken.length === 0)
    throw new AppError('bad-call', 'This file is empty. Choose another one.')
  return { rows, broken, name: null, warning }
}

/** Excel may say it in a line of its own; otherwise it is what stands most often in the first line, outside of quotes. */
function separatorOf(bytes: Buffer): { delimiter: string; skipped: number } {
  const start = bytes.subarray(0, LOOKED_AT).toString()
  const said = /^sep=([,;\t])\r?\n/i.exec(start)
  if (said?.[1] !== undefined) return { delimiter: said[1], skipped: said[0].length }
  const line = start.split(/[\r\n]+/).find((one) => one.trim() !== '') ?? ''
  const bare = line.replaceAll(/"[^"]*"/g, '')
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }))
  const [first] = counted.toSorted((a, b) => b.count - a.count)
  return { delimiter: first?.delimiter ?? ',', skipped: 0 }
}
