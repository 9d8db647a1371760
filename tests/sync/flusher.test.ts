import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { flushHere, FlushThread } from '../../src/main/sync/flusher.ts'
import type { Flusher } from '../../src/main/sync/flusher.ts'
import { tempDir } from '../support/temp-dir.ts'

const script = new URL('../../src/main/flush-worker.ts', import.meta.url)

function fileIn(): { readonly path: string; readonly fd: number } {
  const path = join(tempDir(), 'file')
  const fd = openSync(path, 'w')
  onTestFinished(() => closeSync(fd))
  return { path, fd }
}

/** One that has started: what comes before that is written here. */
async function started(): Promise<Flusher> {
  const flusher = new FlushThread(script)
  onTestFinished(() => flusher[Symbol.dispose]())
  flusher.write(fileIn().fd, '', 0)()
  await sleep(500)
  return flusher
}

describe.each([
  ['in this thread', async () => flushHere],
  ['in a thread of its own', started],
  ['where that thread has not started yet', async () => new FlushThread(script)],
  ['where that thread cannot start', async () => new FlushThread(new URL('file:///nowhere/no-script.js'))],
])('[D1] a text written %s', (_name, make) => {
  test('is in the file when it is waited for, where it belongs, one after another', async () => {
    const flusher = await make()
    const { path, fd } = fileIn()
    let at = 0
    for (let n = 0; n < 200; n += 1) {
      const text = `${n} ü \u{1F600}\n`
      flusher.write(fd, text, at)()
      at += Buffer.byteLength(text)
      expect(readFileSync(path, 'utf8').endsWith(text)).toBe(true)
    }
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(201)
  })

  test('may be larger than what is handed over at once', async () => {
    const flusher = await make()
    const { path, fd } = fileIn()
    const text = 'ü'.repeat(200_000)
    flusher.write(fd, text, 3)()
    expect(readFileSync(path).subarray(3).toString()).toBe(text)
  })

  test('tells what the disk says', async () => {
    const flusher = await make()
    const path = join(tempDir(), 'file')
    closeSync(openSync(path, 'w'))
    const fd = openSync(path, 'r')
    onTestFinished(() => closeSync(fd))
    expect(() => flusher.write(fd, 'x', 0)()).toThrow(/EBADF|errno -?\d+/)
    const other = fileIn()
    flusher.write(other.fd, 'goes on', 0)()
    expect(readFileSync(other.path, 'utf8')).toBe('goes on')
  })
})
