import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const LENGTH = 32

/**
 * The key that display links are signed with: made at the first run, then always the same, so that links outlive a restart.
 * Kept in a file that only the user can read. A file of the wrong length is replaced: links made before then end.
 */
export function readDisplayKey(secretsDir: string): Buffer {
  mkdirSync(secretsDir, { recursive: true, mode: 0o700 })
  chmodSync(secretsDir, 0o700)
  const file = join(secretsDir, 'display-key')
  const stored = read(file)
  if (stored?.length === LENGTH) return stored
  if (stored) rmSync(file)
  // Written whole beside it, then linked: a crash half way leaves no short key, and of two starters one key wins.
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, randomBytes(LENGTH), { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(file)
}

function read(file: string): Buffer | null {
  try {
    return readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
