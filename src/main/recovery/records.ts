import type { PageFile } from './page-file.ts'
import { HEADER } from './page-file.ts'

// The format of b-trees and records: https://www.sqlite.org/fileformat2.html#b_tree_pages. What does not fit it is left out.

export type Value = string | number | bigint | Buffer | null
export type Row = readonly Value[]

export interface Cell {
  /** null in a table without rowids. */
  readonly rowid: number | null
  readonly values: Row
}

export interface TreePage {
  /** Pages below, in order. */
  readonly children: readonly number[]
  readonly cells: readonly Cell[]
  /** Cells that could not be read. */
  readonly broken: number
}

const INDEX_INTERIOR = 2
const TABLE_INTERIOR = 5
const INDEX_LEAF = 10
const TABLE_LEAF = 13

/** A page of a table's b-tree; null where it is none. */
export function readTreePage(file: PageFile, number: number): TreePage | null {
  const page = file.page(number)
  const start = number === 1 ? HEADER : 0
  const type = page?.[start]
  if (!page || (type !== INDEX_INTERIOR && type !== TABLE_INTERIOR && type !== INDEX_LEAF && type !== TABLE_LEAF))
    return null
  const leaf = type === INDEX_LEAF || type === TABLE_LEAF
  const pointers = start + (leaf ? 8 : 12)
  const count = page.readUInt16BE(start + 3)
  if (pointers + count * 2 > page.length) return null
  const children: number[] = []
  const cells: Cell[] = []
  let broken = 0
  for (let n = 0; n < count; n++) {
    const at = page.readUInt16BE(pointers + n * 2)
    if (at < pointers + count * 2 || at + 4 > page.length) {
      broken += 1
      continue
    }
    if (!leaf) children.push(page.readUInt32BE(at))
    if (type === TABLE_INTERIOR) continue
    const cell = readCell(file, page, { at: leaf ? at : at + 4, table: type === TABLE_LEAF })
    if (cell) cells.push(cell)
    else broken += 1
  }
  if (!leaf) children.push(page.readUInt32BE(start + 8))
  return { children, cells, broken }
}

function readCell(file: PageFile, page: Buffer, { at, table }: { at: number; table: boolean }): Cell | null {
  const size = readVarint(page, at)
  if (!size) return null
  const rowid = table ? readVarint(page, size.end) : null
  if (table && !rowid) return null
  const payload = readPayload(file, page, { at: rowid?.end ?? size.end, size: size.value, table })
  const values = payload && readRecord(payload)
  return values && { rowid: rowid?.value ?? null, values }
}

/** A payload, with what of it lies on overflow pages. */
function readPayload(
  file: PageFile,
  page: Buffer,
  { at, size, table }: { at: number; size: number; table: boolean },
): Buffer | null {
  // Nothing that Hudson writes comes near.
  if (size > MOST_BYTES) return null
  const usable = page.length
  const most = table ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23
  if (size <= most) return at + size <= page.length ? page.subarray(at, at + size) : null
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const surplus = least + ((size - least) % (usable - 4))
  const local = surplus <= most ? surplus : least
  if (at + local + 4 > page.length) return null
  const parts = [page.subarray(at, at + local)]
  let next = page.readUInt32BE(at + local)
  for (let left = size - local; left > 0;) {
    const overflow = file.page(next)
    if (!overflow) return null
    const part = overflow.subarray(4, 4 + left)
    parts.push(part)
    left -= part.length
    next = overflow.readUInt32BE(0)
  }
  return Buffer.concat(parts)
}

const MOST_BYTES = 64_000_000

function readRecord(payload: Buffer): Value[] | null {
  const header = readVarint(payload, 0)
  if (!header || header.value > payload.length) return null
  const values: Value[] = []
  let body = header.value
  for (let at = header.end; at < header.value;) {
    const type = readVarint(payload, at)
    if (!type || type.end > header.value) return null
    const size = sizeOf(type.value)
    if (size === null || body + size > payload.length) return null
    values.push(readValue(payload.subarray(body, body + size), type.value))
    body += size
    at = type.end
  }
  return body === payload.length ? values : null
}

const FIXED = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0] as const

function sizeOf(type: number): number | null {
  if (type >= 12) return Math.floor((type - 12) / 2)
  return FIXED[type] ?? null
}

function readValue(bytes: Buffer, type: number): Value {
  if (type === 0) return null
  if (type === 7) return bytes.readDoubleBE(0)
  if (type >= 8 && type <= 9) return type - 8
  if (type === 6) return asNumber(bytes.readBigInt64BE(0))
  if (type <= 5) return bytes.readIntBE(0, bytes.length)
  return type % 2 === 0 ? Buffer.from(bytes) : bytes.toString('utf8')
}

function asNumber(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

interface Varint {
  readonly value: number
  /** Where what follows it begins. */
  readonly end: number
}

/** null where it ends too early, or means more than any number here. */
function readVarint(bytes: Buffer, at: number): Varint | null {
  let value = 0
  for (let n = 0; n < 9; n++) {
    const byte = bytes[at + n]
    if (byte === undefined) return null
    value = n === 8 ? value * 256 + byte : value * 128 + (byte & 0x7f)
    if (byte < 0x80 || n === 8) return value <= Number.MAX_SAFE_INTEGER ? { value, end: at + n + 1 } : null
  }
  return null
}
