import { AppError } from '#shared/app-error.ts'
import { open } from 'node:fs/promises'
import { checkPicture, MAX_PICTURE_BYTES } from './check-picture.ts'
import type { PictureFacts } from './check-picture.ts'

/** A picture's content, checked. */
export interface CheckedPicture extends PictureFacts {
  readonly bytes: Uint8Array
}

/** Reads a picture that a person chose. Throws `not-found` where there is no such file, `bad-call` where it is refused. */
export async function readPicture(path: string): Promise<CheckedPicture> {
  const bytes = await readWhole(path)
  const check = await checkPicture(bytes)
  if (!check.ok) throw new AppError('bad-call', `${check.problem}. Choose a PNG, JPEG, WebP, GIF or AVIF picture.`)
  return { bytes, ...check.picture }
}

async function readWhole(path: string): Promise<Uint8Array> {
  const file = await open(path).catch((cause: unknown) => {
    throw new AppError('not-found', 'That file cannot be opened. It may have been moved or deleted; choose it again.', { cause })
  })
  try {
    const stat = await file.stat()
    if (!stat.isFile()) throw new AppError('bad-call', 'That is not a file. Choose a picture.')
    if (stat.size > MAX_PICTURE_BYTES) throw new AppError('bad-call', 'The file is larger than 20 MB. Choose a smaller one.')
    return await file.readFile()
  } finally {
    await file.close()
  }
}
