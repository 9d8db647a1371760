import { crc32, deflateSync } from 'node:zlib'

/** A PNG of that size in one colour, a few dozen bytes for small ones. */
export function png(width: number, height: number, rgb: readonly [number, number, number] = [180, 120, 90]): Buffer {
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from(rgb))])
  const pixels = Buffer.concat(Array.from({ length: height }, () => row))
  return pngOf(width, height, deflateSync(pixels))
}

/** A PNG that claims to be of that size, with hardly any pixels in it: what a decompression bomb looks like. */
export function pngClaiming(width: number, height: number): Buffer {
  return pngOf(width, height, deflateSync(Buffer.alloc(16)))
}

function pngOf(width: number, height: number, data: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** A lossy WebP of 1 × 1. */
export function webp(): Buffer {
  return Buffer.from('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=', 'base64')
}

/** A JPEG of 1 × 1. */
export function jpeg(): Buffer {
  const start = Buffer.from('ffd8ffe000104a46494600010101004800480000ffdb004300', 'hex')
  const frame = Buffer.from('ffc2000b080001000101011100ffc40014100100000000000000000000000000000000', 'hex')
  const scan = Buffer.from('ffda0008010100013f103fffd9', 'hex')
  return Buffer.concat([start, Buffer.alloc(64, 0xff), frame, scan])
}

/** A GIF of 1 × 1. */
export function gif(): Buffer {
  return Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
}

/** The frame of an AVIF of that size; it holds no coded picture. */
export function avif(width: number, height: number): Buffer {
  const size = Buffer.alloc(12)
  size.writeUInt32BE(width, 4)
  size.writeUInt32BE(height, 8)
  const properties = box('iprp', box('ipco', box('ispe', size)))
  const brands = Buffer.from('avif\0\0\0\0avifmif1miaf', 'latin1')
  return Buffer.concat([box('ftyp', brands), box('meta', Buffer.alloc(4), properties), box('mdat', Buffer.alloc(32))])
}

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), ...content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length + 4)
  return Buffer.concat([length, body])
}

/** A JPEG of 2 × 1 whose camera was turned: it is shown as 1 × 2. */
export function turnedJpeg(): Buffer {
  const plain = jpeg()
  const sizeAt = plain.indexOf(Buffer.from([0xff, 0xc2])) + 5
  plain.writeUInt16BE(1, sizeAt)
  plain.writeUInt16BE(2, sizeAt + 2)
  const tiff = Buffer.from('4d4d002a0000000800010112000300000001000600000000', 'hex')
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.alloc(4)])
  const marker = Buffer.from([0xff, 0xe1, 0, exif.length + 2])
  return Buffer.concat([plain.subarray(0, 2), marker, exif, plain.subarray(2)])
}
