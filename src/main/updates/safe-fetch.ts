import { createHash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { AppError } from '#shared/app-error.ts'

/** As much of `fetch` as is needed. */
export type Fetch = (
  url: string,
  init: { readonly redirect: 'manual'; readonly signal: AbortSignal },
) => Promise<Response>

export interface FetchDeps {
  readonly fetch: Fetch
  readonly signal?: AbortSignal | undefined
}

const MAX_REDIRECTS = 5
/** How long nothing at all may come. */
const STALL_MS = 30_000
const redirects = new Set([301, 302, 303, 307, 308])

/** The whole answer, where it is not larger than that. Throws `offline` or `not-found` where it cannot be had. */
export async function fetchBytes(url: string, maxBytes: number, deps: FetchDeps): Promise<Buffer> {
  const chunks: Buffer[] = []
  await stream(url, { ...deps, maxBytes, take: (chunk) => void chunks.push(chunk) })
  return Buffer.concat(chunks)
}

/** What a file has to be. */
export interface Expected {
  readonly size: number
  /** Base64. */
  readonly sha512: string
}

export interface DownloadOptions extends FetchDeps {
  readonly onProgress?: (done: number) => void
  /** Opens the file to write to; a test's disk may be full. */
  readonly openFile?: typeof open
}

/**
 * Downloads a file that is there whole and as it has to be, or not at all: more bytes than expected are not taken, fewer or
 * others are thrown away.
 */
export async function downloadFile(
  url: string,
  to: string,
  { size, sha512, openFile = open, onProgress, ...deps }: DownloadOptions & Expected,
): Promise<void> {
  const part = `${to}.part`
  await rm(part, { force: true })
  const hash = createHash('sha512')
  const done = { bytes: 0 }
  try {
    const file = await openFile(part, 'wx', 0o600)
    try {
      const take = async (chunk: Buffer): Promise<void> => {
        hash.update(chunk)
        await file.writeFile(chunk)
        done.bytes += chunk.length
        onProgress?.(done.bytes)
      }
      await stream(url, { ...deps, maxBytes: size, take })
      await file.sync()
    } finally {
      await file.close()
    }
    if (done.bytes !== size || hash.digest('base64') !== sha512) throw damaged()
    await rename(part, to)
  } catch (error) {
    await rm(part, { force: true })
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    throw new AppError('conflict', 'The disk is full. Nothing was installed. Make room, then try again.', {
      cause: error,
    })
  }
}

function damaged(): AppError {
  return new AppError('conflict', 'The update came damaged, and was thrown away. Nothing was installed. Try again.')
}

interface StreamOptions extends FetchDeps {
  readonly maxBytes: number
  readonly take: (chunk: Buffer) => void | Promise<void>
}

async function stream(url: string, { fetch, signal, maxBytes, take }: StreamOptions): Promise<void> {
  const stall = new AbortController()
  const stalled = (): void => stall.abort(offline('it stopped answering'))
  const timer = { id: setTimeout(stalled, STALL_MS) }
  const both = signal ? AbortSignal.any([signal, stall.signal]) : stall.signal
  try {
    const response = await follow(url, { fetch, signal: both })
    const told = Number(response.headers.get('content-length') ?? 0)
    if (told > maxBytes) throw tooLarge()
    let bytes = 0
    for await (const chunk of response.body ?? []) {
      clearTimeout(timer.id)
      timer.id = setTimeout(stalled, STALL_MS)
      bytes += chunk.length
      if (bytes > maxBytes) throw tooLarge()
      await take(Buffer.from(chunk))
    }
  } catch (error) {
    stall.abort()
    if (signal?.aborted) throw signal.reason
    if (error instanceof AppError || isDisk(error)) throw error
    throw offline('the connection broke', error)
  } finally {
    clearTimeout(timer.id)
  }
}

/** Follows redirects itself, so that each one is checked and there is an end to them. */
async function follow(
  url: string,
  { fetch, signal }: Required<Pick<FetchDeps, 'fetch'>> & { signal: AbortSignal },
): Promise<Response> {
  let next = checked(url)
  for (let count = 0; count <= MAX_REDIRECTS; count++) {
    const response = await fetch(next.href, { redirect: 'manual', signal })
    if (!redirects.has(response.status)) return answered(response)
    await response.body?.cancel()
    const to = URL.parse(response.headers.get('location') ?? '', next.href)
    if (!to) throw unusable('it leads to an address that cannot be read')
    // Whoever was asked safely is not followed to where others listen.
    if (next.protocol === 'https:' && to.protocol !== 'https:')
      throw unusable('it leads to an address without encryption')
    next = checked(to.href)
  }
  throw unusable('it leads on and on')
}

function answered(response: Response): Response {
  if (response.status === 200) return response
  void response.body?.cancel()
  if (response.status === 404) throw new AppError('not-found', 'There is no update to be found for this computer.')
  throw offline(`it answered with ${response.status}`)
}

/** Encrypted, or on this computer: that is for tests. */
function checked(text: string): URL {
  const url = URL.parse(text)
  const isLocal = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url && !url.username && !url.password && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)))
    return url
  throw unusable('its address is not encrypted')
}

function isDisk(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EIO'].includes((error as NodeJS.ErrnoException).code ?? '')
}

function offline(why: string, cause?: unknown): AppError {
  return new AppError(
    'offline',
    `The place that updates come from cannot be reached: ${why}. It is tried again later.`,
    { cause },
  )
}

function unusable(why: string): AppError {
  return new AppError('unauthorized', `The place that updates come from cannot be used: ${why}. Nothing was installed.`)
}

function tooLarge(): AppError {
  return new AppError('unauthorized', 'The update is larger than it may be. It was refused, and nothing was installed.')
}
