import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/** What stands between a client and its journal, told of every step. Throws to kill the client there. */
export type DiskStep = (path: string) => void

/**
 * The disk below the journals: it knows what of them a power cut would leave. Of SQLite's files it need not, see `client.ts`.
 * As on the file systems of desktops, flushing a file makes its name durable too.
 */
export class Disk implements Disposable {
  readonly #durable = new Map<string, Buffer>()
  readonly #open = new Map<number, string>()
  readonly #steps = new Map<string, DiskStep>()
  readonly #originals = { ...fs }

  constructor() {
    const { openSync, closeSync, writeSync, fsyncSync, fdatasyncSync, renameSync, ftruncateSync } = this.#originals
    const step = (fd: number): void => this.#step(this.#open.get(fd))
    fs.openSync = (path, ...rest) => {
      const fd = openSync(path, ...rest)
      if (this.#watched(String(path))) this.#open.set(fd, String(path))
      return fd
    }
    fs.closeSync = (fd) => {
      this.#open.delete(fd)
      closeSync(fd)
    }
    fs.writeSync = ((fd: number, ...rest: [Buffer, number]) => {
      step(fd)
      return writeSync(fd, ...rest)
    }) as typeof fs.writeSync
    const flushing = (flush: (fd: number) => void) => (fd: number) => {
      step(fd)
      flush(fd)
      const path = this.#open.get(fd)
      if (path !== undefined) this.#durable.set(path, fs.readFileSync(path))
    }
    fs.fsyncSync = flushing(fsyncSync)
    fs.fdatasyncSync = flushing(fdatasyncSync)
    fs.ftruncateSync = (fd, length) => {
      step(fd)
      ftruncateSync(fd, length)
    }
    fs.renameSync = (from, to) => {
      this.#step(String(to))
      renameSync(from, to)
      // Which of the two a power cut leaves under the name is not said before it is flushed: what was there stays durable.
    }
    syncBuiltinESMExports()
  }

  watch(journalPath: string, step: DiskStep): void {
    this.#steps.set(journalPath, step)
    if (fs.existsSync(journalPath)) this.#durable.set(journalPath, fs.readFileSync(journalPath))
  }

  forget(journalPath: string): void {
    this.#steps.delete(journalPath)
    this.#durable.delete(journalPath)
  }

  /** What is left of it when the power goes. */
  durable(journalPath: string): Buffer {
    return this.#durable.get(journalPath) ?? Buffer.alloc(0)
  }

  [Symbol.dispose](): void {
    Object.assign(fs, this.#originals)
    syncBuiltinESMExports()
  }

  #watched(path: string): boolean {
    return this.#steps.has(path) || this.#steps.has(path.replace(/\.new$/, ''))
  }

  #step(path: string | undefined): void {
    if (path !== undefined) this.#steps.get(path.replace(/\.new$/, ''))?.(path)
  }
}
