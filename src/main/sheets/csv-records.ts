import { CsvError, parse } from 'csv-parse'
import type { Options, Parser } from 'csv-parse'
import { finished } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'

/** One record of a file, and the line where it begins, from 1. */
export interface CsvRecord {
  readonly line: number
  readonly values: readonly string[]
}

/** What the reader of a file is told. */
export interface CsvSink {
  record(record: CsvRecord): void
  /** A record that cannot be read; reading goes on behind its first line. */
  broken(line: number, reason: string): void
}

/** So much is parsed at once; in between, others have their turn. */
const CHUNK = 256 * 1024
/** No product's line is longer; what looks longer is a quote that nobody closed. */
const MAX_RECORD = 4 * 1024 * 1024

/**
 * Reads the records of a CSV file.
 *
 * A quote in the wrong place cannot break more than its own line: parsing starts anew at the next one. That costs no more
 * than one pass, because an open quote is followed to the next quote only.
 */
export async function readRecords(bytes: Buffer, delimiter: string, sink: CsvSink): Promise<void> {
  const lines = new LineCounter(bytes)
  let start = 0
  while (start < bytes.length) {
    const failure = await parseFrom(bytes.subarray(start), delimiter, (values, began) =>
      sink.record({ line: lines.at(start + began), values }),
    )
    if (!failure) return
    const at = start + failure.at
    sink.broken(lines.at(at), failure.reason)
    start = lines.nextLine(at)
  }
}

interface Failure {
  /** Where the record begins that could not be read. */
  readonly at: number
  readonly reason: string
}

type OnValues = (values: readonly string[], began: number) => void

async function parseFrom(bytes: Buffer, delimiter: string, onValues: OnValues): Promise<Failure | null> {
  let began = 0
  const parser = parse({
    ...options,
    delimiter,
    on_record: (values: string[], { bytes: end }) => {
      onValues(values, began)
      began = end
      // Nothing is queued: the caller has it already.
      return null
    },
  })
  parser.resume()
  // Its write reports the error too; without a listener it would end the process.
  parser.on('error', () => {})
  try {
    for (let offset = 0; offset < bytes.length; offset += CHUNK) {
      await write(parser, bytes.subarray(offset, offset + CHUNK))
      await setImmediate()
    }
    parser.end()
    await finished(parser)
    return null
  } catch (error) {
    if (error instanceof CsvError) return { at: began, reason: reasonOf(error.code) }
    throw error
  }
}

const options: Options = {
  bom: false,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  skip_empty_lines: true,
  max_record_size: MAX_RECORD,
}

function write(parser: Parser, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(chunk, (error) => (error ? reject(error) : resolve()))
  })
}

function reasonOf(code: string): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'A quote (") opens on this line and is never closed.'
    case 'CSV_MAX_RECORD_SIZE':
      return 'This record is too large. Is there a quote (") that is never closed?'
    case 'INVALID_OPENING_QUOTE':
      return 'There is a quote (") within a field that does not begin with one. Such fields must be quoted whole, the quote doubled.'
    default:
      return 'The quotes (") on this line do not match: something stands between a closing quote and the next column.'
  }
}

const LF = 10
const CR = 13

/** Tells the line of a place in the file; places must come in order, so that each byte is looked at once. */
class LineCounter {
  readonly #bytes: Buffer
  #at = 0
  #line = 1

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** The line of the first record at or behind `offset`: empty lines before it do not count as its own. */
  at(offset: number): number {
    let begin = offset
    while (this.#isBreak(begin)) begin += 1
    while (this.#at < begin) this.#step()
    return this.#line
  }

  /** Where the line behind that of the record at `offset` begins. */
  nextLine(offset: number): number {
    let end = offset
    while (this.#isBreak(end)) end += 1
    while (end < this.#bytes.length && !this.#isBreak(end)) end += 1
    return this.#bytes[end] === CR && this.#bytes[end + 1] === LF ? end + 2 : end + 1
  }

  #isBreak(offset: number): boolean {
    const byte = this.#bytes[offset]
    return byte === LF || byte === CR
  }

  #step(): void {
    const byte = this.#bytes[this.#at]
    this.#at += 1
    if (byte === LF || (byte === CR && this.#bytes[this.#at] !== LF)) this.#line += 1
  }
}
