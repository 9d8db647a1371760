import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import type { Synced } from '../db/schema.ts'
import type { Chunk } from './remote.ts'

const READ_BYTES = 1 << 20
/** UTF-8 of one UTF-16 unit, at most. */
const BYTES_OF_A_UNIT = 3

/** Chunks of a pull, written down one after another until all are there. */
export class Stage implements Disposable {
  readonly #file: number
  readonly #buffer = Buffer.alloc(1 << 20)
  #filled = 0
  #bytes: number

  /** Goes on behind the first `bytes` of what is there. */
  constructor(path: string, bytes: number) {
    this.#file = openSync(path, bytes > 0 ? 'r+' : 'w', 0o600)
    this.#bytes = bytes
    ftruncateSync(this.#file, bytes)
  }

  get bytes(): number {
    return this.#bytes
  }

  add(chunks: readonly Chunk[]): void {
    for (const { entity, body } of chunks) {
      // JSON holds neither tab nor line break unescaped.
      this.#put(`${entity}\t`)
      this.#put(body)
      this.#put('\n')
    }
    this.#flush()
  }

  [Symbol.dispose](): void {
    closeSync(this.#file)
  }

  /** Into one buffer, used again and again: one string of a whole page costs several times as much. */
  #put(text: string): void {
    const most = text.length * BYTES_OF_A_UNIT
    if (this.#filled + most > this.#buffer.length) this.#flush()
    if (most <= this.#buffer.length) this.#filled += this.#buffer.write(text, this.#filled)
    else this.#write(Buffer.from(text))
  }

  #flush(): void {
    this.#write(this.#buffer.subarray(0, this.#filled))
    this.#filled = 0
  }

  #write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      const written = writeSync(this.#file, bytes, done, bytes.length - done, this.#bytes)
      done += written
      this.#bytes += written
    }
  }
}

export function* readStage(path: string): Iterable<Chunk> {
  for (const line of readLines(path)) {
    const end = line.indexOf('\t')
    yield { entity: line.slice(0, end) as Synced, body: line.slice(end + 1) }
  }
}

function* readLines(path: string): Iterable<string> {
  const file = openSync(path, 'r')
  const decoder = new StringDecoder('utf8')
  const buffer = Buffer.alloc(READ_BYTES)
  try {
    let rest = ''
    for (let bytes = readSync(file, buffer); bytes > 0; bytes = readSync(file, buffer)) {
      const lines = (rest + decoder.write(buffer.subarray(0, bytes))).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } finally {
    closeSync(file)
  }
}
