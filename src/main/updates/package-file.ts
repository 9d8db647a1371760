import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** Base64 of a file's SHA-512. */
export async function sha512Of(path: string): Promise<string> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path), hash)
  return hash.digest('base64')
}

/** Whether a file is still what it was when it was checked. */
export async function isUnchanged({ path, size, sha512 }: Measured): Promise<boolean> {
  if (!existsSync(path) || (await stat(path)).size !== size) return false
  return (await sha512Of(path)) === sha512
}

interface Measured {
  readonly path: string
  readonly size: number
  readonly sha512: string
}

/**
 * Puts a file in the place of another one, at once: copied beside it, on the disk, then renamed over it. Whatever happens
 * meanwhile, one of the two is there and whole. (electron-updater 6.8 removes the old one first.)
 */
export async function replaceFile(from: string, to: string): Promise<void> {
  const beside = `${to}.new`
  await mkdir(dirname(to), { recursive: true })
  await rm(beside, { force: true })
  try {
    await copyFile(from, beside)
    await chmod(beside, 0o755)
    const file = await open(beside, 'r+')
    await file.sync()
    await file.close()
    await rename(beside, to)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}
