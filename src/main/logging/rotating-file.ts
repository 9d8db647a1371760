import { chmodSync, closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export interface RotatingFileOptions {
  readonly dir: string
  readonly name: string
  readonly maxBytes: number
  /** How many files are kept, the one being written among them. */
  readonly files: number
}

/**
 * Appends lines to `DIR/NAME`; a full file becomes `NAME.1`, that one `NAME.2`, and the last is dropped. Only the user may
 * read them. Lines are written at once, so a crash loses none; a line that cannot be written (disk full) is dropped.
 */
export class RotatingFile implements Disposable {
  readonly #options: RotatingFileOptions
  #fd: number | null = null
  #size = 0

  constructor(options: RotatingFileOptions) {
    this.#options = options
  }

  write(line: string): void {
    const bytes = Buffer.from(`${line}\n`)
    try {
      const fd = this.#open(bytes.length)
      writeSync(fd, bytes)
      this.#size += bytes.length
    } catch {
      // Logging must never stop the work that it tells of. The next line tries anew.
      this[Symbol.dispose]()
    }
  }

  [Symbol.dispose](): void {
    if (this.#fd === null) return
    const fd = this.#fd
    this.#fd = null
    closeSync(fd)
  }

  #open(extra: number): number {
    if (this.#fd !== null && this.#size > 0 && this.#size + extra > this.#options.maxBytes) this.#rotate()
    if (this.#fd !== null) return this.#fd
    const { dir } = this.#options
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    chmodSync(dir, 0o700)
    this.#fd = openSync(this.#path(0), 'a', 0o600)
    chmodSync(this.#path(0), 0o600)
    this.#size = fstatSync(this.#fd).size
    return this.#size > 0 && this.#size + extra > this.#options.maxBytes ? this.#open(extra) : this.#fd
  }

  #rotate(): void {
    this[Symbol.dispose]()
    rmSync(this.#path(this.#options.files - 1), { force: true })
    for (let n = this.#options.files - 2; n >= 0; n--) {
      try {
        renameSync(this.#path(n), this.#path(n + 1))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    }
  }

  #path(n: number): string {
    const { dir, name } = this.#options
    return join(dir, n === 0 ? name : `${name}.${n}`)
  }
}
