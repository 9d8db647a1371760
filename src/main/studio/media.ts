import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { Refusal } from './answer.ts'
import type { StudioCore } from './core.ts'

/** Sends a stored picture. Its name is made of its content, so a browser may keep it for ever. */
export async function sendPicture(
  request: IncomingMessage,
  response: ServerResponse,
  { file, media }: { readonly file: string; readonly media: StudioCore['media'] },
): Promise<void> {
  const stored = await media.open(file)
  if (!stored) throw new Refusal(404, 'not-found', { message: 'There is no such picture.' })
  const etag = `"${file}"`
  const headers = { ETag: etag, 'Cache-Control': 'private, max-age=31536000, immutable' }
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers).end()
    return
  }
  const { size } = await stat(stored.path)
  response.writeHead(200, { ...headers, 'Content-Type': stored.contentType, 'Content-Length': size })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  await pipeline(createReadStream(stored.path), response)
}
