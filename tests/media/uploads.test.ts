import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { strToU8, zipSync } from 'fflate'
import { expect, onTestFinished, test } from 'vitest'
import { Uploads } from '../../src/main/media/uploads.ts'
import { FakeClock } from '../support/core.ts'
import { png } from '../support/pictures.ts'

function uploads() {
  const root = mkdtempSync(join(tmpdir(), 'hudson-uploads-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const dir = join(root, 'uploads')
  const clock = new FakeClock()
  return { dir, clock, uploads: new Uploads({ uploadsDir: dir, clock }) }
}
const body = (...chunks: readonly (Buffer | string)[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)))

test('a picture and a CSV arrive whole, private to the user, and are found by their id', async () => {
  const { uploads: one } = uploads()
  const picture = png(3, 2)
  const { uploadId } = await one.receive(body(picture.subarray(0, 10), picture.subarray(10)))
  expect(readFileSync(one.pathOf(uploadId))).toEqual(picture)
  const csv = await one.receive(body('\uFEFFHandle,Title\n', 'ring,"Ring, gold"\n'))
  expect(readFileSync(one.pathOf(csv.uploadId), 'utf8')).toContain('Ring, gold')
})

test.skipIf(process.platform === 'win32')('only the user may read uploads', async () => {
  const { uploads: one, dir } = uploads()
  const { uploadId } = await one.receive(body('a,b\n'))
  expect(statSync(one.pathOf(uploadId)).mode & 0o777).toBe(0o600)
  expect(statSync(dir).mode & 0o777).toBe(0o700)
})

test.each([
  ['an SVG with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'an SVG or XML'],
  ['an XML prologue', '<?xml version="1.0"?><svg/>', 'an SVG or XML'],
  ['a web page', '  <!DOCTYPE html><html></html>', 'a web page'],
  ['a Windows program', Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]), 'program|EXE'],
  ['a Linux program', Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]), Buffer.alloc(60)]), 'program|ELF'],
  ['a shell script', '#!/bin/sh\nrm -rf /\n', 'a program'],
  ['a zip', Buffer.from('504b0506000000000000000000000000000000000000', 'hex'), 'ZIP'],
  ['binary data', Buffer.from([1, 2, 3, 0, 0, 200]), 'neither a picture nor text'],
  ['nothing', '', 'empty'],
])('%s is refused with the reason and leaves nothing', async (_name, content, reason) => {
  const { uploads: one, dir } = uploads()
  await expect(one.receive(body(content))).rejects.toMatchObject({
    code: 'bad-call',
    message: expect.stringMatching(new RegExp(reason)),
  })
  expect(readdirSync(dir)).toEqual([])
})

test('more than 50 MB is refused while it arrives, and the stream stays open for the answer', async () => {
  const { uploads: one, dir } = uploads()
  const megabyte = Buffer.alloc(1024 * 1024, 'a')
  let sent = 0
  const stream = new Readable({
    read() {
      sent += 1
      this.push(megabyte)
    },
  })
  await expect(one.receive(stream)).rejects.toMatchObject({
    code: 'bad-call',
    message: expect.stringContaining('50 MB'),
  })
  expect(stream.destroyed).toBe(false)
  expect(sent).toBeLessThan(60)
  expect(readdirSync(dir)).toEqual([])
})

test('exactly 50 MB is taken', async () => {
  const { uploads: one } = uploads()
  const megabyte = Buffer.alloc(1024 * 1024, 'a')
  const { uploadId } = await one.receive(Readable.from(Array.from({ length: 50 }, () => megabyte)))
  expect(statSync(one.pathOf(uploadId)).size).toBe(50 * 1024 * 1024)
})

test('a body that breaks off leaves nothing', async () => {
  const { uploads: one, dir } = uploads()
  const stream = Readable.from(
    (async function* () {
      yield Buffer.from('Handle,Title\n')
      throw new Error('aborted')
    })(),
  )
  await expect(one.receive(stream)).rejects.toThrow('aborted')
  expect(readdirSync(dir)).toEqual([])
})

test('an abort signal ends it and leaves nothing', async () => {
  const { uploads: one, dir } = uploads()
  const abort = new AbortController()
  const stream = Readable.from(
    (async function* () {
      yield Buffer.from('Handle,Title\n')
      abort.abort(new Error('gone'))
      yield Buffer.from('more\n')
    })(),
  )
  await expect(one.receive(stream, { signal: abort.signal })).rejects.toThrow('gone')
  expect(readdirSync(dir)).toEqual([])
})

test.each(['../hudson.db', '..', '', 'nope', '11111111-1111-4111-8111-111111111111', 'C:\\x', '../../etc/passwd'])(
  'the id %j leads nowhere',
  (id) => {
    const { uploads: one } = uploads()
    expect(() => one.pathOf(id)).toThrow(expect.objectContaining({ code: 'not-found' }))
  },
)

test('old and half-written files go at start, fresh ones stay', async () => {
  const { uploads: one, dir, clock } = uploads()
  const old = await one.receive(body('a,b\n'))
  const fresh = await one.receive(body('c,d\n'))
  const now = Date.parse(clock.now()) / 1000
  utimesSync(one.pathOf(old.uploadId), now - 90_000, now - 90_000)
  utimesSync(one.pathOf(fresh.uploadId), now - 60, now - 60)
  writeFileSync(join(dir, 'x.part'), 'half')
  await one.sweep()
  expect(readdirSync(dir)).toEqual([fresh.uploadId])
  expect(() => one.pathOf(old.uploadId)).toThrow('no longer there')
})

test('a start without the folder makes none', async () => {
  const { uploads: one, dir } = uploads()
  await one.sweep()
  expect(existsSync(dir)).toBe(false)
})

test('a workbook is taken, another archive is not', async () => {
  const { uploads: one } = uploads()
  const workbook = zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'xl/workbook.xml': strToU8('<workbook/>') })
  const { uploadId } = await one.receive(body(Buffer.from(workbook)))
  expect(readFileSync(one.pathOf(uploadId))).toEqual(Buffer.from(workbook))
  const archive = Buffer.from(zipSync({ 'notes.txt': strToU8('hello') }))
  await expect(one.receive(body(archive))).rejects.toMatchObject({ code: 'bad-call' })
})
