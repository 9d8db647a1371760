import { AppError } from '#shared/app-error.ts'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { v4 as randomId } from 'uuid'
import type { Clock } from '../clock.ts'
import { contentKind, HEAD_BYTES } from './content-kind.ts'

/** How large one upload may be. */
export const MAX_UPLOAD_BYTES = 50 * 1024 * 1024
/** How long an upload waits for the call that uses it. */
const KEPT_MS = 24 * 60 * 60 * 1000
const UploadId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export interface UploadsDeps {
  readonly uploadsDir: string
  readonly clock: Clock
}

/**
 * Files that a browser sends, kept until a call names them by their `uploadId`.
 *
 * 1. A file is there whole or not at all: it is written beside its place and renamed once its last byte is on the disk.
 * 2. Only pictures, text (CSV) and workbooks (XLSX) are taken, told by their first bytes; whatever is refused leaves nothing behind.
 * 3. Names come from us, never from the sender, and an id is the only thing that leads to a file.
 * 4. Only the user may read them (0600 in a 0700 folder). They go after 24 hours, at the next start.
 */
export class Uploads {
  readonly #dir: string
  readonly #clock: Clock

  constructor({ uploadsDir, clock }: UploadsDeps) {
    this.#dir = uploadsDir
    this.#clock = clock
  }

  /**
   * Takes a body to its end. Throws `bad-call` for what is refused, and whatever the stream throws when it breaks off. The
   * stream is left open on a refusal, so that the server can still answer; it must then drain or close it.
   */
  async receive(stream: Readable, { signal }: { readonly signal?: AbortSignal } = {}): Promise<{ uploadId: string }> {
    await mkdir(this.#dir, { recursive: true, mode: 0o700 })
    const uploadId = randomId()
    const part = join(this.#dir, `${uploadId}.part`)
    const file = await open(part, 'wx', 0o600)
    try {
      await take(stream, file, signal)
      await file.sync()
      await file.close()
      await rename(part, join(this.#dir, uploadId))
    } catch (error) {
      await file.close()
      await rm(part, { force: true })
      throw error
    }
    return { uploadId }
  }

  /** Where the upload lies. `not-found` where there is none (any more), whatever the id is. */
  pathOf(uploadId: string): string {
    const id = uploadId.toLowerCase()
    const path = join(this.#dir, id)
    if (UploadId.test(id) && existsSync(path)) return path
    throw new AppError('not-found', 'That upload is no longer there. Choose the file again.')
  }

  /** Removes what is older than 24 hours, and what a crash left half written. Called at start. */
  async sweep(): Promise<void> {
    const names = existsSync(this.#dir) ? await readdir(this.#dir) : []
    const oldest = Date.parse(this.#clock.now()) - KEPT_MS
    for (const name of names) {
      const path = join(this.#dir, name)
      if (name.endsWith('.part') || (await stat(path)).mtimeMs < oldest)
        await rm(path, { force: true, recursive: true })
    }
  }
}

/** Writes the stream to the file, and stops at the first thing that is wrong with it. */
async function take(stream: Readable, file: FileHandle, signal: AbortSignal | undefined): Promise<void> {
  let head = Buffer.alloc(0)
  let size = 0
  let checked = false
  // Without destroyOnReturn: a request that is destroyed can no longer be answered with the reason.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    signal?.throwIfAborted()
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk as string | Uint8Array)
    size += bytes.length
    if (size > MAX_UPLOAD_BYTES) throw new AppError('bad-call', 'The file is larger than 50 MB. Choose a smaller one.')
    if (!checked) {
      head = Buffer.concat([head, bytes])
      checked = head.length >= HEAD_BYTES
      if (checked) await refuseOthers(head)
    }
    await file.writeFile(bytes)
  }
  signal?.throwIfAborted()
  if (!checked) await refuseOthers(head)
}

async function refuseOthers(head: Uint8Array): Promise<void> {
  if (head.length === 0) throw new AppError('bad-call', 'The file is empty. Choose another one.')
  const found = await contentKind(head)
  if (found.kind !== 'other') return
  throw new AppError(
    'bad-call',
    `This file cannot be used: it looks like ${found.looksLike}. ` +
      'Pictures may be PNG, JPEG, WebP, GIF or AVIF, and lists CSV or XLSX.',
  )
}
