/** Finds the Electron runtime, or tries once to have it downloaded. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectNode, root } from './build-if-needed.mjs'

const program = {
  darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron'),
  win32: 'electron.exe',
}

/** The path of the runtime that is here, or null. */
export function findElectron() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules', 'electron', 'dist')
  const path = join(folder, program[process.platform] ?? 'electron')
  return existsSync(path) ? path : null
}

/** The same; where it is not here, tries a download, quietly and for 20 seconds at most. */
export function findOrDownloadElectron() {
  const found = findElectron()
  if (found || process.env.ELECTRON_OVERRIDE_DIST_PATH) return found
  const install = join(root, 'node_modules', 'electron', 'install.js')
  if (!existsSync(install)) return null
  spawnSync(projectNode(), [install], { stdio: 'ignore', timeout: 20_000, killSignal: 'SIGKILL' })
  return findElectron()
}
