import { AppError } from '#shared/app-error.ts'
import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'

/** Larger files are refused: a catalogue of 50,000 products has about half of that. */
const MAX_MIB = 50
const MAX_BYTES = MAX_MIB * 1024 * 1024

/** A CSV file's bytes as UTF-8 without a byte order mark, and what had to be assumed to get there. */
export interface CsvText {
  readonly bytes: Buffer
  readonly warning: string | null
}

/** Reads a file whole; its size is bounded. */
export async function readCsvFile(path: string): Promise<CsvText> {
  try {
    await using file = await open(path, 'r')
    const stat = await file.stat()
    if (!stat.isFile()) throw new AppError('bad-call', 'This is not a file. Choose a CSV file.')
    checkSize(stat.size)
    return decodeCsv(await file.readFile())
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('not-found', 'This file cannot be read. Check that it is there and that you may open it.', {
      cause: error,
    })
  }
}

/** Makes UTF-8 of whatever Shopify, Excel or a text editor wrote. */
export function decodeCsv(bytes: Buffer): CsvText {
  checkSize(bytes.length)
  if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe) return fromUtf16(bytes, 'utf-16le')
  if (bytes.length >= 2 && bytes[0] === 0xfe && bytes[1] === 0xff) return fromUtf16(bytes, 'utf-16be')
  if (bytes.includes(0)) {
    throw new AppError('bad-call', 'This is not a text file. Export the list as CSV once more, and choose that file.')
  }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const text = hasMark ? bytes.subarray(3) : bytes
  if (isUtf8(text)) return { bytes: text, warning: null }
  return {
    bytes: Buffer.from(new TextDecoder('windows-1252').decode(text)),
    warning: 'The file is not UTF-8. It was read as Windows-1252 (Western Europe); check that accents are right.',
  }
}

function checkSize(size: number): void {
  if (size <= MAX_BYTES) return
  const mib = Math.round(size / 1024 / 1024)
  throw new AppError(
    'bad-call',
    `This file has ${mib} MiB; at most ${MAX_MIB} MiB can be imported. Export fewer products at a time.`,
  )
}

function fromUtf16(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): CsvText {
  return { bytes: Buffer.from(new TextDecoder(encoding).decode(bytes)), warning: null }
}
