import type { PictureEnding } from './content-kind.ts'

/** Where the boxes that tell an AVIF's size stand, but for freak files. */
const AVIF_HEAD = 64 * 1024
const START_OF_SCAN = 0xda
const APP1 = 0xe1
/** More segments than any photo has. */
const MAX_STEPS = 20_000

/**
 * The part of a picture that tells its size, for image-size to read; null where it cannot be found.
 *
 * image-size searches byte by byte through a JPEG that is not in order, and again and again through the boxes of an AVIF:
 * a file made for it would hold up the app for seconds (5 s for 20 MB of JPEG, hours for as much AVIF). So it only gets
 * what is short and in order.
 */
export function sizePart(buffer: Buffer, ending: PictureEnding): Buffer | null {
  if (ending === 'jpg') return jpegPart(buffer)
  return ending === 'avif' ? buffer.subarray(0, AVIF_HEAD) : buffer
}

/** Its start, the first Exif segment (how the camera was held) and the frame header, as a JPEG of their own. */
function jpegPart(buffer: Buffer): Buffer | null {
  // The start mark, and an empty segment: image-size takes the first one for granted.
  const parts: Buffer[] = [Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 2])]
  let at = 2
  for (let step = 0; step < MAX_STEPS; step += 1) {
    // Some files have stray bytes between their segments; every reader skips them.
    at = buffer.indexOf(0xff, at)
    if (at < 0 || at + 4 > buffer.length) return null
    const marker = buffer.readUInt8(at + 1)
    if (marker === START_OF_SCAN) return null
    if (marker === 0 || marker === 0xff) {
      at += 1
      continue
    }
    const end = at + 2 + Math.max(buffer.readUInt16BE(at + 2), 2)
    const segment = buffer.subarray(at, end)
    if (isFrame(marker)) return end <= buffer.length ? Buffer.concat([...parts, segment]) : null
    if (marker === APP1 && parts.length === 1 && segment.toString('latin1', 4, 8) === 'Exif') parts.push(segment)
    at = end
  }
  return null
}

/** C0 to CF tell the size, except for the three that are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}
