import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The files below a folder, by their paths in it, with `/` in between on every system.
 *
 * Folder by folder: inside an ASAR archive Electron's recursive listing tells folders with types that Node does not use
 * (lib/node/asar-fs-wrapper.ts), so that nothing below the first one would be found.
 */
export function listFiles(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name)
    if (!statSync(path).isDirectory()) return [name]
    return listFiles(path).map((below) => `${name}/${below}`)
  })
}
