import { app, crashReporter } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * From now on the system's image of a process of ours that dies is kept in the folder of crashes. It is never sent: an image
 * holds whatever was in memory, secrets too, and nobody could look it through. The core caps their number and age.
 */
export function keepDumps(crashDir: string): void {
  const dir = join(crashDir, 'dumps')
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  app.setPath('crashDumps', dir)
  crashReporter.start({ uploadToServer: false })
}
