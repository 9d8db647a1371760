import type { IncomingMessage } from 'node:http'
import { Refusal } from './answer.ts'

export interface BodyLimits {
  readonly maxBytes: number
  readonly timeoutMs: number
}

/** No call needs more; deeper input could only mean to break a parser. */
const MAX_NESTING = 64

/** The whole body as text. Refuses with 413 as soon as it is known to be too long, with 408 where it comes too slowly. */
export async function readBody(request: IncomingMessage, { maxBytes, timeoutMs }: BodyLimits): Promise<string> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > maxBytes) throw tooLarge(maxBytes)
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const chunks: Buffer[] = []
  let size = 0
  const timer = setTimeout(
    () => reject(new Refusal(408, 'bad-call', { message: 'The request came too slowly.' })),
    timeoutMs,
  )
  const take = (chunk: Buffer): void => {
    size += chunk.length
    if (size > maxBytes) reject(tooLarge(maxBytes))
    else chunks.push(chunk)
  }
  request.on('data', take)
  request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
  request.once('error', reject)
  request.once('close', () => reject(new Error('The client went away')))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    request.off('data', take)
  }
}

/** The value of a JSON text; an empty one is `{}`. Refuses with 400 what is not JSON, and what is nested without sense. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return {}
  if (nesting(text) > MAX_NESTING) throw malformed(`more than ${MAX_NESTING} levels deep`)
  try {
    return JSON.parse(text)
  } catch {
    throw malformed('not valid JSON')
  }
}

function tooLarge(maxBytes: number): Refusal {
  const most = `${Math.floor(maxBytes / 1_048_576)} MiB`
  return new Refusal(413, 'bad-call', { message: `This request is larger than ${most}, the most that is taken here.` })
}

function malformed(why: string): Refusal {
  return new Refusal(400, 'bad-call', { message: `The body of this call is ${why}.` })
}

/** The deepest nesting of brackets outside strings. Stops counting once there is no doubt. */
function nesting(text: string): number {
  let depth = 0
  let deepest = 0
  for (let i = 0; i < text.length && deepest <= MAX_NESTING; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x22) i = endOfString(text, i)
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth)
    else if (code === 0x7d || code === 0x5d) depth--
  }
  return deepest
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0
  while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++
  return slashes % 2 === 1
}
