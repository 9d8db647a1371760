/** One page as a commit left it in the write-ahead log. */
export interface Frame {
  /** Number of the page, from 1. */
  readonly page: number
  /** Pages of the database after the commit that this frame ends; 0 = it does not end one. */
  readonly commit: number
  /** Where the page's content begins in the file. */
  readonly at: number
}

export interface WalFile {
  readonly pageSize: number
  /** What SQLite would use: every frame up to the last commit before the first one that does not fit. */
  readonly frames: readonly Frame[]
  /** Frames of later commits that SQLite drops, because one before them, or the header, is damaged. */
  readonly lost: readonly Frame[]
}

const HEADER = 32
const FRAME_HEADER = 24
/** Of a machine whose bytes go from low to high, as all that Hudson runs on. */
const MAGIC = 0x377f0682
const VERSION = 3_007_000

/**
 * Reads a write-ahead log (https://www.sqlite.org/fileformat2.html#the_write_ahead_log). SQLite stops in silence at the first
 * frame whose checksum does not fit, as if nothing had been written after it. Here what comes behind it is seen: frames of
 * the same generation (by their salt) with a commit among them were acknowledged once.
 *
 * A single commit behind the break is not taken for lost: a power cut in the middle of writing it looks the same, and it was
 * not acknowledged then.
 */
export function readWal(bytes: Buffer): WalFile | null {
  if (bytes.length < HEADER + FRAME_HEADER) return null
  const header = readHeader(bytes)
  const { pageSize } = header
  const frames: Frame[] = []
  const rest: Frame[] = []
  const sum = new Checksum(bytes)
  let intact = header.sound
  if (intact) sum.add(0, 24)
  const size = FRAME_HEADER + pageSize
  for (let at = HEADER; at + size <= bytes.length; at += size) {
    const ofThisGeneration = bytes.subarray(at + 8, at + 16).equals(header.salt)
    const frame = { page: bytes.readUInt32BE(at), commit: bytes.readUInt32BE(at + 4), at: at + FRAME_HEADER }
    if (intact) {
      sum.add(at, at + 8)
      sum.add(at + FRAME_HEADER, at + size)
      intact = ofThisGeneration && sum.stands(at + 16)
    }
    if (intact) frames.push(frame)
    else if (ofThisGeneration) rest.push(frame)
  }
  const used = frames.slice(0, frames.findLastIndex(({ commit }) => commit > 0) + 1)
  const commits = rest.filter(({ commit }) => commit > 0).length
  const end = rest.findLastIndex(({ commit }) => commit > 0) + 1
  const lost = commits > 1 ? [...frames.slice(used.length), ...rest.slice(0, end)] : []
  return { pageSize, frames: used, lost }
}

/** The log with the header and the checksums made anew, so that SQLite uses those frames. */
export function writeWal(bytes: Buffer, pageSize: number, frames: readonly Frame[]): Buffer {
  const out = Buffer.alloc(HEADER + frames.length * (FRAME_HEADER + pageSize))
  out.writeUInt32BE(MAGIC, 0)
  out.writeUInt32BE(VERSION, 4)
  out.writeUInt32BE(pageSize, 8)
  const sum = new Checksum(out)
  sum.add(0, 24)
  sum.put(24)
  let at = HEADER
  for (const frame of frames) {
    out.writeUInt32BE(frame.page, at)
    out.writeUInt32BE(frame.commit, at + 4)
    bytes.copy(out, at + FRAME_HEADER, frame.at, frame.at + pageSize)
    sum.add(at, at + 8)
    sum.add(at + FRAME_HEADER, at + FRAME_HEADER + pageSize)
    sum.put(at + 16)
    at += FRAME_HEADER + pageSize
  }
  return out
}

interface Header {
  readonly pageSize: number
  readonly salt: Buffer
  readonly sound: boolean
}

function readHeader(bytes: Buffer): Header {
  const sum = new Checksum(bytes)
  sum.add(0, 24)
  const pageSize = bytes.readUInt32BE(8)
  const sound = bytes.readUInt32BE(0) === MAGIC && isPageSize(pageSize) && sum.stands(24)
  if (sound) return { pageSize, salt: bytes.subarray(16, 24), sound }
  // The first frame is always of the newest generation.
  return { pageSize: PAGE_SIZE, salt: bytes.subarray(HEADER + 8, HEADER + 16), sound }
}

/** Of every database that Hudson makes. */
const PAGE_SIZE = 4096

export function isPageSize(size: number): boolean {
  return size >= 512 && size <= 65_536 && (size & (size - 1)) === 0
}

/** The running checksum of a log, over parts of it in turn. */
class Checksum {
  readonly #bytes: Buffer
  readonly #words: Uint32Array
  #x = 0
  #y = 0

  /** The content must begin on a word, as that of a file read as a whole does. */
  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
  }

  add(from: number, to: number): void {
    const words = this.#words
    const end = to >> 2
    let x = this.#x
    let y = this.#y
    for (let word = from >> 2; word < end; word += 2) {
      x = (x + y + (words[word] ?? 0)) | 0
      y = (y + x + (words[word + 1] ?? 0)) | 0
    }
    this.#x = x
    this.#y = y
  }

  put(at: number): void {
    this.#bytes.writeInt32BE(this.#x, at)
    this.#bytes.writeInt32BE(this.#y, at + 4)
  }

  stands(at: number): boolean {
    return this.#bytes.readInt32BE(at) === this.#x && this.#bytes.readInt32BE(at + 4) === this.#y
  }
}
