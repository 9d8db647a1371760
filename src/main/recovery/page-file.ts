import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { isPageSize, readWal } from './wal-file.ts'

/** The pages of a database file, with those of its write-ahead log over them. Nothing here trusts what it reads. */
export class PageFile implements Disposable {
  readonly pageSize: number
  /** Pages of the newest commit; of a damaged file, as many as its length says. */
  readonly count: number
  readonly #fd: number
  readonly #log: Buffer | null
  readonly #inLog = new Map<number, number>()

  /** Without `wal`, the file alone is read. */
  constructor(path: string, { wal }: { readonly wal: boolean }) {
    this.#fd = openSync(path, 'r')
    const { size } = fstatSync(this.#fd)
    const head = Buffer.alloc(HEADER)
    readSync(this.#fd, head, 0, HEADER, 0)
    const told = head.readUInt16BE(16)
    const log = wal ? readLog(`${path}-wal`) : null
    this.pageSize = isPageSize(told) ? told : (log?.pageSize ?? PAGE_SIZE)
    this.#log = log?.bytes ?? null
    for (const { page, at } of log?.frames ?? []) this.#inLog.set(page, at)
    const inFile = Math.ceil(size / this.pageSize)
    this.count = Math.max(inFile, log?.frames.at(-1)?.commit ?? 0)
  }

  /** null where there is none; a page cut short ends in zeros. */
  page(number: number): Buffer | null {
    if (number < 1 || number > this.count) return null
    const at = this.#inLog.get(number)
    if (at !== undefined && this.#log) return this.#log.subarray(at, at + this.pageSize)
    const page = Buffer.alloc(this.pageSize)
    return readSync(this.#fd, page, 0, this.pageSize, (number - 1) * this.pageSize) > 0 ? page : null
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd)
  }
}

/** Of the file's header, and thus what page 1 begins with. */
export const HEADER = 100
const PAGE_SIZE = 4096

function readLog(path: string) {
  const bytes = readIfThere(path)
  const log = bytes && readWal(bytes)
  return log && { ...log, bytes }
}

/** null where there is no such file. */
export function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
