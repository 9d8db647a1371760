import { contentKind } from './content-kind.ts'
import type { PictureEnding } from './content-kind.ts'
import { sizePart } from './size-part.ts'

/** Larger ones are of no use on any screen, and decoding them would take the page's memory. */
const MAX_SIDE = 12_000
const MAX_PIXELS = 60_000_000

/** How large the file of a picture may be. */
export const MAX_PICTURE_BYTES = 20 * 1024 * 1024

export interface PictureFacts {
  readonly ending: PictureEnding
  /** As it is shown: a photo that was taken upright counts as upright. */
  readonly width: number
  readonly height: number
}

export type PictureCheck =
  | { readonly ok: true; readonly picture: PictureFacts }
  | { readonly ok: false; readonly problem: string }

/**
 * Whether bytes from anywhere are a picture that pages may show, judged by what they are alone. Nothing is decoded here:
 * only headers and the end are read. `problem` is a sentence for a producer, without its full stop.
 */
export async function checkPicture(bytes: Uint8Array): Promise<PictureCheck> {
  if (bytes.length > MAX_PICTURE_BYTES) return refused('The file is larger than 20 MB')
  const found = await contentKind(bytes)
  if (found.kind === 'text') return refused('This is not a picture (it looks like text)')
  if (found.kind === 'workbook') return refused('This is not a picture (it looks like a workbook)')
  if (found.kind === 'other') return refused(`This is not a picture we can show (it looks like ${found.looksLike})`)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!isWhole[found.ending](buffer)) return refused('The picture is cut off: its end is missing')
  const size = await sizeOf(sizePart(buffer, found.ending))
  if (!size) return refused('The picture is damaged: its size cannot be read')
  const { width, height } = size
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) {
    return refused(`The picture is too large to show: ${width} × ${height} pixels. Save it with at most 4,000 a side`)
  }
  return { ok: true, picture: { ending: found.ending, width, height } }
}

function refused(problem: string): PictureCheck {
  return { ok: false, problem }
}

async function sizeOf(part: Buffer | null): Promise<{ width: number; height: number } | null> {
  if (!part) return null
  const { imageSize } = await import('image-size')
  try {
    const { width, height, orientation = 1 } = imageSize(part)
    if (!Number.isSafeInteger(width) || !Number.isSafeInteger(height) || width < 1 || height < 1) return null
    // EXIF 5 to 8 turn the picture by a quarter.
    return orientation >= 5 ? { width: height, height: width } : { width, height }
  } catch {
    // The library throws TypeErrors and RangeErrors alike at headers that do not add up; all mean the same here.
    return null
  }
}

/** Some cameras and shops write a little behind the end mark. */
const TAIL = 64 * 1024

const endsWithin = (tail: number, mark: Buffer) => (buffer: Buffer) =>
  buffer.includes(mark, Math.max(mark.length, buffer.length - tail))

/** Whether the file's end is there, as far as its format lets us tell. */
const isWhole: Readonly<Record<PictureEnding, (buffer: Buffer) => boolean>> = {
  png: endsWithin(TAIL, Buffer.from('IEND', 'latin1')),
  jpg: endsWithin(TAIL, Buffer.from([0xff, 0xd9])),
  gif: endsWithin(16, Buffer.from([0x3b])),
  webp: (buffer) => buffer.length >= 12 && buffer.readUInt32LE(4) + 8 <= buffer.length,
  avif: boxesFit,
}

/** AVIF is a row of boxes that each begin with their length. */
function boxesFit(buffer: Buffer): boolean {
  let at = 0
  while (at + 8 <= buffer.length) {
    const length = buffer.readUInt32BE(at)
    // 0 = to the end of the file; 1 = a 64-bit length follows, which no file of 20 MB needs.
    if (length === 0) return true
    if (length < 8) return false
    at += length
  }
  return at === buffer.length
}
