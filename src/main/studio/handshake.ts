import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

/** How other programs of this user find the running instance of a data dir. */
export const Handshake = z.object({
  port: z.int().min(1).max(65_535),
  token: z.string().min(1),
  pid: z.int(),
  version: z.string(),
  startedAt: z.string(),
})
export type Handshake = z.infer<typeof Handshake>

const fileIn = (dataDir: string): string => join(dataDir, 'studio.json')

/** Written beside its place and renamed: whoever reads it finds it whole. Only the user may read it. */
export function writeHandshake(dataDir: string, handshake: Handshake): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const draft = `${fileIn(dataDir)}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(handshake)}\n`, { mode: 0o600 })
  chmodSync(draft, 0o600)
  renameSync(draft, fileIn(dataDir))
}

/** Null where there is none, or where it cannot be read. It may be of an instance that was killed: the lock tells. */
export function readHandshake(dataDir: string): Handshake | null {
  try {
    const parsed = Handshake.safeParse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')))
    return parsed.success ? parsed.data : null
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Removes the file if it is still the one with this token. */
export function removeHandshake(dataDir: string, token?: string): void {
  if (token !== undefined && readHandshake(dataDir)?.token !== token) return
  rmSync(fileIn(dataDir), { force: true })
}
