import type { IncomingMessage, ServerResponse } from 'node:http'
import { png } from '../../pictures.ts'

/** Pictures larger than this are never made: `width=` does not enlarge. */
const ORIGINAL = 800
const HUGE = 30 * 1024 * 1024

/**
 * Answers `/cdn/shop/files/NAME.png?v=…&width=…` with a picture of that width, an ETag, and for a year. The name says what is wrong:
 * `missing`, `wrong-type`, `truncated`, `huge` (30 MB).
 */
export function answerImage(url: URL, request: IncomingMessage, response: ServerResponse): void {
  const name = url.pathname.split('/').at(-1) ?? ''
  const etag = `"${name}-${url.searchParams.get('v') ?? ''}-${url.searchParams.get('width') ?? ''}"`
  if (name.startsWith('missing')) return void response.writeHead(404).end()
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end()
  const asked = Number(url.searchParams.get('width') ?? ORIGINAL)
  const side = Math.min(Number.isInteger(asked) && asked > 0 ? asked : ORIGINAL, ORIGINAL)
  const picture = png(side, side, colourOf(name))
  // What follows the end of a PNG is not looked at: a picture like any other, but for its size.
  const bytes = name.startsWith('huge') ? Buffer.concat([picture, Buffer.alloc(HUGE - picture.length)]) : picture
  response.writeHead(200, {
    'content-type': name.startsWith('wrong-type') ? 'text/html' : 'image/png',
    'content-length': bytes.length,
    'cache-control': 'public, max-age=31557600',
    etag,
  })
  if (name.startsWith('truncated')) response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy())
  else response.end(name.startsWith('wrong-type') ? Buffer.alloc(bytes.length, 'x') : bytes)
}

/** The same file is always of the same colour. */
function colourOf(name: string): [number, number, number] {
  const seed = Buffer.from(name).reduce((sum, byte) => (sum * 31 + byte) % 0xff_ff_ff, 7)
  return [80 + (seed % 150), 80 + ((seed >> 8) % 150), 80 + ((seed >> 16) % 150)]
}
