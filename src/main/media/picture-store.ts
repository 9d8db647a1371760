import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { pictureEndings } from './content-kind.ts'
import type { PictureEnding } from './content-kind.ts'

const FileName = new RegExp(`^[0-9a-f]{64}\\.(${pictureEndings.join('|')})$`)
const contentTypes: Readonly<Record<PictureEnding, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
}

/** A stored picture, as whatever serves it needs it. */
export interface StoredPicture {
  readonly path: string
  readonly contentType: string
}

/** Whether it is the name of a picture of ours. */
export function isPictureName(name: string): boolean {
  return FileName.test(name)
}

/**
 * The files of the media folder.
 *
 * 1. A file's name is the SHA-256 of its content and its ending: equal pictures are one file, and a name never changes its
 *    content, so pages may cache it for ever.
 * 2. A file is there whole or not at all, through a power cut too.
 * 3. No name from outside becomes a path unless it has exactly that form.
 */
export class PictureStore {
  readonly #dir: string

  constructor(mediaDir: string) {
    this.#dir = mediaDir
  }

  /** Stores the content and answers its file name. The content was checked before. */
  async keep(bytes: Uint8Array, ending: PictureEnding): Promise<string> {
    const name = `${createHash('sha256').update(bytes).digest('hex')}.${ending}`
    const path = join(this.#dir, name)
    if (existsSync(path)) {
      // As good as new, so that a sweep under way leaves it.
      const now = new Date()
      await utimes(path, now, now)
      return name
    }
    await mkdir(this.#dir, { recursive: true, mode: 0o700 })
    const part = join(this.#dir, `${randomUUID()}.part`)
    try {
      const file = await open(part, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(part, path)
    } catch (error) {
      await rm(part, { force: true })
      throw error
    }
    return name
  }

  /** The file of that name, for whatever serves it; null where the name is none of ours or the file is gone. */
  read(name: string): StoredPicture | null {
    const path = join(this.#dir, name)
    if (!FileName.test(name) || !existsSync(path)) return null
    return { path, contentType: contentTypes[name.slice(65) as PictureEnding] }
  }

  /** The names of all pictures that are here. */
  async names(): Promise<Set<string>> {
    return new Set((await this.#entries()).filter((name) => FileName.test(name)))
  }

  /** Removes half-written files, and pictures that are not in `wanted`, unless they are younger than `before`. */
  async sweep(wanted: ReadonlySet<string>, before: number): Promise<number> {
    let removed = 0
    for (const name of await this.#entries()) {
      const ours = FileName.test(name) || name.endsWith('.part')
      const path = join(this.#dir, name)
      if (!ours || wanted.has(name) || (await stat(path)).mtimeMs >= before) continue
      await rm(path, { force: true })
      removed += 1
    }
    return removed
  }

  /** Removes these pictures, but for those that were stored since `before`. Answers how many went. */
  async remove(names: readonly string[], before: number): Promise<number> {
    let removed = 0
    for (const name of names) {
      const path = join(this.#dir, name)
      if (!FileName.test(name) || !existsSync(path) || (await stat(path)).mtimeMs >= before) continue
      await rm(path, { force: true })
      removed += 1
    }
    return removed
  }

  async #entries(): Promise<string[]> {
    return existsSync(this.#dir) ? readdir(this.#dir) : []
  }
}
