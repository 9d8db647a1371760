import { closeSync, constants, fdatasyncSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { checksum } from './mutation.ts'
import type { Mutation } from './mutation.ts'

/** What a journal holds. `damaged`: lines that cannot be read or do not match their checksum. */
export interface JournalContents {
  readonly mutations: readonly Mutation[]
  readonly damaged: number
}

/** The second copy of what waits to be pushed. */
export interface Journal extends Disposable {
  /** Durable when it returns. */
  append(mutations: readonly Mutation[]): void
  /** Replaces everything by these. */
  rewrite(mutations: readonly Mutation[]): void
  /** Bytes that it takes. */
  readonly size: number
}

/** For a database in memory. */
export const noJournal: Journal = { append: () => {}, rewrite: () => {}, size: 0, [Symbol.dispose]: () => {} }

/**
 * One line per mutation: its CRC-32 in hex, a space, its JSON. [D1]
 *
 * 1. What `append` was given is on the disk when it returns. A line cut short by a crash was not acknowledged.
 * 2. The file is replaced as a whole, by a rename, never emptied in place while it holds something that waits.
 * 3. It never holds less than the pending rows of the outbox, once the write that added them was acknowledged.
 */
export class JournalFile implements Journal {
  readonly #path: string
  #fd: number
  #size: number

  constructor(path: string) {
    this.#path = path
    const before = readJournalBytes(path)
    this.#size = before.length
    this.#fd = open(path, constants.O_APPEND)
    // A line that a crash cut short must not swallow the next one.
    if (before.length > 0 && before.at(-1) !== NEWLINE) this.#write('\n')
  }

  get size(): number {
    return this.#size
  }

  append(mutations: readonly Mutation[]): void {
    if (mutations.length === 0) return
    this.#write(mutations.map(lineOf).join(''))
    fdatasyncSync(this.#fd)
  }

  rewrite(mutations: readonly Mutation[]): void {
    if (mutations.length === 0) {
      if (this.#size === 0) return
      ftruncateSync(this.#fd, 0)
      this.#size = 0
      return
    }
    const fresh = `${this.#path}.new`
    const fd = open(fresh, constants.O_TRUNC)
    try {
      writeAll(fd, Buffer.from(mutations.map(lineOf).join('')))
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(fresh, this.#path)
    closeSync(this.#fd)
    this.#fd = open(this.#path, constants.O_APPEND)
    this.#size = readJournalBytes(this.#path).length
  }

  #write(text: string): void {
    const bytes = Buffer.from(text)
    writeAll(this.#fd, bytes)
    this.#size += bytes.length
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd)
  }
}

const NEWLINE = 10

/** Every readable line, in the file's order; where an id stands twice, the later one. */
export function readJournal(path: string): JournalContents {
  const byId = new Map<number, Mutation>()
  let damaged = 0
  for (const line of readJournalBytes(path).toString('utf8').split('\n')) {
    if (line === '') continue
    const mutation = parseLine(line)
    if (mutation) byId.set(mutation.id, mutation)
    else damaged += 1
  }
  return { mutations: [...byId.values()].toSorted((a, b) => a.id - b.id), damaged }
}

function parseLine(line: string): Mutation | null {
  const crc = /^([0-9a-f]{8}) (?=\{)/.exec(line)?.[1]
  if (crc === undefined) return null
  try {
    const mutation = JSON.parse(line.slice(9)) as Mutation
    return checksum(mutation) === Number.parseInt(crc, 16) ? mutation : null
  } catch {
    // A damaged line, counted by the caller.
    return null
  }
}

function lineOf(mutation: Mutation): string {
  return `${checksum(mutation).toString(16).padStart(8, '0')} ${JSON.stringify(mutation)}\n`
}

function open(path: string, how: number): number {
  return openSync(path, constants.O_CREAT | constants.O_WRONLY | how, 0o600)
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done)
}

function readJournalBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}
