import type { Clock } from '../clock.ts'
import { MAX_PICTURE_BYTES } from './check-picture.ts'

/** What became of one try. Problems are sentences for a producer, without their full stop. */
export type Download =
  | { readonly outcome: 'ok'; readonly bytes: Uint8Array }
  /** Trying again is of no use until somebody changes something. */
  | { readonly outcome: 'refused'; readonly problem: string }
  /** It may work later. `pauseHostMs`: the server asked everyone to wait that long. */
  | { readonly outcome: 'later'; readonly problem: string; readonly pauseHostMs?: number }
  /** We ended it ourselves: it does not count. */
  | { readonly outcome: 'stopped' }

export interface DownloadDeps {
  readonly fetch: typeof fetch
  readonly clock: Clock
  /** Aborted when the app closes. */
  readonly signal: AbortSignal
}

const DEADLINE_MS = 30_000
const MAX_REDIRECTS = 5
const MAX_PAUSE_MS = 60 * 60 * 1000
const headers = { accept: 'image/avif,image/webp,image/png,image/jpeg,image/gif;q=0.9,*/*;q=0.1' }

/**
 * Fetches one address into memory: http and https only, 30 s in all, at most 20 MB however it is announced, at most five
 * redirects, each of them checked like the first. Addresses of this machine and its network are allowed: a team may keep
 * its pictures there, the request is a plain GET without credentials, and nobody but the user sees the answer.
 */
export async function download(address: string, { fetch, clock, signal }: DownloadDeps): Promise<Download> {
  const abort = new AbortController()
  const cancelDeadline = clock.after(DEADLINE_MS, () => abort.abort())
  const stop = (): void => abort.abort()
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  try {
    const response = await follow(address, (url) => fetch(url, { headers, redirect: 'manual', signal: abort.signal }))
    return response instanceof Response ? await taken(response, clock) : response
  } catch {
    // fetch rejects with a TypeError for every network failure; which one it was is of no use to a producer.
    if (signal.aborted) return { outcome: 'stopped' }
    if (abort.signal.aborted) return { outcome: 'later', problem: 'The server did not answer within 30 seconds' }
    return { outcome: 'later', problem: 'The server could not be reached, or the connection broke off' }
  } finally {
    cancelDeadline()
    signal.removeEventListener('abort', stop)
    // Lets go of a body that was not read to its end.
    abort.abort()
  }
}

async function follow(address: string, get: (url: URL) => Promise<Response>): Promise<Response | Download> {
  let url = webAddress(address)
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    if (!url) return { outcome: 'refused', problem: 'The address is not one of the web (http or https)' }
    const response = await get(url)
    const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
    if (location === null) return response
    await response.body?.cancel()
    url = webAddress(location, url)
  }
  return { outcome: 'refused', problem: 'The address leads from one place to the next without end' }
}

/** Also refuses an address with a name and password in it: fetch would throw, and they would be sent to strangers. */
function webAddress(address: string, base?: URL): URL | null {
  // Shops write `//cdn.example/…` for "by whatever the page came by".
  const url = URL.parse(address.startsWith('//') && !base ? `https:${address}` : address, base?.href)
  const fits =
    url && (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === ''
  return fits ? url : null
}

async function taken(response: Response, clock: Clock): Promise<Download> {
  const { status } = response
  if (status >= 200 && status < 300) return readBody(response)
  const problem = `The address answers ${status}`
  if (status === 429 || status === 503) {
    const pauseHostMs = retryAfterMs(response.headers.get('retry-after'), clock)
    return { outcome: 'later', problem, ...(pauseHostMs !== null && { pauseHostMs }) }
  }
  return { outcome: status >= 500 || status === 408 || status === 425 ? 'later' : 'refused', problem }
}

async function readBody(response: Response): Promise<Download> {
  const tooLarge: Download = { outcome: 'refused', problem: 'The file is larger than 20 MB' }
  if (Number(response.headers.get('content-length') ?? 0) > MAX_PICTURE_BYTES) return tooLarge
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_PICTURE_BYTES) return tooLarge
    chunks.push(chunk)
  }
  if (size === 0) return { outcome: 'refused', problem: 'The address answers with an empty file' }
  return { outcome: 'ok', bytes: Buffer.concat(chunks) }
}

/** Seconds, or a date. At most an hour is believed. */
function retryAfterMs(value: string | null, clock: Clock): number | null {
  if (value === null) return null
  const seconds = /^\d+$/.test(value.trim()) ? Number(value) : (Date.parse(value) - Date.parse(clock.now())) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds * 1000, 0), MAX_PAUSE_MS) : null
}
