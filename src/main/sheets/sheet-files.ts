import { AppError } from '#shared/app-error.ts'
import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import type { RunDiskJob } from '../disk-jobs.ts'
import { decodeCsv, readCsvFile } from './csv-file.ts'
import { csvSheet } from './csv-sheet.ts'
import type { Sheet } from './sheet.ts'

/** Where a table comes from: exactly one of them. */
export interface SheetSource {
  readonly path?: string | undefined
  readonly uploadId?: string | undefined
  /** The text of a CSV file. */
  readonly content?: string | undefined
}

interface SheetFilesDeps {
  /** Where an upload lies; throws `not-found` where there is none. */
  readonly pathOf: (uploadId: string) => string
  readonly runDiskJob: RunDiskJob
}

/** What is read comes back to the page: no page may look into other files by that. */
const endings: ReadonlySet<string> = new Set(['.csv', '.tsv', '.txt', '.xlsx'])

/** Reads tables from files, CSV or workbook, told by the first bytes. */
export class SheetFiles {
  readonly #deps: SheetFilesDeps

  constructor(deps: SheetFilesDeps) {
    this.#deps = deps
  }

  async read({ path, uploadId, content }: SheetSource): Promise<Sheet> {
    if ([path, uploadId, content].filter((source) => source !== undefined).length !== 1) {
      throw new AppError('bad-call', 'Name one file: by its path, by an upload, or by its content.', {
        fields: { path: 'give exactly one of path, uploadId and content' },
      })
    }
    if (content !== undefined) return await csvSheet(decodeCsv(Buffer.from(content)))
    if (path !== undefined && !endings.has(extname(path).toLowerCase())) {
      throw new AppError('bad-call', 'Choose a CSV or Excel file: its name ends in .csv, .tsv, .txt or .xlsx.')
    }
    const file = path ?? this.#deps.pathOf(uploadId ?? '')
    return (await isZip(file)) ? await this.#readXlsx(file) : await csvSheet(await readCsvFile(file))
  }

  async #readXlsx(path: string): Promise<Sheet> {
    try {
      return await this.#deps.runDiskJob('sheet', { path }, new AbortController().signal)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')) throw error
      throw new AppError('bad-call', 'This workbook is too large to be read. Save the sheet that you need as CSV.', {
        cause: error,
      })
    }
  }
}

/** A workbook is a zip archive. What cannot be opened is told by whoever reads it whole. */
async function isZip(path: string): Promise<boolean> {
  try {
    await using file = await open(path, 'r')
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && buffer.readUInt32BE() === 0x504b0304
  } catch {
    return false
  }
}
