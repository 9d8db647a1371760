import { harmless } from './harmless.ts'

/** Excel reads UTF-8 only where the file begins with this. */
const MARK = '\uFEFF'

/** A CSV file (RFC 4180) of rows, the header first. No cell of it is a formula. */
export function csvFile(rows: readonly (readonly string[])[]): Buffer {
  return Buffer.from(MARK + rows.map((row) => `${row.map((text) => quoted(harmless(text))).join(',')}\r\n`).join(''))
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
