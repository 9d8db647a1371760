import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import type { Synced } from '../db/schema.ts'
import type { WireRow } from './remote.ts'

const READ_BYTES = 1 << 20

/** Rows of a pull, written down one after another until all are there. */
export class Stage implements Disposable {
  readonly #file: number
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

  add(rows: readonly WireRow[]): void {
    const bytes = Buffer.from(rows.map(lineOf).join(''))
    this.#bytes += writeSync(this.#file, bytes, 0, bytes.length, this.#bytes)
  }

  [Symbol.dispose](): void {
    closeSync(this.#file)
  }
}

function lineOf({ entity, id, body }: WireRow): string {
  // JSON holds neither tab nor line break unescaped.
  return `${entity}\t${id}\t${body ?? ''}\n`
}

export function* readStage(path: string): Iterable<WireRow> {
  for (const line of readLines(path)) {
    const first = line.indexOf('\t')
    const second = line.indexOf('\t', first + 1)
    const body = line.slice(second + 1)
    yield { entity: line.slice(0, first) as Synced, id: line.slice(first + 1, second), body: body === '' ? null : body }
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
