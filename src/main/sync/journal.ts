import { closeSync, constants, fsyncSync, ftruncateSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { moveDurably, syncFolder } from '../db/durable-files.ts'
import { flushHere, writeAt } from './flusher.ts'
import type { Flusher } from './flusher.ts'
import { checksum } from './mutation.ts'
import type { Mutation } from './mutation.ts'

/** What a journal holds. `damaged`: lines that cannot be read or do not match their checksum. */
export interface JournalContents {
  /** Those that wait, by id. */
  readonly mutations: readonly Mutation[]
  /** Mutations up to this id are known to wait no more. */
  readonly confirmed: number
  readonly damaged: number
}

/** The second copy of what waits to be pushed. */
export interface Journal extends Disposable {
  /** Durable when the returned function returns. */
  append(mutations: readonly Mutation[]): () => void
  /** Mutations up to this id do not wait any more. Where that is lost, they are only read again. */
  confirm(id: number): void
  /** Replaces everything by these. */
  rewrite(mutations: readonly Mutation[]): void
  read(): JournalContents
  /** Bytes that it takes, and how many mutations it holds, confirmed ones too. */
  readonly size: number
  readonly count: number
}

/** For a database in memory. */
export const noJournal: Journal = {
  append: () => () => {},
  confirm: () => {},
  rewrite: () => {},
  read: () => ({ mutations: [], confirmed: 0, damaged: 0 }),
  size: 0,
  count: 0,
  [Symbol.dispose]: () => {},
}

/**
 * One line per mutation: its CRC-32 in hex, a space, its JSON. [D1] A line `CRC #{"confirmed":ID}` says up to where none
 * waits: one begins the file, and one follows when some of it is confirmed.
 *
 * 1. What `append` was given is on the disk when what it answers returns. A line cut short by a crash was not acknowledged.
 * 2. The file is replaced as a whole, by a rename, never emptied in place while it holds something that waits.
 * 3. It never holds less than the pending rows of the outbox, once the write that added them was acknowledged.
 * 4. Behind its lines the file is filled ahead with line breaks, which are no lines: writing over what is there is synced in a
 *    fraction of the time that a file takes which grows (ext4: 0.2 instead of 1 ms).
 */
export class JournalFile implements Journal {
  readonly #path: string
  readonly #flusher: Flusher
  #fd: number
  /** Where the next line goes. */
  #size: number
  /** How long the file is. */
  #room: number
  #count: number
  #confirmed = 0

  /** Owns its `flusher`. */
  constructor(path: string, flusher: Flusher = flushHere) {
    this.#path = path
    this.#flusher = flusher
    const before = readBytes(path)
    this.#room = before.length
    this.#size = before.findLastIndex((byte) => byte !== NEWLINE) + 1
    this.#count = this.#size === 0 ? 0 : parseJournal(before).mutations.length
    this.#fd = open(path, 0)
    syncFolder(dirname(path))
    // A line that a crash cut short must not swallow the next one.
    if (this.#size > 0) this.#write('\n')
  }

  get size(): number {
    return this.#size
  }

  get count(): number {
    return this.#count
  }

  append(mutations: readonly Mutation[]): () => void {
    if (mutations.length === 0) return () => {}
    const text = this.#size === 0 ? linesOf(mutations) : mutations.map(lineOf).join('')
    const at = this.#take(Buffer.byteLength(text))
    this.#count += mutations.length
    return this.#flusher.write(this.#fd, text, at)
  }

  confirm(id: number): void {
    if (id <= this.#confirmed || this.#size === 0) return
    this.#write(noteOf(id))
    this.#confirmed = id
  }

  rewrite(mutations: readonly Mutation[]): void {
    this.#confirmed = 0
    if (mutations.length === 0) return this.#clear()
    const bytes = Buffer.from(linesOf(mutations))
    const fresh = `${this.#path}.new`
    const fd = open(fresh, constants.O_TRUNC)
    try {
      writeAt(fd, bytes, 0)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    // Until the rename is durable, what is appended to the new file may be lost with its name.
    moveDurably(fresh, this.#path)
    closeSync(this.#fd)
    this.#fd = open(this.#path, 0)
    this.#size = bytes.length
    this.#room = bytes.length
    this.#count = mutations.length
  }

  #clear(): void {
    if (this.#room > LARGE) {
      ftruncateSync(this.#fd, 0)
      this.#room = 0
    } else if (this.#size > 0) {
      writeAt(this.#fd, Buffer.alloc(this.#size, NEWLINE), 0)
    }
    this.#size = 0
    this.#count = 0
  }

  read(): JournalContents {
    return readJournal(this.#path)
  }

  #write(text: string): void {
    const bytes = Buffer.from(text)
    writeAt(this.#fd, bytes, this.#take(bytes.length))
  }

  /** Answers where the next bytes go. Of a write that fails then, a part may be there. */
  #take(bytes: number): number {
    const at = this.#size
    this.#size += bytes
    if (this.#size > this.#room) {
      const ahead = this.#size - this.#room + FILL
      writeAt(this.#fd, Buffer.alloc(ahead, NEWLINE), this.#room)
      this.#room += ahead
    }
    return at
  }

  [Symbol.dispose](): void {
    this.#flusher[Symbol.dispose]()
    closeSync(this.#fd)
  }
}

const NEWLINE = 10
/** Bytes that are filled ahead. */
const FILL = 256 * 1024
/** A file that grew over this starts small again. */
const LARGE = 4 * 1024 * 1024

/** Every readable line of what waits; where an id stands twice, the later one. A file that is not there holds nothing. */
export function readJournal(path: string): JournalContents {
  return parseJournal(readBytes(path))
}

function parseJournal(bytes: Buffer): JournalContents {
  const byId = new Map<number, Mutation>()
  let confirmed = 0
  let damaged = 0
  const lines = bytes.toString('utf8').trimEnd().split('\n')
  // A last line without an end was cut short by a crash, and was not acknowledged.
  const torn = lines.at(-1)?.endsWith('}') === false ? (lines.pop() ?? '') : ''
  const add = (mutation: Mutation): void => void byId.set(mutation.id, mutation)
  for (const line of lines.filter((one) => one !== '')) {
    const mutation = parseMutation(line)
    const note = mutation ? null : parseNote(line)
    if (mutation) add(mutation)
    else if (note !== null) confirmed = Math.max(confirmed, note)
    else {
      damaged += 1
      // The line break between two of them may be what is damaged.
      piecesOf(line).forEach(add)
    }
  }
  piecesOf(torn).forEach(add)
  const waiting = [...byId.values()].filter(({ id }) => id > confirmed)
  return { mutations: waiting.toSorted((a, b) => a.id - b.id), confirmed, damaged }
}

function piecesOf(line: string): Mutation[] {
  return line
    .split(/(?=[0-9a-f]{8} \{"id":)/)
    .flatMap((piece) => parseMutation(piece) ?? parseMutation(piece.slice(0, -1)) ?? [])
}

function parseMutation(line: string): Mutation | null {
  const crc = /^([0-9a-f]{8}) (?=\{)/.exec(line)?.[1]
  if (crc === undefined) return null
  const mutation = parseJson(line.slice(9)) as Mutation | undefined
  return mutation && checksum(mutation) === Number.parseInt(crc, 16) ? mutation : null
}

function parseNote(line: string): number | null {
  const [, crc, json] = /^([0-9a-f]{8}) #(\{.*)$/.exec(line) ?? []
  if (crc === undefined || json === undefined || crc32(json) !== Number.parseInt(crc, 16)) return null
  const { confirmed } = parseJson(json) as { confirmed: number }
  return confirmed
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Damage, which the caller counts.
    return undefined
  }
}

/** What a file begins with. */
function linesOf(mutations: readonly Mutation[]): string {
  return noteOf((mutations[0]?.id ?? 1) - 1) + mutations.map(lineOf).join('')
}

function noteOf(confirmed: number): string {
  const note = JSON.stringify({ confirmed })
  return `${hex(crc32(note))} #${note}\n`
}

function lineOf(mutation: Mutation): string {
  return `${hex(checksum(mutation))} ${JSON.stringify(mutation)}\n`
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, '0')
}

function open(path: string, how: number): number {
  return openSync(path, constants.O_CREAT | constants.O_WRONLY | how, 0o600)
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}
