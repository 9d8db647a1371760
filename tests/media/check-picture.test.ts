import { array, assert, asyncProperty, integer, nat, record, tuple, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { checkPicture } from '../../src/main/media/check-picture.ts'
import { sizePart } from '../../src/main/media/size-part.ts'
import { contentKind } from '../../src/main/media/content-kind.ts'
import { avif, gif, jpeg, png, pngClaiming, turnedJpeg, webp } from '../support/pictures.ts'

const kinds = [
  ['png', png(7, 3), 7, 3],
  ['jpg', jpeg(), 1, 1],
  ['webp', webp(), 1, 1],
  ['gif', gif(), 1, 1],
  ['avif', avif(640, 480), 640, 480],
] as const

test('all five formats are known by their bytes, with their size', async () => {
  for (const [ending, bytes, width, height] of kinds) {
    expect(await checkPicture(bytes)).toEqual({ ok: true, picture: { ending, width, height } })
  }
})

test('a photo that was taken upright counts as upright', async () => {
  expect(await checkPicture(turnedJpeg())).toMatchObject({ picture: { width: 1, height: 2 } })
})

test('a photo with stray bytes between its parts, and one that starts over and over, are read to the end', async () => {
  const plain = jpeg()
  const stray = Buffer.concat([
    plain.subarray(0, 20),
    Buffer.alloc(9, 7),
    Buffer.from([0xff, 0xff]),
    plain.subarray(20),
  ])
  expect(await checkPicture(stray)).toMatchObject({ ok: true })
  const restarts = Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    Buffer.alloc(4_000_000, Buffer.from([0xff, 0])),
    plain.subarray(2),
  ])
  expect(await checkPicture(restarts)).toMatchObject({ ok: false })
})

test('the largest picture that is taken, and the smallest that is not', async () => {
  expect(await checkPicture(pngClaiming(12_000, 5_000))).toMatchObject({ ok: true })
  expect(await checkPicture(pngClaiming(12_001, 1))).toMatchObject({ ok: false })
  expect(await checkPicture(pngClaiming(12_000, 5_001))).toMatchObject({
    ok: false,
    problem: expect.stringContaining('12000 × 5001 pixels'),
  })
  expect(await checkPicture(pngClaiming(0, 10))).toMatchObject({
    ok: false,
    problem: expect.stringContaining('damaged'),
  })
})

test('a picture of which the last part is missing is refused, wherever it was cut', async () => {
  for (const [ending, bytes] of kinds) {
    for (const part of [0.3, 0.6, 0.9]) {
      const cut = bytes.subarray(0, Math.floor(bytes.length * part))
      expect(await checkPicture(cut), `${ending} at ${part}`).toMatchObject({ ok: false })
    }
  }
})

test('a photo of an iPhone is refused by its name', async () => {
  const heic = avif(10, 10)
  heic.write('heic', 8, 'latin1')
  heic.write('heicmif1miaf', 16, 'latin1')
  expect(await checkPicture(heic)).toMatchObject({ ok: false, problem: expect.stringContaining('HEIC') })
})

test('text in UTF-8, UTF-16 and Latin-1 is text; HTML behind blanks and a mark is not', async () => {
  expect(await contentKind(Buffer.from('Handle,Title\nring,Grün'))).toEqual({ kind: 'text' })
  expect(await contentKind(Buffer.from('\uFEFFHandle,Title', 'utf16le'))).toEqual({ kind: 'text' })
  expect(await contentKind(Buffer.from('Handle,Gr\u00fcn', 'latin1'))).toEqual({ kind: 'text' })
  expect(await contentKind(Buffer.from('\uFEFF \n <HTML><script>'))).toMatchObject({ looksLike: 'a web page' })
})

test('bytes that were tampered with anywhere are judged, never thrown over', async () => {
  const mutation = record({
    kind: integer({ min: 0, max: kinds.length - 1 }),
    edits: array(tuple(nat(400), integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 12 }),
    cut: nat(400),
  })
  await assert(
    asyncProperty(mutation, async ({ kind, edits, cut }) => {
      const bytes = Buffer.from(kinds[kind]?.[1] ?? [])
      for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value
      const check = await checkPicture(cut < 200 ? bytes : bytes.subarray(0, cut))
      const pixels = check.ok ? check.picture.width * check.picture.height : 1
      expect(pixels).toBeGreaterThan(0)
      expect(pixels).toBeLessThanOrEqual(60_000_000)
    }),
    { numRuns: 2_000 },
  )
})

test('noise is never a picture by accident, and never thrown over', async () => {
  await assert(
    asyncProperty(uint8Array({ maxLength: 300 }), async (bytes) => {
      expect(await checkPicture(bytes)).toMatchObject({ ok: false })
    }),
    { numRuns: 1_000 },
  )
})

test('a JPEG of 20 MB and an AVIF of many boxes, both made to be slow to read, are judged by their heads alone', async () => {
  const endless = Buffer.alloc(20 * 1024 * 1024)
  endless.set([0xff, 0xd8, 0xff, 0xe1])
  endless.set([0xff, 0xd9], endless.length - 2)
  expect(await checkPicture(endless)).toMatchObject({ ok: false, problem: expect.stringContaining('damaged') })
  const part = sizePart(Buffer.concat([avif(2, 2), Buffer.alloc(1024 * 1024)]), 'avif')
  expect(part?.length).toBe(64 * 1024)
  expect(sizePart(endless, 'jpg')).toBe(null)
})
