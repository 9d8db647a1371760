import { fdatasyncSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { cell, state, writeAt } from './sync/flusher.ts'

// Writes a file and flushes it whenever it is asked to, beside the thread that asked.

const shared = workerData as SharedArrayBuffer
const cells = new Int32Array(shared, 0, cell.text)
const text = new Uint8Array(shared, cell.text * Int32Array.BYTES_PER_ELEMENT)

for (;;) {
  const now = Atomics.load(cells, cell.state)
  if (now !== state.asked) Atomics.wait(cells, cell.state, now)
  else if (Atomics.compareExchange(cells, cell.state, state.asked, state.busy) === state.asked) {
    cells[cell.errno] = write()
    Atomics.store(cells, cell.state, state.done)
    Atomics.notify(cells, cell.state)
  }
}

/** Answers 0, or the number of the error. */
function write(): number {
  const [, fd = 0, , length = 0, position = 0] = cells
  try {
    writeAt(fd, text.subarray(0, length), position)
    fdatasyncSync(fd)
    return 0
  } catch (error) {
    return (error as NodeJS.ErrnoException).errno ?? -1
  }
}
