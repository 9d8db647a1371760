import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'

const MOST_LINES = 500
const MOST_BYTES = 256 * 1024

/** The last lines of the log, oldest first, across its two newest files; a line that a crash cut off stays a text. */
export function logTail(logDir: string): unknown[] {
  const newest = tailOf(join(logDir, 'hudson.log'))
  const missing = MOST_BYTES - newest.length
  const before = missing > 0 ? tailOf(join(logDir, 'hudson.log.1'), missing) : ''
  const lines = `${before}${newest}`.split('\n').filter((line) => line !== '')
  return lines.slice(-MOST_LINES).map((line) => {
    try {
      return JSON.parse(line) as unknown
    } catch {
      return line
    }
  })
}

/** The end of a file from a line's beginning on; empty where there is none. */
function tailOf(path: string, most = MOST_BYTES): string {
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch {
    // Nothing was logged yet, or it may not be read: the rest of the bundle is worth having.
    return ''
  }
  try {
    const { size } = fstatSync(fd)
    const from = Math.max(0, size - most)
    const buffer = Buffer.alloc(size - from)
    const read = readSync(fd, buffer, 0, buffer.length, from)
    const text = buffer.toString('utf8', 0, read)
    // Half a line could be half a secret, which no redaction knows.
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1 || text.length)
  } finally {
    closeSync(fd)
  }
}
