import { AppError } from '#shared/app-error.ts'
import { open } from 'node:fs/promises'
import { MAX_PICTURE_BYTES } from './check-picture.ts'

/** Reads a file that a person chose as a picture; what it holds is checked later. */
export async function readPicture(path: string): Promise<Uint8Array> {
  const file = await open(path).catch((cause: unknown) => {
    throw new AppError('not-found', 'That file cannot be opened. It may have been moved or deleted; choose it again.', {
      cause,
    })
  })
  try {
    const stat = await file.stat()
    if (!stat.isFile()) throw new AppError('bad-call', 'That is not a file. Choose a picture.')
    if (stat.size > MAX_PICTURE_BYTES)
      throw new AppError('bad-call', 'The file is larger than 20 MB. Choose a smaller one.')
    return await file.readFile()
  } finally {
    await file.close()
  }
}
