import { AppError } from '#shared/app-error.ts'
import { existsSync, linkSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute } from 'node:path'
import { syncFile, syncFolder } from './durable-files.ts'

/** Writes a file that is there whole or not at all, for its user alone. One that is there is never replaced. */
export function writeNewFile(path: string, bytes: Uint8Array): void {
  if (!isAbsolute(path)) {
    throw new AppError('bad-call', 'The file needs a whole path.', { fields: { path: 'is not a whole path' } })
  }
  const folder = dirname(path)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new AppError('not-found', 'The folder for the file is not there. Nothing was written.')
  }
  if (existsSync(path)) throw taken()
  const part = `${path}.part`
  try {
    writeFileSync(part, bytes, { mode: 0o600, flag: 'wx' })
    // From here on the part is ours to remove.
    try {
      syncFile(part)
      publish(part, path)
      syncFolder(folder)
    } finally {
      rmSync(part, { force: true })
    }
  } catch (error) {
    throw asTold(error)
  }
}

/** Gives the file its name; a link fails where the name is taken, however shortly before. */
function publish(part: string, path: string): void {
  try {
    linkSync(part, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error
    // A disk without links (FAT, some network drives): whether the name is free was asked a moment ago.
    if (existsSync(path)) throw taken()
    renameSync(part, path)
  }
}

function asTold(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EEXIST') return taken()
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENAMETOOLONG' || code === 'ENOENT') {
    const message = 'The file cannot be written there, so nothing was saved. Choose another folder or name.'
    return new AppError('conflict', message, { cause: error })
  }
  return error
}

function taken(): AppError {
  return new AppError('conflict', 'There is a file of that name already. Nothing was written. Choose another name.')
}
