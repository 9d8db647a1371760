import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { dirname } from 'node:path'

/** What stands between a client and its journal, told of every step. Throws to kill the client there. */
export type DiskStep = (path: string) => void

/**
 * The disk below the journals: it knows what of them a power cut would leave. Of SQLite's files it need not, see `client.ts`.
 * A file's content is durable once it was flushed, a new name once its folder was.
 */
export class Disk implements Disposable {
  /** How much of it; a copy where the file itself does not hold it any more. */
  readonly #durable = new Map<string, number | Buffer>()
  /** Flushed, under a name that is not durable yet. */
  readonly #renamed = new Map<string, number | Buffer>()
  readonly #open = new Map<number, string>()
  readonly #steps = new Map<string, DiskStep>()
  readonly #originals = picked(fs)

  constructor() {
    const { openSync, closeSync, writeSync, fsyncSync, fdatasyncSync, renameSync, ftruncateSync } = this.#originals
    const step = (fd: number): void => this.#step(this.#open.get(fd))
    fs.openSync = (path, ...rest) => {
      const fd = openSync(path, ...rest)
      this.#open.set(fd, String(path))
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
      this.#flushed(this.#open.get(fd) ?? '')
    }
    fs.fsyncSync = flushing(fsyncSync)
    fs.fdatasyncSync = flushing(fdatasyncSync)
    fs.ftruncateSync = (fd, length) => {
      step(fd)
      this.#keepCopy(this.#open.get(fd) ?? '')
      ftruncateSync(fd, length)
    }
    fs.renameSync = (from, to) => {
      this.#step(String(to))
      this.#keepCopy(String(to))
      renameSync(from, to)
      if (this.#steps.has(String(to))) this.#renamed.set(String(to), this.#durable.get(String(from)) ?? 0)
    }
    syncBuiltinESMExports()
  }

  watch(journalPath: string, step: DiskStep): void {
    this.#steps.set(journalPath, step)
    if (fs.existsSync(journalPath)) this.#durable.set(journalPath, fs.statSync(journalPath).size)
  }

  forget(journalPath: string): void {
    this.#steps.delete(journalPath)
    this.#durable.delete(journalPath)
    this.#renamed.delete(journalPath)
  }

  /** What is left of it when the power goes. */
  durable(journalPath: string): Buffer {
    const durable = this.#durable.get(journalPath) ?? 0
    return typeof durable === 'number' ? fs.readFileSync(journalPath).subarray(0, durable) : durable
  }

  [Symbol.dispose](): void {
    Object.assign(fs, this.#originals)
    syncBuiltinESMExports()
  }

  #flushed(path: string): void {
    if (this.#isWatched(path))
      (this.#renamed.has(path) ? this.#renamed : this.#durable).set(path, fs.statSync(path).size)
    for (const [to, content] of this.#renamed) {
      if (dirname(to) !== path) continue
      this.#durable.set(to, content)
      this.#renamed.delete(to)
    }
  }

  #keepCopy(path: string): void {
    if (this.#isWatched(path) && this.#durable.has(path)) this.#durable.set(path, this.durable(path))
  }

  #isWatched(path: string): boolean {
    return this.#steps.has(path.replace(/\.new$/, ''))
  }

  #step(path: string | undefined): void {
    if (path !== undefined) this.#steps.get(path.replace(/\.new$/, ''))?.(path)
  }
}

function picked({ openSync, closeSync, writeSync, fsyncSync, fdatasyncSync, renameSync, ftruncateSync }: typeof fs) {
  return { openSync, closeSync, writeSync, fsyncSync, fdatasyncSync, renameSync, ftruncateSync }
}
