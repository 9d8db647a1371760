/** The endings of pictures that every page can show and that we take. */
export const pictureEndings = ['png', 'jpg', 'webp', 'gif', 'avif'] as const
export type PictureEnding = (typeof pictureEndings)[number]

/** What a file is, told by its bytes: its name and what a server says of it are never believed. */
export type ContentKind =
  | { readonly kind: 'picture'; readonly ending: PictureEnding }
  | { readonly kind: 'text' }
  /** An XLSX file, or a zip archive that names the parts of one. */
  | { readonly kind: 'workbook' }
  /** `looksLike` goes into sentences: "it looks like …". */
  | { readonly kind: 'other'; readonly looksLike: string }

/** How many of a file's first bytes are looked at. */
export const HEAD_BYTES = 4100

/** Tells the kind of a file from its first `HEAD_BYTES` bytes, or from all of it. */
export async function contentKind(bytes: Uint8Array): Promise<ContentKind> {
  const head = bytes.subarray(0, HEAD_BYTES)
  if (head.length === 0) return { kind: 'other', looksLike: 'an empty file' }
  // Loaded on first use: it is large, and most starts never look at a file.
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(head)
  if (found?.ext === 'xlsx' || (found?.ext === 'zip' && namesWorkbook(head))) return { kind: 'workbook' }
  if (found) return ofDetected(found.ext, found.mime)
  const binary = binaryKind(head)
  return binary ? { kind: 'other', looksLike: binary } : ofText(head)
}

/** The parts that every workbook has stand first in it, whatever wrote it. */
function namesWorkbook(head: Uint8Array): boolean {
  return /\[Content_Types\]\.xml|_rels\/\.rels|xl\/workbook\.xml/.test(Buffer.from(head).toString('latin1'))
}

function ofDetected(ext: string, mime: string): ContentKind {
  const ending = ext === 'apng' ? 'png' : ext
  const known = pictureEndings.find((one) => one === ending)
  if (known) return { kind: 'picture', ending: known }
  if (ext === 'heic' || ext === 'heif') return { kind: 'other', looksLike: 'a HEIC photo' }
  if (ext === 'xml' || mime === 'image/svg+xml') return { kind: 'other', looksLike: 'an SVG or XML file' }
  if (mime.startsWith('video/')) return { kind: 'other', looksLike: 'a video' }
  return { kind: 'other', looksLike: `a file of the type ${ext.toUpperCase()}` }
}

/** In words what a file that is not text looks like; null where it may be text. */
function binaryKind(head: Uint8Array): string | null {
  const starts = (...codes: readonly number[]): boolean => codes.every((code, index) => head[index] === code)
  if (starts(0x4d, 0x5a) || starts(0x7f, 0x45, 0x4c, 0x46) || starts(0x23, 0x21)) return 'a program'
  // UTF-16 with its mark is text although it is full of zeros.
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) return null
  return head.some(isControl) ? 'data, neither a picture nor text' : null
}

/** Control characters that no text holds; tab, line feed, vertical tab, form feed and carriage return may stand in it. */
function isControl(byte: number): boolean {
  return byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1b
}

function ofText(head: Uint8Array): ContentKind {
  const start = new TextDecoder().decode(head).trimStart().toLowerCase()
  if (/^<(!doctype html|html|head|body|script|!--)/.test(start)) return { kind: 'other', looksLike: 'a web page' }
  if (/^<(\?xml|svg|!doctype svg)/.test(start)) return { kind: 'other', looksLike: 'an SVG or XML file' }
  return { kind: 'text' }
}
