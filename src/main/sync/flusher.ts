import { fdatasyncSync, writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

/** Writes into files so that it is on the disk. */
export interface Flusher extends Disposable {
  /** Begins; the returned function returns when `text` is at `position` on the disk, or throws the disk's error. */
  write(fd: number, text: string, position: number): () => void
}

/** In this thread. */
export const flushHere: Flusher = {
  write: (fd, text, position) => {
    writeAt(fd, Buffer.from(text), position)
    return () => fdatasyncSync(fd)
  },
  [Symbol.dispose]: () => {},
}

/** All of it, also where the system takes it in pieces. */
export function writeAt(fd: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done, bytes.length - done, position + done)
}

/** What the two threads share, by place; all 32-bit. Behind them is the text. */
export const cell = { state: 0, fd: 1, errno: 2, length: 3, position: 4, text: 5 } as const
/** What `cell.state` says. */
export const state = { idle: 0, asked: 1, busy: 2, done: 3 } as const
/** Bytes of text that are handed over; what is longer is written here. */
const ROOM = 64 * 1024
/** UTF-8 of one UTF-16 unit, at most. */
const BYTES_OF_A_UNIT = 3
const MOST = 2 ** 31 - 1
/** What takes longer than this, in ms, is done here too. */
const PATIENCE_MS = 10_000

/**
 * In a thread of its own, so that one write goes on beside another. One at a time: each is waited for before the next begins.
 *
 * Where that thread has not begun by the time it is waited for (it has ended, is still starting, or the machine is busy), it is
 * done here: nobody waits for a thread that does nothing.
 */
export class FlushThread implements Flusher {
  readonly #cells = new Int32Array(new SharedArrayBuffer(cell.text * Int32Array.BYTES_PER_ELEMENT + ROOM))
  readonly #text = Buffer.from(this.#cells.buffer, cell.text * Int32Array.BYTES_PER_ELEMENT)
  readonly #script: string | URL
  /** Started by the first write: a start of the app, or one without a team, does not pay for it. */
  #worker: Worker | null = null
  #stuck = false

  /** `script`: the built `flush-worker.ts`. */
  constructor(script: string | URL) {
    this.#script = script
  }

  write(fd: number, text: string, position: number): () => void {
    const cells = this.#cells
    const longest = text.length * BYTES_OF_A_UNIT
    if (this.#stuck || longest > ROOM || position > MOST) return flushHere.write(fd, text, position)
    this.#worker ??= this.#start()
    cells[cell.fd] = fd
    cells[cell.length] = this.#text.write(text)
    cells[cell.position] = position
    Atomics.store(cells, cell.state, state.asked)
    Atomics.notify(cells, cell.state)
    return () => {
      const before = Atomics.compareExchange(cells, cell.state, state.asked, state.idle)
      if (before === state.busy) this.#stuck = !this.#waitUntilDone()
      if (before === state.asked || this.#stuck) return flushHere.write(fd, text, position)()
      const errno = cells[cell.errno]
      if (errno !== 0) throw Object.assign(new Error(`a write failed: errno ${errno}`), { errno })
    }
  }

  [Symbol.dispose](): void {
    void this.#worker?.terminate()
  }

  #waitUntilDone(): boolean {
    try {
      return Atomics.wait(this.#cells, cell.state, state.busy, PATIENCE_MS) !== 'timed-out'
    } catch {
      // A thread that its host does not let wait.
      return false
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { workerData: this.#cells.buffer })
    // Without it, all is done here.
    worker.on('error', () => {})
    worker.unref()
    return worker
  }
}
